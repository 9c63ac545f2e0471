"""A report card is made from the snapshot and the log; every figure is the one that was put in."""

from datetime import timedelta

import pytest

from making import claim
from renown.claims import Account
from renown.errors import BadRequest, UnknownName
from renown.gateway import report_material

N = 40
A_DAY = timedelta(days=1)
FIELDS = {"klout": "klout.score", "kred": "kred.influence", "peerindex": "peerindex.peerindex"}


def scores(at):
    """What each provider says of voice `at`: PeerIndex reverses the order of the others."""
    return {"klout": 20.0 + at, "kred": 200 + 20 * at, "peerindex": 90.0 - at}


def readings(moment, add=0.0, **more):
    """A claim of each provider on each of forty voices; Klout's and Kred's moved as each voice's number says."""
    told = []
    for at in range(N):
        for slug, score in scores(at).items():
            moved = score + (add * (at % 7) if slug != "peerindex" else 0)
            told.append(claim(f"twitter:voice_{at}", FIELDS[slug], moved, observed_at=moment, **more))
    return told


@pytest.fixture
async def held(empty):
    """A gateway in which all were read twice: ten days ago, and now with changes that Klout and Kred share."""
    now = empty.now().replace(microsecond=0)
    accounts = [Account("twitter", f"voice_{at}") for at in range(N + 10)]
    early, late = readings(now - 10 * A_DAY), readings(now, add=2.0, fresh_until=now + A_DAY)
    await empty.keep([*early, *late], accounts)
    return empty


def figures(card):
    """What was measured, by name."""
    return {measure.definition.name: measure.figure for measure in card.measures}


async def test_every_measure_is_what_was_put_in(held):
    """Coverage of 40 in 50, all fresh, one like it and one reversed, changes that are Kred's, a tenth never passed."""
    card = await held.report_cards.of("klout")
    found = figures(card)
    assert found["coverage"] == 0.8
    assert found["freshness"] == 1.0
    assert 0 <= found["age"] < 1
    assert found["herding"] == pytest.approx(1.0)
    assert found["jump rate"] == pytest.approx(sum(2 * (at % 7) > 9.9 for at in range(N)) / N)
    # Kred and PeerIndex, in opposite orders, are level on everybody: theirs is no consensus, and floating point none.
    assert found["monotonicity"] is None
    by_name = {measure.definition.name: measure for measure in card.measures}
    assert by_name["agreement"].remark.startswith("kred 0.")
    assert "peerindex -0." in by_name["agreement"].remark
    assert by_name["jump rate"].remark == "40 re-reads"
    assert {measure.n for measure in card.measures} == {N, N + 10}
    assert card.grade is not None
    assert card.reason is None


async def test_the_past_has_a_report_card_of_its_own(held):
    """As of a moment before the second read nothing had changed yet, so that herding and jumps are absent."""
    moment = held.now() - 5 * A_DAY
    card = await held.report_cards.of("klout", moment)
    assert card.as_of == moment
    assert figures(card)["age"] == pytest.approx(5, abs=0.01)
    absent = {measure.definition.name: measure.reason for measure in card.measures if measure.figure is None}
    assert absent.keys() >= {"herding", "jump rate"}
    assert all(reason.startswith("No voice is read") for name, reason in absent.items() if name != "monotonicity")


async def test_a_large_population_is_sampled_and_says_so(held, monkeypatch):
    """Freshness and changes are of the sample; orders and coverage are of all."""
    monkeypatch.setattr(report_material, "SAMPLE", 35)
    card = await held.report_cards.of("kred")
    by_name = {measure.definition.name: measure for measure in card.measures}
    for name in ("freshness", "herding", "jump rate"):
        assert (by_name[name].n, "a sample of 35 voices" in by_name[name].remark) == (35, True)
    assert (by_name["agreement"].n, by_name["coverage"].n) == (N, N + 10)


async def test_a_card_is_kept_for_five_minutes(held, clock):
    """Asked again it is the same card; five minutes later it is made anew, and so it is after a change."""
    card = await held.report_cards.of("klout")
    assert await held.report_cards.of("klout") is card
    clock.move(minutes=5)
    later = await held.report_cards.of("klout")
    assert later is not card
    await held.keep([claim("twitter:voice_1", "klout.score", 50.0)], [Account("twitter", "voice_1")])
    assert (await held.report_cards.of("klout")).snapshot != later.snapshot


async def test_with_nothing_held_nothing_is_measured(empty):
    """No voice: every measure is absent with its reason, and there is no grade."""
    card = await empty.report_cards.of("klout")
    assert all(measure.figure is None and measure.reason for measure in card.measures)
    assert (card.grade, card.reason) == (None, "Fewer than three measures could be taken.")


async def test_who_gives_no_score_has_no_report_card(empty):
    """A source of facts has none; a provider that does not exist is an error, and so is the future."""
    assert await empty.report_cards.of("twitter") is None
    with pytest.raises(UnknownName):
        await empty.report_cards.of("clout")
    with pytest.raises(BadRequest, match="in the future"):
        await empty.report_cards.of("klout", empty.now() + A_DAY)
