"""The engine's scores in the directory: of those who are in it, and of nobody else."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from gateway_stage import find_claim

from making import claim
from renown.claims import Account
from renown.engine.known_scores import accounts_scored, known_scores
from renown.engine.posted_topics import read_topics
from renown.engine.scored import score_window, window_of
from renown.engine.topics import shipped_vocabulary
from renown.engine.working_file import WorkingFile
from renown.gateway import Filter, Gateway, engine_scores
from renown.gateway.engine_scores import known_among, take_scores
from renown.scoring import Normaliser, Recipe, Weighting
from renown.settings import Settings
from working_files import DAY, START, UNTIL, event, post, small_world, write

PIRELLI, FRIEND = Account("twitter", "PirelliUK"), Account("twitter", "Friend")
BY_RENOWN = Recipe(
    normaliser=Normaliser.LINEAR, weighting=Weighting.CUSTOM, weights=(("renown", 1.0),), minimum_providers=1
)


@pytest.fixture
def path(tmp_path):
    """The small world's working file."""
    return small_world(tmp_path / "engine.duckdb")


@pytest.fixture
async def directory(any_database_url):
    """A gateway that knows PirelliUK and its friend by other figures of theirs."""
    async with await Gateway.open(Settings(_env_file=None, database_url=any_database_url)) as gateway:
        claims = [claim(PIRELLI.key, observed_at=datetime(2012, 6, 1, tzinfo=UTC)), claim(FRIEND.key)]
        await gateway.keep(claims, [PIRELLI, FRIEND])
        yield gateway


async def score(gateway, path, until=UNTIL):
    """What `renown engine score` does, without its words."""
    with WorkingFile.open(path) as file:
        read_topics(file, shipped_vocabulary(), advance=lambda _more: None)
        window = window_of(file, until)
        score_window(file, window)
        known = await known_among(gateway.store, accounts_scored(file))
        return await take_scores(gateway, known_scores(file, window, known), window, lambda _more: None)


async def test_nobody_enters_the_directory(directory, path):
    """Of everybody who was reacted to only those it held get claims; the forty fans leave no trace in the store."""
    taken = await score(directory, path)
    assert taken.accounts == 2
    assert {stored.account for stored in await directory.store.accounts()} == {PIRELLI, FRIEND}
    claims = await directory.store.all_latest()
    assert {each.subject for each in claims} == {PIRELLI.key, FRIEND.key}
    assert not [each for each in claims if "fan" in f"{each.field} {each.value} {each.provenance.source}"]


async def test_a_ranking_shows_it_and_each_value_walks_back(directory, path):
    """The scores stand in the standings; the composite's part is the very claim, with its source."""
    await score(directory, path)
    ranked = await directory.rank(Filter(), BY_RENOWN)
    first, second = await directory.entries(ranked, 0, 2)
    assert (first.voice, second.voice) == (PIRELLI.key, FRIEND.key)
    shown = first.scores["renown"]
    assert await find_claim(directory, shown.id) == shown
    assert shown.provenance.adapter == "renown-engine@1"
    assert "221 interactions from 2012-07-01 to 2012-07-15" in shown.provenance.source
    assert first.value == pytest.approx(shown.value, abs=1e-6)


async def test_a_ranking_by_topic_finds_who_speaks_on_it(directory, path):
    """By posts of one's own, which are named; reacting to them makes nobody speak on it."""
    await score(directory, path)
    ranked = await directory.rank(Filter(topics=("tyres",)), BY_RENOWN)
    assert [entry.voice for entry in await directory.entries(ranked, 0, 9)] == [PIRELLI.key]
    record = (await directory.records([PIRELLI.key]))[PIRELLI.key]
    (tyres,) = [said for slug, said in record.topics() if slug == "tyres"]
    assert tyres.value == 0.5
    assert "8 of 16 posts speak on it, such as tyres" in tyres.provenance.source
    assert record.shown("renown.score/tyres").value > 0


async def test_components_window_counts_and_range_are_claims(directory, path):
    """Each of the declared metrics that is known of it."""
    await score(directory, path)
    record = (await directory.records([PIRELLI.key]))[PIRELLI.key]
    said = {each.field: each.value for _, each in record.claims.items() if each.field.startswith("renown.")}
    assert said["renown.interactions"] == 160
    assert said["renown.voices"] == 40
    assert said["renown.window_days"] == 14
    assert said["renown.low"] < said["renown.score"] < said["renown.high"]
    assert said.keys() >= {"renown.reach", "renown.amplification", "renown.network_impact", "renown.automation"}


async def test_the_same_window_twice_changes_nothing(directory, path):
    """All claims are held already; the store takes no change number."""
    taken = await score(directory, path)
    change = await directory.store.change()
    again = await score(directory, path)
    assert (again.new, again.held) == (0, taken.new)
    assert await directory.store.change() == change


async def test_an_interrupted_run_goes_on(directory, path, monkeypatch):
    """What was kept before is not kept again, and nothing is missing in the end."""
    monkeypatch.setattr(engine_scores, "_AT_ONCE", 1)
    keep, kept = directory.keep, []

    async def interrupted(claims, accounts):
        if kept:
            raise asyncio.CancelledError
        kept.extend(claims)
        return await keep(claims, accounts)

    monkeypatch.setattr(directory, "keep", interrupted)
    with pytest.raises(asyncio.CancelledError):
        await score(directory, path)
    monkeypatch.setattr(directory, "keep", keep)
    taken = await score(directory, path)
    assert taken.held == len(kept) > 0
    assert taken.new > 0
    assert (await score(directory, path)).new == 0


async def test_two_silent_weeks_are_told_and_change_no_order(directory, path):
    """The score stands; since when it is quiet is told beside it."""
    await score(directory, path)
    record = (await directory.records([PIRELLI.key]))[PIRELLI.key]
    before = record.shown("renown.score").value
    await score(directory, path, UNTIL + 14 * DAY)
    record = (await directory.records([PIRELLI.key]))[PIRELLI.key]
    low, high = record.shown("renown.low").value, record.shown("renown.high").value
    assert abs(record.shown("renown.score").value - before) < high - low
    assert 14 < record.shown("renown.quiet_days").value < 15
    assert record.shown("renown.score").provenance.observed_at == datetime(2012, 7, 29, tzinfo=UTC)


async def test_a_topic_that_is_no_longer_spoken_on_is_taken_back(directory, path):
    """When most posts speak of other things, the voice leaves the ranking on it."""
    await score(directory, path)
    write(path, posts=[post(f"new{at}", "pirelliuk", "Good evening", 14 * DAY + at) for at in range(500)])
    await score(directory, path, UNTIL + DAY)
    ranked = await directory.rank(Filter(voices=(PIRELLI.key,)), BY_RENOWN)
    assert "tyres" not in {slug for slug, marked in ranked.standings.topics.items() if len(marked.rows)}


async def test_interactions_win_over_the_profile(directory, path):
    """The counts of a profile, seen a month after, leave the score as it is; a year after they replace it."""
    await score(directory, path)
    for days, adapter in ((30, "renown-engine@1"), (365, "renown-profile@3")):
        seen = datetime.fromtimestamp(UNTIL, UTC) + timedelta(days=days)
        counts = [claim(PIRELLI.key, field, 900, observed_at=seen) for field in ("followers", "listed")]
        await directory.keep(counts, [])
        record = (await directory.records([PIRELLI.key]))[PIRELLI.key]
        assert record.shown("renown.score").provenance.adapter == adapter


async def test_whose_a_networks_id_is_is_known_by_a_claim(directory):
    """Bluesky's stream names nobody by handle; of an id that two hold nobody is scored."""
    alice, other = Account("bluesky", "alice.example"), Account("bluesky", "other.example")
    ids = [claim(alice.key, "bluesky.id", "did:plc:a"), claim(alice.key, "bluesky.followers", 3)]
    twice = [claim(each.key, "bluesky.id", "did:plc:two") for each in (PIRELLI, FRIEND)]
    await directory.keep([*ids, *twice, claim(other.key, "bluesky.followers", 4)], [alice, other])
    named = ["bluesky:did:plc:a", "bluesky:did:plc:two", "bluesky:did:plc:x", other.key, "twitter:nobody"]
    assert await known_among(directory.store, named) == {"bluesky:did:plc:a": alice.key, other.key: other.key}


async def test_a_window_without_interactions_is_refused(path):
    """There is nothing to score, and the error says so."""
    with WorkingFile.open(path) as file, pytest.raises(Exception, match="holds no interactions before that instant"):
        window_of(file, START)


async def test_a_file_without_texts_is_scored_without_topics(directory, tmp_path):
    """Whoever reacts is enough for a score; of what anybody speaks nothing is said."""
    fans = [event(f"fan{at}", "friend", at) for at in range(9)]
    await score(directory, write(tmp_path / "textless.duckdb", fans))
    record = (await directory.records([FRIEND.key]))[FRIEND.key]
    assert record.shown("renown.score").value > 0
    assert record.topics() == []


async def test_what_comes_in_is_scored_anew(directory, path):
    """The same window with one event more is another; without any it is computed once."""
    with WorkingFile.open(path) as file:
        read_topics(file, shipped_vocabulary(), advance=lambda _more: None)
        assert score_window(file, window_of(file, UNTIL))
        assert not score_window(file, window_of(file, UNTIL))
    write(path, [event("late", "friend", DAY)])
    with WorkingFile.open(path) as file:
        assert score_window(file, window_of(file, UNTIL))
