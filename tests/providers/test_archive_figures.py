"""Published figures from CSV: claims of the provider that published them, or a refusal with its line."""

from datetime import UTC, datetime

import pytest
from provider_replies import AT

from renown.claims import Freshness, ProvenanceKind
from renown.errors import BadImport
from renown.providers import Registry, read_figures, read_table
from renown.settings import Settings

HEADER = "handle,provider,metric,value,date,citation"
GOOD = "PirelliUK,klout,score,39,2012-08-31,Tyrepress 10/2012"


@pytest.fixture(scope="module")
def registry():
    """The shipped providers, none configured."""
    return Registry.load(Settings())


@pytest.fixture
def read(registry):
    """Reads a file of these lines."""

    def read(*lines, header=HEADER):
        return read_figures("\n".join([header, *lines]).encode(), "figures.csv", registry, AT)

    return read


def test_a_row_is_a_frozen_claim_of_the_named_provider(read):
    """The claim is Klout's, says who cited it and in which row, and never expires."""
    brought = read(GOOD)
    (claim,) = brought.claims
    provenance = claim.provenance
    assert (claim.subject, claim.field, claim.value) == ("twitter:pirelliuk", "klout.score", 39)
    assert (provenance.kind, provenance.provider, provenance.adapter) == (
        ProvenanceKind.OBSERVED,
        "klout",
        "archive@1",
    )
    assert provenance.source == "Tyrepress 10/2012 (figures.csv, row 2)"
    assert provenance.observed_at == datetime(2012, 8, 31, tzinfo=UTC)
    assert provenance.fetched_at == AT
    assert provenance.freshness_at(AT) is Freshness.FROZEN
    assert provenance.may_be_kept_at(AT)
    assert provenance.attribution == "Klout Score by Klout (klout.com)"
    assert [account.handle for account in brought.accounts] == ["PirelliUK"]
    assert not brought.refusals


@pytest.mark.parametrize(
    ("figure", "field", "read_as"),
    [
        ("Klout,true_reach,1815", "klout.true_reach", 1815),
        ("peerindex,peerindex,40", "peerindex.peerindex", 40),
        ("peerindex,Authority,40.5", "peerindex.authority", 40.5),
        ("kred,outreach,12", "kred.outreach", 12),
        ("twitter,followers,120000", "followers", 120000),
        ("twitter,listed,0", "listed", 0),
        ("twitter,posts,1e3", "posts", 1000),
        ("peerindex,country,united kingdom", "country", "GB"),
        ("peerindex,country,UK", "country", "GB"),
        ("twitter,place,London", "place", "London"),
        ('twitter,description,"tyres, and ""more"""', "description", 'tyres, and "more"'),
        ('peerindex,"topic:Arts, Media and Entertainment",0.84', "topic/arts-media-and-entertainment", 0.84),
    ],
)
def test_metrics_profile_fields_and_topics_are_read(read, figure, field, read_as):
    """A row's metric is one of the provider's, a profile field, or a topic with its strength."""
    brought = read(f"PirelliUK,{figure},2013-04-14,dump")
    assert [(claim.field, claim.value) for claim in brought.claims] == [(field, read_as)], brought.refusals


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("PirelliUK,klout,score,101,2012-08-31,c", "value", "off the scale"),
        ("PirelliUK,klout,score,-1,2012-08-31,c", "value", "off the scale"),
        ("PirelliUK,kred,influence,0,2012-08-31,c", "value", "off the scale"),
        ("PirelliUK,klout,score,NaN,2012-08-31,c", "value", "not a number"),
        ("PirelliUK,klout,score,inf,2012-08-31,c", "value", "not a number"),
        ("PirelliUK,klout,score,thirty,2012-08-31,c", "value", "not a number"),
        ('PirelliUK,klout,score,"3,9",2012-08-31,c', "value", "not a number"),
        ("PirelliUK,klout,score,,2012-08-31,c", "value", "empty"),
        ("PirelliUK,twitter,followers,1.5,2012-08-31,c", "value", "whole"),
        ("PirelliUK,twitter,followers,-1,2012-08-31,c", "value", "off the scale"),
        ("PirelliUK,twitter,followers,99999999999999999999,2012-08-31,c", "value", "not a number"),
        ("PirelliUK,peerindex,topic:Sports,59,2012-08-31,c", "value", "off the scale"),
        ("PirelliUK,peerindex,topic:!,0.5,2012-08-31,c", "metric", "slug"),
        ("PirelliUK,peerindex,country,Atlantis,2012-08-31,c", "value", "not a country"),
        ("PirelliUK,klout,score,39,2099-01-01,c", "date", "future"),
        ("PirelliUK,klout,score,39,31/08/2012,c", "date", "not a date"),
        ("PirelliUK,klout,score,39,0001-01-01T00:00:00+14:00,c", "date", "not a date"),
        ("PirelliUK,klout,score,39,,c", "date", "empty"),
        ("PirelliUK,klot,score,39,2012-08-31,c", "provider", "'klout'"),
        ("PirelliUK,klout,scor,39,2012-08-31,c", "metric", "'score'"),
        ("PirelliUK,klout,score,39,2012-08-31,", "citation", "empty"),
        ("PirelliUK,klout,score,39,2012-08-31", "citation", "empty"),
        (",klout,score,39,2012-08-31,c", "handle", "empty"),
        ("Pirelli UK,klout,score,39,2012-08-31,c", "handle", "not a handle"),
        ("PirelliUK,klout,score,39,2012-08-31,c, d", "", "7 cells for 6 columns"),
    ],
)
def test_a_bad_row_is_refused_with_its_line_and_column(read, row, column, words):
    """The row is refused by line, column and reason; the good rows around it are read."""
    brought = read(GOOD, row, GOOD.replace("PirelliUK", "ContiUK"))
    (refusal,) = brought.refusals
    assert (refusal.line, refusal.column) == (3, column)
    assert words in refusal.reason
    assert [claim.subject for claim in brought.claims] == ["twitter:pirelliuk", "twitter:contiuk"]


def test_a_contradiction_is_refused_and_a_repetition_left_out(read):
    """The same figure twice is read once; another value for the same field and date is refused."""
    brought = read(GOOD, GOOD.replace("PirelliUK", "@pirelliuk"), GOOD.replace(",39,", ",40,"))
    assert [claim.value for claim in brought.claims] == [39]
    (refusal,) = brought.refusals
    assert refusal.line == 4
    assert "line 2" in refusal.reason


def test_lines_are_those_of_the_file(read):
    """Blank lines and texts over several lines are counted as an editor counts them."""
    brought = read('PirelliUK,twitter,description,"two\nlines",2012-08-31,c', "", "x,klout,score,0,2012-08-31,c")
    assert [refusal.line for refusal in brought.refusals] == [5]


def test_optional_columns_are_read(read):
    """A row may name its network and its own attribution; other columns are left alone."""
    header = f"{HEADER},network,attribution,note"
    (claim,) = read(f"{GOOD},Twitter,Ask Klout,hello", header=header).claims
    assert claim.provenance.attribution == "Ask Klout"
    (refusal,) = read(f"{GOOD},facebok,,", header=header).refusals
    assert refusal.column == "network"


def test_no_folder_gets_into_a_source(registry):
    """A path in the file's name is cut down to the name."""
    for name in ("/home/someone/figures.csv", r"C:\Users\someone\figures.csv"):
        (claim,) = read_figures(f"{HEADER}\n{GOOD}".encode(), name, registry, AT).claims
        assert "someone" not in claim.provenance.source


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (HEADER.encode() + b"\nPir\xe9lli,klout", "offset 46"),
        (b"handle,provider,metric,value,date\n", "no column 'citation'"),
        (b"handle;provider;metric\n", "no column 'handle'"),
        (f"{HEADER},date\n".encode(), "'date' twice"),
        (f'{HEADER}\n"never closed'.encode(), "from line 2"),
        (f"{HEADER}\nPir\0elli".encode(), "NUL"),
    ],
)
def test_a_file_that_is_none_is_one_error(registry, content, words):
    """What is wrong with the whole file is said in one sentence."""
    with pytest.raises(BadImport, match=words) as caught:
        read_figures(content, "figures.csv", registry, AT)
    assert "figures.csv" in caught.value.sentence


def test_a_missing_column_lists_the_expected(registry):
    """The error says which columns the first line must name."""
    with pytest.raises(BadImport) as caught:
        read_figures(b"handle,value\n", "figures.csv", registry, AT)
    assert HEADER.replace(",", ", ") in caught.value.next_step


def test_a_byte_order_mark_is_fine(registry):
    """Spreadsheets write one."""
    content = f"{HEADER}\r\n{GOOD}\r\n".encode("utf-8-sig")
    assert len(read_figures(content, "figures.csv", registry, AT).claims) == 1


def test_a_table_is_told_by_its_columns(registry):
    """Figures, declarations and vouches are read by the same entry; anything else is an error that names all three."""
    figures = read_table(f"{HEADER}\n{GOOD}".encode(), "a.csv", registry, AT)
    declared = read_table(b"handle,field,value,date,reason\nA,kind,person,2012-01-01,own page", "b.csv", registry, AT)
    assert [claim.provenance.adapter for claim in figures.claims + declared.claims] == ["archive@1", "declared@1"]
    with pytest.raises(BadImport, match="figures, declarations or vouches"):
        read_table(b"name,score\n", "c.csv", registry, AT)
