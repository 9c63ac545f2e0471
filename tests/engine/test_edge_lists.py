"""Logs as they come: two forms, packed or not, with bad lines among the good ones."""

import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renown.engine.edge_lists import read_edge_list
from renown.engine.interactions import NO_POST, Kind
from renown.errors import BadImport

GOOD = "10 20 1341101181 RT\n20 30 1341101182 MT\n\n30 10 1341101183 RE\n"


def read(folder, text, name="log.txt"):
    """What is read of a file with this text."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_edge_list(path)


def test_the_form_of_the_higgs_log(tmp_path):
    """Actor, target, seconds and kind, separated by blanks; an empty line is none."""
    events = read(tmp_path, GOOD).events
    assert events.names[events.actor].tolist() == ["10", "20", "30"]
    assert events.names[events.target].tolist() == ["20", "30", "10"]
    assert events.at.tolist() == [1341101181, 1341101182, 1341101183]
    assert events.kind.tolist() == [Kind.REPOST, Kind.MENTION, Kind.REPLY]
    assert set(events.post.tolist()) == {NO_POST}


def test_a_packed_file_is_the_same(tmp_path):
    """By what is in it, not by its name."""
    assert read(tmp_path, gzip.compress(GOOD.encode())).events.at.tolist() == read(tmp_path, GOOD).events.at.tolist()


def test_a_csv_names_its_columns_in_any_order(tmp_path):
    """Times as ISO 8601 too, a name with a comma, posts numbered as they come, a column more that nobody asked for."""
    text = 'post,at,kind,target,lang,actor\np1,2012-07-01T00:00:00Z,boost,"b,c",en,a\np1,1341100800,Like,"b,c",en,d\n'
    found = read(tmp_path, text)
    assert found.refused == 0
    assert found.events.names.tolist() == ["a", "b,c", "d"]
    assert found.events.at.tolist() == [1341100800, 1341100800]
    assert found.events.kind.tolist() == [Kind.REPOST, Kind.LIKE]
    assert found.events.post.tolist() == [0, 0]


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("10 20 1341101181", ""),
        ("10 20 yesterday RT", "at"),
        ("10 20 1341101181000 RT", "at"),
        ("10 20 1341101181 XX", "kind"),
        (f"{'1' * 201} 20 1341101181 RT", "actor"),
    ],
)
def test_a_bad_line_is_told_and_the_others_are_read(tmp_path, line, column):
    """With its number, and the column that is to blame."""
    found = read(tmp_path, f"1 2 1341101181 RT\n{line}\n{GOOD}")
    assert len(found.events) == 4
    assert found.refused == 1
    assert [(refusal.line, refusal.column) for refusal in found.refusals] == [(2, column)]


def test_a_csv_row_of_another_length_is_told(tmp_path):
    """It is not guessed which of its fields is which."""
    found = read(tmp_path, "actor,target,kind,at\na,b,RT,1\na,b,c,RT,1\na,,RT,1\n")
    assert len(found.events) == 1
    assert [refusal.line for refusal in found.refusals] == [3, 4]


def test_what_somebody_does_to_themselves_is_left_out(tmp_path):
    """It is counted, and is no bad line."""
    found = read(tmp_path, "1 1 5 RT\n1 2 5 RT\n")
    assert (len(found.events), found.to_oneself, found.refused) == (1, 1, 0)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (gzip.compress(GOOD.encode() * 1000)[:-12], "cannot be unpacked"),
        (b"actor,target,when\n", "no column kind and no column at"),
    ],
)
def test_a_file_that_is_broken_as_a_whole_is_refused(tmp_path, content, told):
    """Cut off, or without the columns."""
    with pytest.raises(BadImport, match=told):
        read(tmp_path, content)


def test_a_missing_file_is_named(tmp_path):
    """As one that cannot be read."""
    with pytest.raises(BadImport, match="No such file"):
        read_edge_list(tmp_path / "none.txt")


def test_what_is_read_is_told_as_it_goes(tmp_path):
    """In bytes, never more than there are."""
    told = []
    path = tmp_path / "log.txt"
    path.write_text("1 2 5 RT\n" * 120_000)
    read_edge_list(path, told.append)
    assert len(told) > 3
    assert 0 < sum(told) <= path.stat().st_size


@settings(deadline=None)
@given(st.lists(st.binary(max_size=40), max_size=30), st.booleans())
def test_no_line_stops_the_reading(tmp_path_factory, lines, as_csv):
    """Whatever bytes stand there: the good line behind them is read. An open quote may take in a CSV's next lines."""
    header, good = (b"actor,target,kind,at", b"a,b,RT,7") if as_csv else (b"1 2 3 RT", b"a b 7 RT")
    between = [line.replace(b'"', b"") for line in lines]
    found = read(tmp_path_factory.getbasetemp(), b"\n".join([header, *between, good, b""]))
    assert found.events.at.tolist()[-1] == 7
