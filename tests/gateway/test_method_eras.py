"""A provider's change of method, read day by day: held, linked, and nobody moves but by what they did themselves."""

import asyncio
import shutil
from datetime import timedelta

import numpy as np
import pytest
from eras_stage import CHANGED, KEYS, LINEAR, START, VOICES, Calendar, World, lenient
from gateway_stage import find_claim

from making import claim
from renown.api.context import Context
from renown.api.schema import build
from renown.claims import Absence, AbsenceReason, Account
from renown.gateway import Filter, Gateway
from renown.gateway.blended import normalised_claim
from renown.gateway.lock import lock
from renown.gateway.moving import movement
from renown.gateway.verifying import Verdict, verify
from renown.scoring.movement import Cause
from renown.settings import Settings, sqlite_url


def _settings(path):
    return Settings(_env_file=None, database_url=sqlite_url(path))


@pytest.fixture(scope="module")
def evening(tmp_path_factory):
    """The world on the evening before the change, and the database of all that was read until then."""
    path, calendar = tmp_path_factory.mktemp("world") / "renown.db", Calendar()

    async def pass_days():
        async with await Gateway.open(_settings(path), now=calendar) as gateway:
            made = World(gateway, calendar)
            await made.begin()
            await made.quiet(CHANGED - 1)
            return made

    return asyncio.run(pass_days()), path


@pytest.fixture
async def world(evening, tmp_path):
    """That world, for one test to go on with."""
    made, path = evening
    calendar = Calendar()
    calendar.day = made.calendar.day
    async with await Gateway.open(_settings(shutil.copy(path, tmp_path / "renown.db")), now=calendar) as gateway:
        yield made.again(gateway)


async def test_a_distortion_moves_nobody(world):
    """A monotone distortion read over 7 days changes no composite at any day's end; a dated era opens at 200 voices."""
    before = await world.values()
    assert await world.gateway.eras("klout") == ()
    world.method, states = lenient, []
    async for _ in world.reread():
        assert await world.values() == before
        states.append((await world.era()).state)
    era = await world.era()
    assert states == ["SUSPECTED"] * 6 + ["OPEN"]
    assert START + timedelta(days=CHANGED) <= era.began_at < START + timedelta(days=CHANGED + 0.5)
    assert era.opened_at == world.calendar()
    assert (era.number, era.pairs) == (1, VOICES)
    standings = await world.gateway.snapshots.current()
    assert standings.eras[standings.column("klout")] == 1
    assert sum(standings.eras) == 1


async def test_who_moved_for_their_own_reasons_moves_alone(world):
    """A distortion with a tenth of the people shuffled changes only their composites."""
    before = await world.values()
    world.method = lenient
    shuffled = world.chance.permutation(VOICES)[: VOICES // 10]
    world.klout[shuffled] = world.klout[np.roll(shuffled, 1)]
    async for _ in world.reread():
        pass
    after = await world.values()
    assert (await world.era()).state == "OPEN"
    moved = {key for key in KEYS if after[key] != before[key]}
    assert moved <= {KEYS[n] for n in shuffled}
    assert len(moved) > 0.8 * len(shuffled)


async def test_a_distortion_is_booked_as_the_method_s(world):
    """Why somebody moved across the change: not at all, and the part of Klout's method says when it changed."""
    since = world.calendar() + timedelta(hours=20)
    world.method = lenient
    async for _ in world.reread():
        pass
    record = (await world.gateway.records([KEYS[7]]))[KEYS[7]]
    moved = await movement(world.gateway, record, since, recipe=LINEAR)
    assert moved.values[0] == moved.values[1]
    said = {part.cause: (part.units, text) for part, text in zip(moved.parts, moved.explanations, strict=True)}
    assert said[Cause.OWN_CHANGE][0] == 0
    assert said[Cause.PROVIDER_METHOD][1].startswith("Klout changed its method on 13 March 2014")


async def test_growth_is_undecided(world):
    """That everybody gains 3 points is said to be undecided, and the values are used as they are."""
    world.klout = np.minimum(world.klout + 3, 100)
    async for _ in world.reread():
        pass
    era = await world.era()
    assert (era.state, era.opened_at) == ("UNDECIDED", None)
    standings = await world.gateway.snapshots.current()
    assert standings.eras[standings.column("klout")] == 0
    raw = standings.raw[[standings.rows[key] for key in KEYS], standings.column("klout")]
    assert raw.tolist() == np.round(world.klout, 2).tolist()


async def test_while_it_is_measured_old_scores_stand_and_say_so(world):
    """Of those read again the last score of before counts; its normalised claim says why, and is found again."""
    old = (await _entry(world, KEYS[0])).contributions[0].score
    world.method = lenient
    async for _ in world.reread():
        break
    part = next(part for part in (await _entry(world, KEYS[0])).contributions if part.provider == "klout")
    assert (part.is_held, part.score) == (True, old)
    assert part.normalised.provenance.source.endswith(
        "held while Klout's change of method of 13 March 2014 is measured"
    )
    assert part.normalised.provenance.inputs == (old.id,)
    assert await find_claim(world.gateway, part.normalised.id) == part.normalised
    untouched = next(part for part in (await _entry(world, KEYS[1])).contributions if part.provider == "klout")
    assert not untouched.is_held
    record = (await world.gateway.records([KEYS[0]]))[KEYS[0]]
    assert world.gateway.score(record, "klout").value == round(float(lenient(world.klout[0])), 2)


async def test_a_newcomer_waits(world):
    """Whoever is first read while a change is measured has no score of that provider yet, and is told why."""
    world.method = lenient
    async for _ in world.reread():
        break
    who = Account("twitter", "newcomer")
    moment = world.calendar() + timedelta(hours=13)
    said = [
        claim(who.key, field, 50.0, observed_at=moment)
        for field in ("klout.score", "kred.influence", "peerindex.peerindex")
    ]
    await world.gateway.keep(said, [who])
    parts = {part.provider: part for part in (await _entry(world, who.key)).contributions}
    score = parts["klout"].score
    assert isinstance(score, Absence)
    assert score.reason is AbsenceReason.PROCESSING
    assert score.message == "held while Klout's change of method of 13 March 2014 is measured"


async def test_once_open_the_link_is_in_the_provenance(world):
    """The score is what Klout says now; what it is normalised to is its place on the scale before, and says how."""
    world.method = lenient
    async for _ in world.reread():
        pass
    part = next(part for part in (await _entry(world, KEYS[5])).contributions if part.provider == "klout")
    assert part.score.value == round(float(lenient(world.klout[5])), 2)
    assert part.normalised.value == pytest.approx((world.klout[5] - 1) / 0.99, abs=1e-6)
    assert "linked across Klout's change of method of 13 March 2014 (230 pairs" in part.normalised.provenance.source
    ranked = await world.gateway.rank(Filter(voices=(KEYS[5],)), LINEAR)
    assert normalised_claim(ranked, part.score).value == part.normalised.value
    assert verify((await lock(world.gateway, ranked)).content).verdict is Verdict.SAME


async def test_every_snapshot_is_built_again_alike(world):
    """By their names, another gateway builds the columns of before, while and after, from the log alone."""
    world.method, before = lenient, await world.gateway.snapshots.current()
    seen = [before, *[await world.gateway.snapshots.current() async for _ in world.reread()]]
    async with await Gateway.open(world.gateway.settings, now=world.calendar) as other:
        for standings in (seen[0], seen[1], seen[-1]):
            again = await other.snapshots.named(standings.snapshot)
            assert np.array_equal(again.raw, standings.raw, equal_nan=True)
            assert again.claims.tolist() == standings.claims.tolist()
            assert (again.eras, again.held) == (standings.eras, standings.held)
    assert [len(standings.held) for standings in (seen[0], seen[1], seen[-1])] == [0, 33, 0]


async def test_a_new_process_goes_on_where_the_last_stopped(world):
    """A suspicion that one process wrote down is settled by another, from the log; nothing is suspected twice."""
    world.method = lenient
    async for part in world.reread():
        if part == 2:
            world.gateway = await Gateway.open(world.gateway.settings, now=world.calendar)
    assert [era.state for era in await world.gateway.eras("klout")] == ["OPEN"]
    assert (await world.era()).pairs == VOICES
    await world.quiet(5)
    assert len(await world.gateway.eras("klout")) == 1
    await world.gateway.close()


async def test_a_second_change_is_linked_through_the_first(world):
    """Two changes one after the other: values still come back to the scale of the first era, and nobody moves."""
    before = await world.values()
    for number, method in enumerate((lenient, lambda values: 0.8 * values + 3), 1):
        world.method = method
        async for _ in world.reread():
            pass
        assert (await world.era()).number == number
    assert await world.values() == before


async def test_a_mood_that_passes_is_dismissed(world):
    """What looked like a change on one day and is gone on the next is dismissed, and no value is held or linked."""
    truth = world.klout.copy()
    world.calendar.day += 1
    world.klout = truth + 6
    await world.read(range(0, VOICES, 5))
    assert (await world.era()).state == "SUSPECTED"
    world.klout = truth
    world.calendar.day += 1
    await world.read(range(VOICES))
    assert (await world.era()).state == "DISMISSED"
    standings = await world.gateway.snapshots.current()
    assert (standings.held, sum(standings.eras)) == (frozenset(), 0)


async def test_a_suspicion_does_not_last_for_ever(world):
    """Where most are never read again, it is decided after a month with those that were."""
    world.method = lenient
    async for part in world.reread():
        if part == 1:
            break
    world.calendar.day += 31
    await world.read([0, 1])
    assert ((await world.era()).state, (await world.era()).pairs) == ("OPEN", 66)


async def test_the_schema_shows_it(world):
    """`provider.eras` says when, how many were measured, and in words what; the composite's part that it is held."""
    world.method = lenient
    async for _ in world.reread():
        break
    asked = """{
        provider(slug: "klout") { eras { number state beganAt openedAt pairs statement } }
        voice(account: { handle: "voice_000" }) {
            composite { ... on Composite { contributions { provider { slug } held } } }
        }
    }"""
    answer = await build(world.gateway.settings).execute(asked, context_value=Context(world.gateway))
    assert not answer.errors
    era = answer.data["provider"]["eras"][0]
    assert (era["number"], era["state"], era["openedAt"], era["pairs"]) == (1, "SUSPECTED", None, 33)
    assert era["beganAt"].startswith("2014-03-13T00:00:00")
    assert era["statement"].startswith("Since 13 March 2014 00:00 UTC Klout seems to score by another method")
    parts = answer.data["voice"]["composite"]["contributions"]
    assert {part["provider"]["slug"] for part in parts if part["held"]} == {"klout"}


async def _entry(world, key):
    ranked = await world.gateway.rank(Filter(), LINEAR)
    position = ranked.positions[key]
    return (await world.gateway.entries(ranked, position, position + 1))[0]
