"""Acts in plain tables: CSV, Parquet, NDJSON, the lines of the Higgs log, and tables of counts."""

import gzip
import json
import random
from io import BytesIO

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from renown.engine.ingest import ingest
from renown.engine.ingest.content import Lines
from renown.engine.ingest.delimited import CsvActs
from renown.engine.ingest.forms import Form
from renown.engine.ingest.plain_tables import plain_table
from renown.engine.ingest.rows import Rows
from renown.errors import BadImport

ROWS = [
    ("Fan1", "star", "repost", 1341100800, "p1", "Hello world"),
    ("@fan2", "Star", "RT", 1341100801, "p1", "Hello world"),
    ("fan1", "twitter:star", "reply", 1341100802, None, None),
    ("star", "mastodon:Ann@home.example", "mention", 1341100803, "p2", "Good morning"),
    ("star", "star", "like", 1341100804, "p1", None),
]
EVENTS = [
    ("twitter:fan1", "twitter:star", "repost", 1341100800, "p1", None),
    ("twitter:fan1", "twitter:star", "reply", 1341100802, None, None),
    ("twitter:fan2", "twitter:star", "repost", 1341100801, "p1", None),
    ("twitter:star", "mastodon:ann@home.example", "mention", 1341100803, "p2", None),
]
NAMES = ("actor", "target", "kind", "at", "post", "text")
HEAD = "actor,target,kind,at\n"


def _csv():
    rows = "".join(",".join("" if cell is None else str(cell) for cell in row) + "\n" for row in ROWS)
    return ",".join(NAMES) + "\n" + rows


def _parquet(folder, at=None):
    columns = dict(zip(NAMES, map(list, zip(*ROWS, strict=True)), strict=True))
    columns["at"] = pa.array(columns["at"]) if at is None else pa.array([1000 * x for x in columns["at"]], at)
    parquet.write_table(pa.table(columns), folder / "made")
    return (folder / "made").read_bytes()


@pytest.mark.parametrize("form", ["csv", "csv.gz", "ndjson", "parquet", "moments.parquet"])
def test_the_same_acts_come_in_from_every_table(stage, form):
    """Whatever the file's name: its content says what it is. What somebody does to themselves is left out."""
    content = {
        "csv": lambda: _csv().encode(),
        "csv.gz": lambda: gzip.compress(_csv().encode()),
        "ndjson": lambda: "\n".join(json.dumps(dict(zip(NAMES, row, strict=True))) for row in ROWS).encode(),
        "parquet": lambda: _parquet(stage.folder),
        "moments.parquet": lambda: _parquet(stage.folder, pa.timestamp("ms")),
    }[form]()
    source = stage.read("some.file", content)
    assert (source.events, source.to_oneself, source.refused, source.finished) == (4, 1, 0, True)
    assert stage.events() == EVENTS
    assert stage.posts() == {"p1": ("twitter:star", "Hello world"), "p2": ("twitter:star", "Good morning")}


def test_the_lines_of_the_higgs_log(stage):
    """Four fields, separated by blanks; accounts on a network that is named."""
    source = stage.read("log", "10 20 1341101181 RT\n20 30 1341101182 MT\n\n30 10 1341101183 RE\n", network="higgs")
    assert source.form == "higgs"
    assert stage.pairs() == [
        ("higgs:10", "higgs:20", "repost"),
        ("higgs:20", "higgs:30", "mention"),
        ("higgs:30", "higgs:10", "reply"),
    ]


@pytest.mark.parametrize(
    ("at", "seconds"),
    [
        ("1341100800", 1341100800),
        ("-5", -5),
        ("2012-07-01", 1341100800),
        ("2012-07-01T02:00:00+02:00", 1341100800),
        ("2012-07-01T00:00:00.987Z", 1341100800),
        ("1341100800000", None),
        ("yesterday", None),
        ("infinity", None),
        ("99999999999999999999999", None),
        ("999999-01-01", None),
        ("", None),
    ],
)
def test_a_moment_is_seconds_or_iso_8601(stage, at, seconds):
    """In UTC where no zone is named; milliseconds are not guessed."""
    stage.read("a.csv", f"{HEAD}a,b,like,{at}\n")
    assert [event[3] for event in stage.events()] == ([] if seconds is None else [seconds])
    assert stage.refused() == ([] if seconds is not None else [(2, "at is neither seconds since 1970 nor ISO 8601")])


def test_bad_lines_are_noted_and_the_others_are_read(stage):
    """With number, reason and how they begin; an open quote costs its own line and no other."""
    text = (
        f'{HEAD}a,b,like,1\na,b\n,b,like,1\na,two words,like,1\na,b,hug,1\n"a,b,like,1\nc,d,like,2\n\n"e\nf",g,like,3\n'
    )
    source = stage.read("a.csv", text)
    assert stage.refused() == [
        (3, "has 2 cells where the header has 4"),
        (4, "actor is no name of an account"),
        (5, "target is no name of an account"),
        (6, "kind is no kind of act"),
        (7, "has 0 cells where the header has 4"),
        (10, "actor is no name of an account"),
    ]
    assert stage.ask("SELECT text FROM refused WHERE line IN (3, 6, 7) ORDER BY line") == [
        ("a,b",),
        ("a b hug 1",),
        ('"a,b,like,1',),
    ]
    assert source.refused == 6
    assert stage.pairs() == [("twitter:a", "twitter:b", "like"), ("twitter:c", "twitter:d", "like")]


def test_only_line_feeds_end_lines(stage):
    """Whatever else some take for an end of line: the numbers that are told are those that editors show."""
    stage.read("a.csv", f"{HEAD}a,b,like,1\r\na\rb,c,like,1\na,b\u2028b,like,1\nbroken\n")
    assert [line for line, _ in stage.refused()] == [3, 4, 5]


def test_a_line_that_is_far_too_long_is_one_bad_line(stage):
    """It is not held in memory, and what follows is read."""
    stage.read("a.csv", HEAD.encode() + b"x" * 3_000_000 + b"\na,b,like,1\n")
    assert stage.refused() == [(2, "is longer than 1,048,576 bytes")]
    assert stage.pairs() == [("twitter:a", "twitter:b", "like")]


def test_a_packed_file_that_is_cut_off_is_read_up_to_there(stage):
    """And told."""
    text = HEAD + "".join(f"fan{n},star,like,{n}\n" for n in range(5000))
    source = stage.read("a.csv.gz", gzip.compress(text.encode())[:-2000])
    assert 0 < source.events < 5000
    assert "cut off" in stage.refused()[-1][1]
    assert source.finished


def test_a_text_without_a_post_is_a_post_of_its_own(stage):
    """Named by who wrote it and what; the same text by the same account is the same post."""
    stage.read(
        "a.csv", "actor,target,kind,at,text\na,b,repost,1,hi there\nc,b,repost,2,hi there\na,b,mention,3,hi there\n"
    )
    posts = {post for *_, post, _ in stage.events()}
    assert len(posts) == 2
    assert sorted(author for author, _ in stage.posts().values()) == ["twitter:a", "twitter:b"]


def test_a_file_of_no_form_is_refused(stage):
    """With the forms that there are; and a table without its columns with those that it lacks."""
    with pytest.raises(BadImport, match="in none of the forms"):
        stage.read("a.txt", "Dear diary,\nnothing happened.\n")
    with pytest.raises(BadImport, match="no column kind"):
        stage.read("a.csv", "actor,target,at\n", Form.CSV)
    with pytest.raises(BadImport, match="is no document of the form outbox"):
        stage.read("outbox.json", '{"likes": []}', Form.OUTBOX)
    with pytest.raises(BadImport, match="cut off or damaged"):
        stage.read("outbox.json.gz", gzip.compress(b'{"orderedItems": [%s]}' % random.Random(1).randbytes(9_000))[:-99])  # noqa: S311
    with pytest.raises(BadImport, match="No such file"):
        ingest(stage.file, stage.folder / "none.csv")


COUNTS = {"Ann": {"bob": 3, "Bob": 1, "ann": 2, "cy": 0}, "bob": {"ann": 900}}


def test_a_table_of_counts_becomes_as_many_acts_on_its_day(stage):
    """Their kind is the file's name; names in several spellings are one; at no second twice, and the same each time."""
    source = stage.read("mentions.json", json.dumps(COUNTS), day=1341100800)
    assert (source.form, source.events, source.to_oneself) == ("counts", 904, 2)
    rows = stage.ask('SELECT actor, target, count(*), min("at"), max("at") FROM event GROUP BY ALL ORDER BY ALL')
    assert [row[:3] for row in rows] == [("twitter:ann", "twitter:bob", 4), ("twitter:bob", "twitter:ann", 900)]
    assert all(1341100800 <= first <= last < 1341187200 for *_, first, last in rows)
    again = stage.read("again.json", json.dumps(COUNTS, indent=2), kind="mention", day=1341100800)
    assert (again.events, again.repeated) == (0, 904)


def test_counts_say_neither_when_nor_what(stage):
    """Both have to be said where the name does not."""
    with pytest.raises(BadImport, match="Give the day"):
        stage.read("mentions.json", json.dumps(COUNTS))
    with pytest.raises(BadImport, match="Give --kind"):
        stage.read("hashtags.json", json.dumps(COUNTS), day=1341100800)


def test_counted_acts_are_not_taken_for_those_of_a_machine(stage):
    """Neither too fast nor in a rhythm, however many there are."""
    from renown.engine.ranking import rank_interactions

    stage.read(
        "retweets.json", json.dumps({"busy": {f"friend{n}": 9 for n in range(300)}, "friend1": {"busy": 1}}), day=0
    )
    ranking = rank_interactions(stage.file.interactions(), 8 * 86_400)
    assert ranking.automation.max() < 0.05


_CELL = st.text(st.characters(codec="utf-8", exclude_characters='",\r\n'), max_size=6)
_ROW = st.lists(_CELL | st.sampled_from(['"q"', '"a,b"', '"a ""b"""', ""]), min_size=3, max_size=5)


@settings(max_examples=300, deadline=None)
@given(st.lists(_ROW, max_size=8), st.sampled_from(["\n", "\r\n"]))
def test_many_lines_at_once_are_read_as_one_by_one(rows, end):
    """Where the quick way reads a block at all, it reads the same acts."""
    block = "".join(",".join(row) + end for row in rows).encode()
    quick = plain_table(block, 2, ",", ("actor", "target", "kind", "at"))
    slow, reader = Rows(), CsvActs("a.csv", HEAD.encode())
    lines = Lines(BytesIO(HEAD.encode() + block))
    while reader.take(lines, slow):
        pass
    if quick is not None:
        assert not slow.refused
        got = quick.select(["line", "actor", "target", "kind", "at"]).to_pylist()
        assert [tuple(row.values()) for row in got] == [act[:5] for act in slow.acts]
