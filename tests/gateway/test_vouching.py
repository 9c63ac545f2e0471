"""Vouches within the gateway: who may be named, what is computed of them, and what they move."""

from datetime import timedelta

import pytest

from making import claim
from renown.claims import Absence, AbsenceReason, Account, Claim, ProvenanceKind, vouch_field
from renown.gateway import Filter
from renown.gateway.vouching import known_only
from renown.gateway.walking import find_claims
from renown.providers import read_table
from renown.scoring import Recipe, Weighting

DAY = timedelta(days=1)
TARGET, STRONG, WEAK, OTHER = (Account("twitter", handle) for handle in ("Target", "Strong", "Weak", "Other"))
CROWD = [Account("twitter", f"nobody_{number}") for number in range(500)]
COUNTING = Recipe(weighting=Weighting.CUSTOM, weights=(("klout", 2), ("vouches", 1)), minimum_providers=1)


@pytest.fixture
async def held(empty):
    """A gateway that holds four scored accounts, and five hundred of whom there is a name only."""
    figures = {TARGET: 40.0, STRONG: 90.0, WEAK: 15.0, OTHER: 45.0}
    scores = [claim(account.key, "klout.score", value) for account, value in figures.items()]
    names = [claim(account.key, "name", account.handle) for account in CROWD]
    await empty.keep([*scores, *names], [*figures, *CROWD])
    return empty


def _vouch(gateway, voucher, subject=TARGET, topic="tyres", ago=DAY):
    said = {"kind": ProvenanceKind.DECLARED, "provider": "vouches", "observed_at": gateway.now() - ago}
    return claim(subject.key, vouch_field(topic, voucher.key), True, **said)


async def _score(gateway, account=TARGET):
    record = (await gateway.records([account.key]))[account.key]
    return gateway.score(record, "vouches")


async def _places(gateway, recipe=COUNTING):
    ranked = await gateway.rank(Filter(), recipe)
    assert len(ranked) == 4
    return ranked.voices, ranked.ranking.places.tobytes(), ranked.values.tobytes()


async def test_five_hundred_vouches_without_standing_move_nothing(held):
    """In one hour, from as many accounts in the directory without a score: no value and no place is another."""
    before = [await _places(held), await _places(held, Recipe(minimum_providers=1))]
    await held.keep([_vouch(held, each, ago=DAY + n * timedelta(seconds=7)) for n, each in enumerate(CROWD)], [])
    assert [await _places(held), await _places(held, Recipe(minimum_providers=1))] == before
    absence = await _score(held)
    assert isinstance(absence, Absence)
    assert absence.reason is AbsenceReason.NO_SCORE_YET
    assert "None of those who vouch" in absence.message


async def test_one_voice_of_standing_does_move_a_place(held):
    """The same recipe does count vouches: who is vouched for by the strong is before who is by the weak."""
    before = await _places(held)
    await held.keep([_vouch(held, STRONG), _vouch(held, WEAK, OTHER)], [])
    assert await _places(held) != before
    recipe = Recipe(weighting=Weighting.CUSTOM, weights=(("vouches", 1),), minimum_providers=1)
    ranked = await held.rank(Filter(), recipe)
    assert ranked.voices == (TARGET.key, OTHER.key)


async def test_the_default_recipe_never_reads_them(held):
    """Vouches by the strong change no value and no place of a recipe that does not name them."""
    recipe = Recipe(minimum_providers=1)
    before = await _places(held, recipe)
    await held.keep([_vouch(held, STRONG), _vouch(held, WEAK)], [])
    assert isinstance(await _score(held), Claim)
    assert await _places(held, recipe) == before


async def test_five_hundred_of_one_person_count_as_one(held):
    """On one topic in one hour, kept at once or one by one."""
    await held.keep([_vouch(held, STRONG)], [])
    once = (await _score(held)).value
    many = [_vouch(held, STRONG, ago=DAY + n * timedelta(seconds=7)) for n in range(500)]
    await held.keep(many[:499], [])
    await held.keep(many[499:], [])
    assert (await _score(held)).value == once


async def test_a_vouch_repeated_after_ninety_days_counts_again(held):
    """The first is read from the log, though the second took its place among the latest."""
    await held.keep([_vouch(held, STRONG, ago=91 * DAY)], [])
    once = (await _score(held)).value
    await held.keep([_vouch(held, STRONG, ago=2 * DAY)], [])
    assert (await _score(held)).value == once
    await held.keep([_vouch(held, STRONG, ago=0.5 * DAY)], [])
    assert (await _score(held)).value > once


async def test_a_ring_without_scores_lifts_nobody(held):
    """Those who vouch for each other, and have no score of another provider, have no score of vouches either."""
    ring = CROWD[:5]
    await held.keep([_vouch(held, a, b) for a in ring for b in ring if a != b], [])
    await held.keep([_vouch(held, a, b, "sport") for a in ring for b in ring if a != b], [])
    assert {type(await _score(held, each)) for each in ring} == {Absence}


async def test_a_vouched_score_is_no_standing(held):
    """Who is vouched for by the strong does not pass that on."""
    await held.keep([_vouch(held, STRONG, CROWD[0]), _vouch(held, CROWD[0])], [])
    assert isinstance(await _score(held, CROWD[0]), Claim)
    assert isinstance(await _score(held), Absence)


async def test_it_follows_the_vouchers_score(held):
    """A score that comes in for a voucher, later, is counted at once, and so is one that is itself derived."""
    await held.keep([_vouch(held, CROWD[0]), _vouch(held, CROWD[1])], [])
    assert isinstance(await _score(held), Absence)
    await held.keep([claim(CROWD[0].key, "klout.score", 50.5)], [])
    first = (await _score(held)).value
    assert first == pytest.approx(100 * 0.5 / 5.5, abs=1e-6)
    await held.keep([claim(CROWD[1].key, name, 10**6, provider="twitter") for name in ("followers", "listed")], [])
    assert (await _score(held)).value > first


async def test_when_the_last_vouch_ends_the_score_is_gone(held, clock):
    """A year later it is shown no more, and no ranking counts it."""
    await held.keep([_vouch(held, STRONG)], [])
    clock.move(days=363)
    assert isinstance(await _score(held), Claim)
    clock.move(days=2)
    assert isinstance(await _score(held), Absence)
    standings = await held.snapshots.current()
    assert not standings.claims[:, standings.column("vouches")].any()


async def test_a_score_walks_to_the_row_and_to_the_vouchers_score(held):
    """From the vouched score to the vouch in its file and row, and to what its voucher is scored."""
    table = _table(held, "strong,target,tyres,2026-01-05,her letter\n")
    (checked,) = await known_only(held.store, [table])
    await held.keep(checked.claims, checked.accounts)
    held_since = await held.store.latest([STRONG.key])
    inputs = await find_claims(held, (await _score(held)).provenance.inputs)
    assert [each.field for each in inputs] == ["vouch/tyres/twitter:strong", "klout.score"]
    assert inputs[0].provenance.source == "her letter (vouches.csv, row 2)"
    assert inputs[1] == held_since[STRONG.key][0]


async def test_nobody_enters_from_somebody_elses_word(held):
    """A voucher or vouched account that is not in the directory is refused with line, column and what to do."""
    table = _table(
        held, *(f"{pair},tyres,2026-01-05,a page\n" for pair in ("new,target", "strong,new", "strong,TARGET"))
    )
    (checked,) = await known_only(held.store, [table])
    assert [(refusal.line, refusal.column) for refusal in checked.refusals] == [(2, "voucher"), (3, "handle")]
    assert all(
        refusal.reason == "twitter:new is not in the directory; import them first" for refusal in checked.refusals
    )
    assert [each.field for each in checked.claims] == ["vouch/tyres/twitter:strong"]
    assert [account.handle for account in checked.accounts] == ["Target"]


async def test_who_comes_in_with_the_same_import_is_known(held):
    """Figures and the vouches about them may come together; the figures are as they were read."""
    figures = read_table(
        b"handle,provider,metric,value,date,citation\nNew,klout,score,50,2026-01-05,a page\n",
        "figures.csv",
        held.registry,
        held.now(),
    )
    table = _table(held, "strong,new,tyres,2026-01-05,a page\n", "new,target,tyres,2026-01-05,a page\n")
    checked = await known_only(held.store, [table, figures])
    assert checked[1] is figures
    assert not checked[0].refusals
    assert len(checked[0].claims) == 2


def _table(gateway, *rows):
    content = "".join(("voucher,handle,topic,date,source\n", *rows))
    return read_table(content.encode(), "vouches.csv", gateway.registry, gateway.now())
