"""Scores from tables are those of the log in memory: counted by numpy or by DuckDB, of names or of numbers."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from engine_worlds import DAY, HOUR, UNTIL, also, log, world

from renown.engine.interactions import Interactions, Kind
from renown.engine.ranking import rank_interactions
from renown.errors import BadRequest

ibis = pytest.importorskip("ibis")
pa = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")

from renown.engine.large import score_events  # noqa: E402 - after what it needs

# Ibis 12 asks DuckDB 2 by a name of DuckDB 1.
FIGURES = ("score", "low", "high", "reach", "amplification", "network_impact", "automation")


def busy_world():
    """The world with machines in it: a clock, one who is too fast, a ring; and with posts, half of them on a topic."""
    rows = [("clock", f"person {one % 300}", one * HOUR, Kind.REPOST) for one in range(300)]
    rows += [("fast", f"person {one}", 3 * DAY + one // 5, Kind.REPOST) for one in range(100)]
    ring = [f"ring {one}" for one in range(12)]
    rows += [(one, other, 13 * DAY + 7919 * len(one + other), Kind.REPLY) for one in ring for other in ring]
    rows += [("person 1", "person 2", 2 * DAY, Kind.FOLLOW), ("person 3", "person 3", DAY, Kind.REPOST)]
    events = also(world(), rows)
    post = events.target * 8 + np.random.default_rng(3).integers(0, 8, len(events))
    events = Interactions(events.names, events.actor, events.target, events.at, events.kind, post)
    return events.where(events.actor != events.target)


def put(backend, name, columns):
    """A table of DuckDB with these columns."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"{name}.parquet"
        parquet.write_table(pa.table(columns), file)
        backend.con.execute(f"CREATE TABLE {name} AS SELECT * FROM '{file}'")
    return backend.table(name)


def table(events, *, as_numbers=False):
    """The log as a table of DuckDB, with an act upon oneself and one that is too late."""

    def named(account):
        return account + 1_000 if as_numbers else events.names[account]

    columns = {
        "actor": np.append(named(events.actor), named(events.actor[:2])),
        "target": np.append(named(events.target), np.append(named(events.actor[:1]), named(events.target[1:2]))),
        "at": np.append(events.at, [DAY, UNTIL]),
        "kind": np.append(events.kind, events.kind[:2]),
        "post": [None if post < 0 else f"post {post}" for post in [*events.post.tolist(), 1, 2]],
    }
    return put(ibis.duckdb.connect(), "event", columns)


def topics(events):
    """Even posts are about tea, and every third about coffee."""
    posts = np.unique(events.post)
    rows = [("tea", post) for post in posts[posts % 2 == 0]] + [("coffee", post) for post in posts[posts % 3 == 0]]
    return {"topic": [topic for topic, _ in rows], "post": [f"post {post}" for _, post in rows]}


def by_account(found, *keys):
    """The rows of a table by the columns that tell them apart."""
    return {tuple(row[key] for key in keys): row for row in found.to_pylist()}


def assert_equal(one, other, *keys):
    """The same rows, and each figure within 1e-9."""
    left, right = by_account(one, *keys), by_account(other, *keys)
    assert left.keys() == right.keys()
    for key, row in left.items():
        assert [row[name] for name in row if name not in keys] == pytest.approx(
            [right[key][name] for name in row if name not in keys], abs=1e-9, rel=1e-9
        )


@pytest.mark.parametrize("in_memory", [True, False])
@pytest.mark.parametrize("knows_posts", [True, False])
def test_they_are_those_of_the_log_in_memory(in_memory, knows_posts):
    """Every column of every account, within 1e-9."""
    events = busy_world()
    if not knows_posts:
        events = also(world(), [("clock", f"person {one % 300}", one * HOUR, Kind.REPOST) for one in range(300)])
    ranking = rank_interactions(events, UNTIL)
    assert ranking.automation.max() > 0.4
    expected = pa.table(
        {"account": events.names[ranking.account].tolist()} | {name: getattr(ranking, name) for name in FIGURES}
    )
    found = score_events(table(events), UNTIL, in_memory=in_memory)
    assert_equal(found.overall, expected, "account")
    assert found.by_topic.num_rows == 0


def test_accounts_may_be_numbers():
    """As a source numbers them: the scores are the same, and the numbers are the names."""
    events = busy_world()
    found = score_events(table(events, as_numbers=True), UNTIL)
    ranking = rank_interactions(events, UNTIL)
    scores = {row["account"]: row["score"] for row in found.overall.to_pylist()}
    assert [scores[str(account + 1_000)] for account in ranking.account] == pytest.approx(ranking.score, abs=1e-9)


def test_topics_are_counted_alike():
    """By numpy or by DuckDB: the same accounts on each topic, with the same scores and as much evidence."""
    events = busy_world()
    log_table = table(events)
    about = put(log_table.get_backend(), "about", topics(events))
    one, other = (score_events(log_table, UNTIL, topics=about, in_memory=each) for each in (True, False))
    assert one.by_topic.num_rows > 1_000
    assert_equal(one.by_topic, other.by_topic, "topic", "account")
    assert_equal(one.overall, other.overall, "account")


def test_a_topic_is_what_was_said_on_it():
    """Of a voice's three posts on tea the two that drew a reaction are evidence; coffee is another matter."""
    rows = [(f"fan {one}", "voice", DAY * (1 + one % 9), Kind.REPOST) for one in range(60)]
    rows += [("fan 1", "other", 2 * DAY, Kind.REPOST), ("voice", "friend", DAY, Kind.MENTION)]
    events = log(rows)
    post = np.array([*(one % 2 for one in range(60)), 7, 8])
    events = Interactions(events.names, events.actor, events.target, events.at, events.kind, post)
    log_table = table(events)
    said = {"topic": ["tea", "tea", "tea", "coffee"], "post": ["post 0", "post 1", "post 5", "post 7"]}
    about = put(log_table.get_backend(), "about", said)
    found = by_account(score_events(log_table, UNTIL, topics=about).by_topic, "topic", "account")
    assert set(found) == {("tea", "voice"), ("coffee", "other")}
    assert found["tea", "voice"]["evidence"] == 2
    assert found["tea", "voice"]["score"] > found["coffee", "other"]["score"] > 0


def test_seeds_can_be_named():
    """Then trust starts from them alone, on topics too."""
    events = busy_world()
    seeds = ["person 17", "person 23"]
    marked = np.isin(events.names, seeds).astype(float)
    ranking = rank_interactions(events, UNTIL, marked)
    expected = dict(zip(events.names[ranking.account].tolist(), ranking.network_impact.tolist(), strict=True))
    found = score_events(table(events), UNTIL, seeds=[*seeds, "nobody"]).overall.to_pylist()
    assert {row["account"]: row["network_impact"] for row in found} == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("in_memory", [True, False])
def test_what_cannot_be_scored_is_said(in_memory):
    """Nothing before the instant; seeds that nobody knows."""
    events = table(world())
    with pytest.raises(BadRequest) as empty:
        score_events(events, -1, in_memory=in_memory)
    assert empty.value.code == "EMPTY_RANKING"
    with pytest.raises(BadRequest) as unknown:
        score_events(events, UNTIL, seeds=["nobody"], in_memory=in_memory)
    assert unknown.value.code == "UNKNOWN_SEEDS"


def test_nothing_is_left_behind():
    """The tables that are made on the way are gone."""
    events = table(world())
    score_events(events, UNTIL, in_memory=False)
    assert events.get_backend().con.execute("SHOW TABLES").fetchall() == [("event",)]
