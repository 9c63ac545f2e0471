"""Snapshots of the standings: of now, of a moment in the past, by name, and never of half a change."""

import asyncio
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from gateway_stage import TYRES, handles, tyre_figures

from making import NOON, claim
from renown.claims import Account
from renown.errors import BadRequest
from renown.gateway import DEFAULT_RECIPE, Filter, Gateway
from renown.gateway.asked import ask_ranking
from renown.settings import Settings, sqlite_url

SEPTEMBER_2012 = datetime(2012, 9, 15, tzinfo=UTC)
PIRELLI = Account("twitter", "PirelliUK")


async def test_in_september_2012_only_the_tyres_are_scored(demo):
    """As of a month after the tyre table, its six brands are ranked, and nobody of 2013 has a score."""
    standings = await demo.snapshots.current(SEPTEMBER_2012)
    scored = np.flatnonzero(~np.isnan(standings.raw).all(axis=1))
    assert sorted(handles(standings.voices[row] for row in scored)) == sorted(handle.casefold() for handle in TYRES)
    asked = await ask_ranking(demo, DEFAULT_RECIPE, as_of=SEPTEMBER_2012)
    assert handles(asked.ranked.voices) == [handle.casefold() for handle in TYRES]
    assert "football" not in standings.topics


async def test_a_moment_before_everything_is_an_empty_ranking(demo):
    """Before the first figure nobody is ranked, and the error says so."""
    with pytest.raises(BadRequest) as refusal:
        await ask_ranking(demo, DEFAULT_RECIPE, as_of=datetime(2000, 1, 1, tzinfo=UTC))
    assert refusal.value.code == "EMPTY_RANKING"


async def test_the_future_is_refused(demo, clock):
    """Nobody knows the standings of tomorrow."""
    with pytest.raises(BadRequest, match="is in the future") as refusal:
        await demo.snapshots.current(clock() + timedelta(minutes=1))
    assert refusal.value.code == "BAD_MOMENT"


async def test_a_past_moment_names_its_snapshot(demo):
    """A snapshot of the past is found by its name, and its pages go on in it."""
    standings = await demo.snapshots.current(SEPTEMBER_2012)
    assert standings.snapshot == "2@2012-09-15T00:00:00+00:00"
    assert await demo.snapshots.named(standings.snapshot) is standings
    asked = await ask_ranking(demo, DEFAULT_RECIPE, as_of=SEPTEMBER_2012, first=2)
    following = await ask_ranking(demo, DEFAULT_RECIPE, first=2, after=asked.cursor(1))
    assert following.ranked.standings is standings
    assert following.page.start == 2


async def test_askers_share_one_snapshot(demo):
    """Many who ask at the same time get the same columns, built once, until something changes."""
    standings = await asyncio.gather(*(demo.snapshots.current() for _ in range(50)))
    assert len({id(each) for each in standings}) == 1
    await demo.keep([claim(observed_at=demo.now())], [PIRELLI])
    assert await demo.snapshots.current() is not standings[0]


async def test_an_old_snapshot_is_built_again_from_the_log(any_database_url, clock):
    """By its name, a snapshot has the scores and claims it had, in a gateway that never saw it, and no later ones."""
    async with await Gateway.open(Settings(_env_file=None, database_url=any_database_url), now=clock) as gateway:
        await gateway.keep([claim(value=39.0)], [PIRELLI])
        before = await gateway.snapshots.current()
        newcomer = Account("twitter", "newcomer")
        later = NOON + timedelta(days=1)
        await gateway.keep([claim(value=41.0, observed_at=later), claim(newcomer.key)], [newcomer])
        after = await gateway.snapshots.current()
        async with await Gateway.open(gateway.settings, now=clock) as other:
            rebuilt = await other.snapshots.named(before.snapshot)
    row, column = rebuilt.rows[PIRELLI.key], rebuilt.column("klout")
    assert rebuilt.raw[row, column] == 39.0 == before.raw[before.rows[PIRELLI.key], column]
    assert rebuilt.claims[row].tolist() == before.claims[before.rows[PIRELLI.key]].tolist()
    assert np.isnan(rebuilt.raw[rebuilt.rows[newcomer.key]]).all()
    assert after.raw[after.rows[PIRELLI.key], column] == 41.0


async def test_what_comes_in_while_a_snapshot_is_built_is_not_in_it(demo, monkeypatch):
    """A snapshot named for a change holds that change and no later one, even one that came just before it was read."""
    read = demo.store.latest

    async def late(*arguments, **named):
        await demo.store.append([claim(value=99.0)], [PIRELLI])
        return await read(*arguments, **named)

    monkeypatch.setattr(demo.store, "latest", late)
    standings = await demo.snapshots.current()
    assert standings.snapshot == "2"
    assert standings.raw[standings.rows[PIRELLI.key], standings.column("klout")] == 39.0


@pytest.mark.parametrize(
    "name", ["", "x", "-1", "3", "2@", "2@x", "2@2012-09-15", "1e0", "2@2012-09-15T00:00:00+02:00"]
)
async def test_a_name_of_no_snapshot_is_refused(demo, name):
    """What names no change that has been, or no moment in UTC, is a ValueError; `2@` is the second change itself."""
    if name == "2@":
        assert (await demo.snapshots.named(name)).snapshot == "2"
    else:
        with pytest.raises(ValueError, match=r".+"):
            await demo.snapshots.named(name)


def _turned(items, number):
    """The items backwards from the one of this number, then from the last: for 0 as they are."""
    return [*items[:number][::-1], *items[number:][::-1]] if number else list(items)


def _said(part):
    """All that a part says."""
    return part.provider, part.score, part.normalised, part.weight, part.points, part.is_held


async def test_the_order_of_keeping_changes_nothing(tmp_path, clock):
    """The same claims kept in another order give the same ranking, made of the same claims, with the same ids."""
    rankings = []
    moment = clock()
    for number in (0, 1, 7):
        settings = Settings(_env_file=None, database_url=sqlite_url(tmp_path / f"{number}.db"))
        async with await Gateway.open(settings, now=lambda: moment) as gateway:
            figures = tyre_figures(gateway)
            await gateway.keep(_turned(figures.claims, number), _turned(figures.accounts, number))
            ranked = await gateway.rank(Filter())
            entries = await gateway.entries(ranked, 0, len(ranked))
            rankings.append([(entry.claim, [_said(part) for part in entry.contributions]) for entry in entries])
    assert rankings[0] == rankings[1] == rankings[2]
    assert len(rankings[0]) == 6


async def test_the_order_of_many_imports_changes_no_ranking(tmp_path, clock):
    """Kept one voice after the other, in another order, claims give the same places, values and source claims."""
    rankings = []
    for number in (0, 4):
        settings = Settings(_env_file=None, database_url=sqlite_url(tmp_path / f"{number}.db"))
        async with await Gateway.open(settings, now=clock) as gateway:
            figures = tyre_figures(gateway)
            accounts = {account.key: account for account in figures.accounts}
            for key in _turned(list(accounts), number):
                await gateway.keep([said for said in figures.claims if said.subject == key], [accounts[key]])
            ranked = await gateway.rank(Filter())
            entries = await gateway.entries(ranked, 0, len(ranked))
            rankings.append([(entry.voice, entry.value, entry.claim.provenance.inputs) for entry in entries])
    assert rankings[0] == rankings[1]
