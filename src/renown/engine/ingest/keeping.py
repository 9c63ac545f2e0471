"""Takes what was read into the working file: checks it, leaves out what is there already, and says how far it came.

One transaction holds a chunk's events and the source's new position. Killed in between, an ingest goes on where the
last whole chunk ended: nothing is lost, and nothing comes in twice.

An event is recognised by `via`, `kind` and `target`, where it is known by which post or record it was done; else by
actor, target, kind, second and post. The key is a part of an MD5: the same in every version of DuckDB. Events by the
same record may be told a little differently in different sources, but not a day apart: only so far is looked for them.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from renown.engine.ingest.rows import Act, Post, Refused, Rows
from renown.engine.ingest.source import Source
from renown.engine.ingest.spelling import spellings
from renown.engine.kind_words import KINDS_BY_WORD
from renown.engine.working_file import WorkingFile

if TYPE_CHECKING:
    from pyarrow import Table

_KEY = "md5_number_lower(concat_ws(chr(31), {}))"
# The year 5138: what is larger is in milliseconds.
_SECONDS = """CASE
    WHEN regexp_full_match({0}, '\\s*-?[0-9]{{1,12}}\\s*') THEN
        CASE WHEN abs(CAST({0} AS BIGINT)) <= 100000000000 THEN CAST({0} AS BIGINT) END
    WHEN regexp_matches({0}, '^\\s*[0-9]{{4}}-') AND isfinite(TRY_CAST({0} AS TIMESTAMPTZ)) THEN
        CAST(floor(epoch(TRY_CAST({0} AS TIMESTAMPTZ))) AS BIGINT) END"""
_LONGEST = 2_000
_CHECK_ACTS = f"""
CREATE OR REPLACE TEMP TABLE _act AS
WITH read AS (
    SELECT act.line, actor.account AS actor, target.account AS target, word.kind, {_SECONDS.format('act."at"')} AS "at",
        nullif(act.via, '') AS via, nullif(trim(act.text), '') AS said, nullif(act.post, '') AS post,
        concat_ws(' ', act.actor, act.target, act.kind, act."at") AS line_text
    FROM act LEFT JOIN spelling actor ON actor.name = act.actor LEFT JOIN spelling target ON target.name = act.target
    LEFT JOIN _kind word ON word.name = lower(trim(act.kind))),
told AS (
    SELECT *, CASE WHEN kind = (SELECT kind FROM _kind WHERE name = 'mention') THEN actor ELSE target END AS author,
        CASE WHEN actor IS NULL THEN 'actor is no name of an account' WHEN target IS NULL THEN
            'target is no name of an account' WHEN kind IS NULL THEN 'kind is no kind of act' WHEN "at" IS NULL THEN
            'at is neither seconds since 1970 nor ISO 8601' WHEN greatest(length(post), length(via)) > {_LONGEST} THEN
            'post has a name that is too long' END AS reason FROM read)
SELECT * EXCLUDE (post), coalesce(post, 'text:' || md5(author || chr(31) || said)) AS post,
    CASE WHEN via IS NULL THEN {_KEY.format('actor, target, kind, "at", coalesce(post, said)')}
        ELSE {_KEY.format("via, target, kind")} END AS key
FROM told"""
_CHECK_POSTS = f"""
CREATE OR REPLACE TEMP TABLE _post AS
SELECT post.line, post.id, author.account AS author, {_SECONDS.format('post."at"')} AS "at", post.text,
    CASE WHEN author.account IS NULL THEN 'author is no name of an account' END AS reason
FROM post_read post LEFT JOIN spelling author ON author.name = post.author WHERE trim(post.text) <> ''
UNION ALL
SELECT line, post, author, CASE WHEN author = actor THEN "at" END, said, NULL FROM _act
WHERE reason IS NULL AND said IS NOT NULL"""
_FORGOTTEN = "sha256({}) NOT IN (SELECT digest FROM forgotten)"
_COUNT_ACTS = """
SELECT count(*) FILTER (actor = target), count(*) FILTER (actor <> target) FROM _act WHERE reason IS NULL"""
_ADD_EVENTS = f"""
INSERT INTO event SELECT actor, target, kind, "at", post, via, key FROM (
    SELECT DISTINCT ON (key) * FROM _act WHERE reason IS NULL AND actor <> target ORDER BY key, line) new
ANTI JOIN (SELECT key FROM event WHERE "at" BETWEEN
    (SELECT min("at") - 86400 FROM _act) AND (SELECT max("at") + 86400 FROM _act)) held USING (key)
WHERE (via IS NULL OR {_KEY.format("via")} NOT IN (SELECT key FROM withdrawn))
    AND {_FORGOTTEN.format("actor")} AND {_FORGOTTEN.format("target")} ORDER BY "at", line"""
_ADD_POSTS = f"""
INSERT INTO post SELECT id, author, "at", text, key FROM (
    SELECT DISTINCT ON (key) *, {_KEY.format("id")} AS key FROM _post WHERE reason IS NULL ORDER BY key, line) new
ANTI JOIN post USING (key)
WHERE key NOT IN (SELECT key FROM withdrawn) AND {_FORGOTTEN.format("author")} ORDER BY line"""
_REFUSE = """
INSERT INTO refused
SELECT ?, line, reason, left(line_text, 200) FROM _act WHERE reason IS NOT NULL
UNION ALL SELECT ?, line, reason, left(id, 200) FROM _post WHERE reason IS NOT NULL
UNION ALL SELECT ?, line, reason, text FROM refused_read"""


@dataclass(frozen=True, slots=True)
class Chunk:
    """What was read of a part of a source, and where reading goes on; `table` holds the acts if the rows do not."""

    rows: Rows
    position: int
    line: int
    finished: bool = False
    cursor: str = ""
    table: "Table | None" = None


def keep(file: WorkingFile, chunk: Chunk, network: str, source: Source) -> Source:
    """Take a chunk in; gives its source with what has come in. `network` is where accounts are that name none."""
    ask = file.connection.execute
    with file.transaction():
        _check(file, chunk, network)
        to_oneself, told = ask(_COUNT_ACTS).fetchall()[0]
        added = _count(ask(_ADD_EVENTS))
        read = source.at(chunk.position, chunk.line, finished=chunk.finished, cursor=chunk.cursor).plus(
            events=added,
            repeated=told - added,
            to_oneself=to_oneself,
            posts=_count(ask(_ADD_POSTS)),
            refused=_count(ask(_REFUSE, [source.id] * 3)),
            withdrawn=_withdraw(file, chunk.rows.withdrawn),
        )
        read.write(file)
    return read


def _check(file: WorkingFile, chunk: Chunk, network: str) -> None:
    """What was read as the tables `_act` and `_post`, each row with the reason why it is refused, if it is."""
    import pyarrow as pa

    rows, connection = chunk.rows, file.connection
    acts = chunk.table if chunk.table is not None else _columns(rows.acts, Act._fields)
    posts = _columns(rows.posts, Post._fields)
    names = pa.chunked_array([*acts["actor"].chunks, *acts["target"].chunks, *posts["author"].chunks], pa.string())
    name, account = spellings(names.unique().drop_null().to_pylist(), network)
    views = {
        "act": acts,
        "post_read": posts,
        "refused_read": _columns(rows.refused, Refused._fields),
        "spelling": pa.table({"name": pa.array(name, pa.string()), "account": pa.array(account, pa.string())}),
    }
    for view, table in views.items():
        connection.register(view, table)
    words = ", ".join(f"('{word}', {kind.value}::TINYINT)" for word, kind in KINDS_BY_WORD.items())
    connection.execute(f"CREATE TEMP TABLE IF NOT EXISTS _kind AS SELECT * FROM (VALUES {words}) word (name, kind)")
    connection.execute(_CHECK_ACTS)
    connection.execute(_CHECK_POSTS)


def _columns(rows: list[Any], names: tuple[str, ...]) -> "Table":
    import pyarrow as pa

    columns = zip(*rows, strict=True) if rows else ([] for _ in names)
    kinds = [pa.int64() if name == "line" else pa.string() for name in names]
    arrays = [pa.array(list(column), kind) for column, kind in zip(columns, kinds, strict=True)]
    return pa.table(dict(zip(names, arrays, strict=True)))


def _withdraw(file: WorkingFile, names: list[str]) -> int:
    """Take out what was done by these posts and records, and remember them; how many rows went."""
    if not names:
        return 0
    ask = file.connection.execute
    ask("CREATE OR REPLACE TEMP TABLE _withdrawn AS SELECT DISTINCT unnest(?::VARCHAR[]) AS name", [names])
    ask(f"""INSERT INTO withdrawn SELECT DISTINCT {_KEY.format("name")} AS key FROM _withdrawn
        ANTI JOIN withdrawn ON withdrawn.key = {_KEY.format("name")}""")
    events = _count(ask("DELETE FROM event WHERE via IN (SELECT name FROM _withdrawn)"))
    return events + _count(ask("DELETE FROM post WHERE id IN (SELECT name FROM _withdrawn)"))


def _count(answered: Any) -> int:
    return int(answered.fetchall()[0][0])
