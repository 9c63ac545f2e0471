"""The scores of everybody in the working file, computed and kept there.

    engine_window  what they are made of; one row
    engine_score   account, score, low, high, momentum, reach, ...: a row for each account that was reacted to
    engine_topic   topic, account, score, low, high, evidence: among reactions to posts on the topic

Scores depend on everybody's trust in everybody, so they are computed from all events anew whenever something came in;
the same window twice is computed once. Only those of the directory leave the file again: see `engine.known_scores`.

What is scored is the log up to its last event, even if the instant asked for is later: a log that has ended tells
nothing of the time after it. How the scores that last have faded since then, `engine.lasting` says; of momentum nothing
is said when a day has passed.
"""

from collections.abc import Collection
from functools import partial
from typing import TYPE_CHECKING

from renown.claims import digest_of
from renown.engine.lasting import lasting_figures
from renown.engine.score_claims import ADAPTER, Window
from renown.engine.weights import HOUR
from renown.engine.working_file import WorkingFile
from renown.errors import BadRequest

if TYPE_CHECKING:
    from renown.engine.large import EngineScores

_KNOWN_FOR = 24 * HOUR
_TABLE = """
CREATE TABLE IF NOT EXISTS engine_window (
    first BIGINT NOT NULL, last BIGINT NOT NULL, until BIGINT NOT NULL, interactions BIGINT NOT NULL,
    digest VARCHAR NOT NULL)
"""
_WINDOW = 'SELECT count(*), min("at"), max("at"), bit_xor(key) FROM event WHERE "at" < ?'
_TOPICS = "SELECT count(*), bit_xor(key), (SELECT any_value(vocabulary) FROM topics_by) FROM post_topic"
_OVERALL = """
CREATE OR REPLACE TABLE engine_score AS
SELECT * REPLACE (CASE WHEN $is_known THEN momentum END AS momentum, last::BIGINT AS last), interactions
FROM _overall JOIN (SELECT target AS account, count(*) AS interactions FROM event WHERE "at" < $until GROUP BY target)
USING (account)
"""


def window_of(file: WorkingFile, until: int, seeds: Collection[str] = ()) -> Window:
    """What there is to score of before an instant (seconds since 1970, UTC), if trust starts from these accounts.

    Raises:
        BadRequest: nothing (code EMPTY_RANKING).
    """
    ask = file.connection.execute
    interactions, first, last, keys = ask(_WINDOW, [until]).fetchall()[0]
    if not interactions:
        raise BadRequest(
            f"{file.path.name} holds no interactions before that instant.",
            "Read some with `renown engine ingest`, or give a later --until.",
            code="EMPTY_RANKING",
        )
    made_of = [ADAPTER, until, interactions, last, keys, *ask(_TOPICS).fetchall()[0], sorted(seeds)]
    return Window(first, last, until, interactions, digest_of(made_of))


def score_window(file: WorkingFile, window: Window, seeds: Collection[str] = (), *, spark: str | None = None) -> bool:
    """Keep the scores of this window in the file; whether they had to be computed.

    `seeds` are the accounts that trust starts from; without any they are found in the log. `spark` names the Spark that
    counts (`local[*]`); None counts in this process.

    Raises:
        BadRequest: none of the seeds is in the log (code UNKNOWN_SEEDS).
        CannotServe: Spark does not start.
    """
    file.connection.execute(_TABLE)
    if file.connection.execute("SELECT digest FROM engine_window").fetchall() == [(window.digest,)]:
        return False
    _keep(file, window, _computed(file, window, seeds, spark))
    return True


def _computed(file: WorkingFile, window: Window, seeds: Collection[str], spark: str | None) -> "EngineScores":
    from renown.engine.large import score_events
    from renown.engine.large.engines import counted_in

    with counted_in(spark, file.connection, "event", "post_topic") as (events, topics):
        return score_events(
            events,
            min(window.until, window.last + 1),
            seeds=seeds or None,
            topics=topics,
            measure=partial(lasting_figures, now=window.until),
        )


def _keep(file: WorkingFile, window: Window, scores: "EngineScores") -> None:
    ask = file.connection.execute
    file.connection.register("_overall", scores.overall)
    file.connection.register("_by_topic", scores.by_topic)
    ask("BEGIN")
    ask(_OVERALL, {"is_known": window.until - window.last <= _KNOWN_FOR, "until": window.until})
    ask("CREATE OR REPLACE TABLE engine_topic AS FROM _by_topic")
    ask("DELETE FROM engine_window")
    held = [window.first, window.last, window.until, window.interactions, window.digest]
    ask("INSERT INTO engine_window VALUES (?, ?, ?, ?, ?)", held)
    ask("COMMIT")
