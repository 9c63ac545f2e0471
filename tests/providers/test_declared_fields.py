"""What somebody declares about voices, each row with its reason."""

import pytest
from provider_replies import AT

from renown.claims import Freshness, ProvenanceKind
from renown.errors import BadImport
from renown.providers import read_declarations

HEADER = "handle,field,value,date,reason"


def read(*lines, header=HEADER):
    """Reads a file of these lines."""
    return read_declarations("\n".join([header, *lines]).encode(), "voices.csv", AT)


@pytest.mark.parametrize(
    ("field", "value", "claimed", "read_as"),
    [
        ("name", "Pirelli UK", "name", "Pirelli UK"),
        ("description", "Tyres", "description", "Tyres"),
        ("kind", "Organisation", "kind", "ORGANISATION"),
        ("country", "uk", "country", "GB"),
        ("Country", "Germany", "country", "DE"),
        ("place", "Burton upon Trent", "place", "Burton upon Trent"),
        ("topic", "Automotive", "topic/automotive", 1.0),
        ("list", "UK tyre brands", "list/uk-tyre-brands", True),
    ],
)
def test_a_row_is_a_declared_claim(field, value, claimed, read_as):
    """The claim is nobody's but the declarer's: no provider, the reason as its source."""
    (claim,) = read(f"PirelliUK,{field},{value},2012-10-01,its own page").claims
    assert (claim.subject, claim.field, claim.value) == ("twitter:pirelliuk", claimed, read_as)
    assert claim.provenance.kind is ProvenanceKind.DECLARED
    assert claim.provenance.provider is None
    assert claim.provenance.source == "its own page (voices.csv, row 2)"
    assert claim.provenance.adapter == "declared@1"
    assert claim.provenance.freshness_at(AT) is Freshness.FRESH


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("A,kind,robot,2012-10-01,r", "value", "no kind 'robot'"),
        ("A,kinds,PERSON,2012-10-01,r", "field", "'kind'"),
        ("A,followers,5,2012-10-01,r", "field", "no field"),
        ("A,country,Atlantis,2012-10-01,r", "value", "not a country"),
        ("A,topic,!!,2012-10-01,r", "value", "slug"),
        ("A,name,,2012-10-01,r", "value", "empty"),
        ("A,name,B,2012-10-01,", "reason", "empty"),
        ("A,name,B,2012-13-01,r", "date", "not a date"),
        ("A,name,B,2031-01-01,r", "date", "future"),
        ("A B,name,B,2012-10-01,r", "handle", "not a handle"),
    ],
)
def test_a_bad_row_is_refused(row, column, words):
    """Each refusal names line, column and reason."""
    brought = read(row)
    (refusal,) = brought.refusals
    assert (refusal.line, refusal.column) == (2, column)
    assert words in refusal.reason
    assert not brought.claims
    assert not brought.accounts


def test_several_topics_of_one_voice_do_not_contradict_each_other():
    """Topics and lists are fields of their own."""
    rows = [f"A,topic,{topic},2012-10-01,r" for topic in ("Cars", "Tyres")]
    assert len(read(*rows, "A,list,tyres,2012-10-01,r").claims) == 3


def test_a_missing_column_is_named():
    """A declaration without its reason is none."""
    with pytest.raises(BadImport, match="no column 'reason'"):
        read(header="handle,field,value,date")
