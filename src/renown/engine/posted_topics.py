"""What the posts in the working file speak of: each is read once, as long as the vocabulary stays.

    post_topic  key, post, author, topic, said (the words that speak of it), at; of a wider topic too
    topics_read  keys of the posts that were read, whatever they speak of
    topics_by    by which vocabulary, and whether sensitive topics were read

Posts are read by the thousand, and each lot is one transaction: who is interrupted goes on where it stopped.
"""

from collections.abc import Callable
from typing import Any

from renown.engine.topics import Matcher, Vocabulary
from renown.engine.working_file import WorkingFile

_AT_ONCE = 20_000
_TABLES = """
CREATE TABLE IF NOT EXISTS post_topic (
    key UBIGINT NOT NULL, post VARCHAR NOT NULL, author VARCHAR NOT NULL, topic VARCHAR NOT NULL,
    said VARCHAR NOT NULL, "at" BIGINT);
CREATE TABLE IF NOT EXISTS topics_read (key UBIGINT NOT NULL);
CREATE TABLE IF NOT EXISTS topics_by (vocabulary VARCHAR NOT NULL, sensitive BOOLEAN NOT NULL);
"""
_FORGET = """
DELETE FROM post_topic WHERE key NOT IN (SELECT key FROM post);
DELETE FROM topics_read WHERE key NOT IN (SELECT key FROM post);
"""
_UNREAD = f'SELECT key, id, author, text, "at" FROM post ANTI JOIN topics_read USING (key) LIMIT {_AT_ONCE}'


def read_topics(
    file: WorkingFile, vocabulary: Vocabulary, *, sensitive: bool = False, advance: Callable[[int], None]
) -> int:
    """Read what has not been read; how many posts that were. `advance` is told of each lot.

    With another vocabulary than before, or with sensitive topics shown or masked, everything is read anew. Whatever
    was read of posts that are gone since, goes.
    """
    ask = file.connection.execute
    ask(_TABLES)
    _begin(file, vocabulary.digest, sensitive=sensitive)
    matcher = Matcher(vocabulary, sensitive=sensitive)
    read = 0
    while posts := ask(_UNREAD).fetchall():
        _keep(file, posts, [row for post in posts for row in _topics_of(post, matcher)])
        read += len(posts)
        advance(len(posts))
    return read


def unread_posts(file: WorkingFile) -> int:
    """How many posts there are to be read at most."""
    return int(file.connection.execute("SELECT count(*) FROM post").fetchall()[0][0])


def _begin(file: WorkingFile, digest: str, *, sensitive: bool) -> None:
    ask = file.connection.execute
    ask("BEGIN")
    if ask("SELECT vocabulary, sensitive FROM topics_by").fetchall() != [(digest, sensitive)]:
        ask("DELETE FROM post_topic; DELETE FROM topics_read; DELETE FROM topics_by")
        ask("INSERT INTO topics_by VALUES (?, ?)", [digest, sensitive])
    ask(f"{_FORGET} COMMIT")


def _topics_of(post: tuple[Any, ...], matcher: Matcher) -> list[tuple[Any, ...]]:
    key, id_, author, text, at = post
    return [(key, id_, author, topic, "; ".join(said), at) for topic, said in matcher.topics_of(text).items()]


def _keep(file: WorkingFile, posts: list[tuple[Any, ...]], rows: list[tuple[Any, ...]]) -> None:
    import pyarrow as pa

    kinds = [pa.uint64(), pa.string(), pa.string(), pa.string(), pa.string(), pa.int64()]
    names = ("key", "post", "author", "topic", "said", "at")
    columns = zip(*rows, strict=True) if rows else [()] * len(names)
    arrays = [pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
    file.connection.register("_post_topic", pa.table(dict(zip(names, arrays, strict=True))))
    file.connection.register("_read", pa.table({"key": pa.array([post[0] for post in posts], pa.uint64())}))
    file.connection.execute(
        "BEGIN; INSERT INTO post_topic SELECT * FROM _post_topic; INSERT INTO topics_read SELECT * FROM _read; COMMIT"
    )
