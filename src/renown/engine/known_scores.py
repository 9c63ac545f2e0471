"""The scores that leave the working file: of accounts of the directory, with the topics of their own posts.

Everybody else is anonymous audience. Somebody speaks on a topic from three posts and a fiftieth of all their posts on;
of the topics the twelve are given that most posts speak on, each with up to three posts that most people reacted to.
"""

from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

from renown.engine.score_claims import AccountScore, TopicScore, Window
from renown.engine.working_file import WorkingFile

_LEAST_POSTS, _LEAST_SHARE, _MOST_TOPICS, _EVIDENCE = 3, 0.02, 12, 3
_FIGURES = ("score", "low", "high", "momentum", "reach", "amplification", "network_impact", "automation")
_COUNTS = ("interactions", "voices", "quiet_days")
_SCORES = f"""
SELECT known.key, {", ".join(_FIGURES)}, interactions, voices, (? - last) / 86400 AS quiet_days
FROM engine_score JOIN _known known USING (account)
QUALIFY row_number() OVER (PARTITION BY known.key ORDER BY interactions DESC, account) = 1
ORDER BY known.key
"""
_TOPICS = f"""
WITH mine AS (
    SELECT known.key, account, topic, post, "at" FROM post_topic JOIN _known known ON known.account = author
    WHERE coalesce("at" < $until, true)),
wrote AS (
    SELECT author AS account, count(*) AS posts FROM post SEMI JOIN mine ON mine.account = author
    WHERE coalesce("at" < $until, true) GROUP BY author),
heard AS (
    SELECT post, count(DISTINCT actor) AS voices FROM event SEMI JOIN mine USING (post)
    WHERE "at" < $until GROUP BY post),
spoken AS (
    SELECT key, account, topic, count(*) AS posts,
        list(post ORDER BY coalesce(voices, 0) DESC, "at" DESC, post)[1:{_EVIDENCE}] AS evidence
    FROM mine LEFT JOIN heard USING (post) GROUP BY ALL)
SELECT key, topic, spoken.posts, wrote.posts AS of, spoken.evidence, score, low, high
FROM spoken JOIN wrote USING (account) LEFT JOIN engine_topic USING (topic, account)
WHERE spoken.posts >= {_LEAST_POSTS} AND spoken.posts >= {_LEAST_SHARE} * wrote.posts
QUALIFY row_number() OVER (PARTITION BY key ORDER BY spoken.posts DESC, topic) <= {_MOST_TOPICS}
ORDER BY key, spoken.posts DESC, topic
"""


def accounts_scored(file: WorkingFile) -> list[str]:
    """Everybody who has a score, as the working file spells them."""
    return [account for (account,) in file.connection.execute("SELECT account FROM engine_score").fetchall()]


def known_scores(file: WorkingFile, window: Window, known: Mapping[str, str]) -> Iterator[AccountScore]:
    """The scores of those who are `known`: from an account as the working file spells it to its key in the directory.

    By key; each once, also where the working file knows it under two names: then as the one more was done to.
    """
    import pyarrow as pa

    columns = {"account": pa.array(known.keys(), pa.string()), "key": pa.array(known.values(), pa.string())}
    file.connection.register("_known", pa.table(columns))
    topics = _topics(file, window)
    for key, *values in file.connection.execute(_SCORES, [window.until]).fetchall():
        figures = dict(zip((*_FIGURES, *_COUNTS), values, strict=True)) | {"window_days": window.days}
        known_of = {slug: float(value) for slug, value in figures.items() if value is not None}
        yield AccountScore(key, known_of, tuple(topics.get(key, ())))


def _topics(file: WorkingFile, window: Window) -> dict[str, list[TopicScore]]:
    rows = file.connection.execute(_TOPICS, {"until": window.until}).fetchall()
    return {key: [_topic(row) for row in said] for key, said in groupby(rows, itemgetter(0))}


def _topic(row: tuple[Any, ...]) -> TopicScore:
    _, topic, posts, of, evidence, *figures = row
    named = dict(zip(("score", "low", "high"), figures, strict=True))
    return TopicScore(
        topic, posts, of, tuple(evidence), {slug: value for slug, value in named.items() if value is not None}
    )
