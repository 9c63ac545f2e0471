"""Vouches from a CSV file: each row a claim on who is vouched for."""

from datetime import UTC, datetime

import pytest

from renown.claims import ProvenanceKind
from renown.errors import BadImport
from renown.providers import Registry, read_table, read_vouches
from renown.settings import Settings

NOW = datetime(2026, 3, 1, tzinfo=UTC)
HEADER = "voucher,handle,topic,date,source\n"


def _read(rows, header=HEADER):
    return read_vouches((header + rows).encode(), "folder/vouches.csv", NOW)


def test_a_row_is_a_claim_on_the_one_vouched_for():
    """Its field names topic and voucher; its source, file and row; its moment is the row's date."""
    table = _read("@Ada,Bob,Arts & Media,2026-01-05,her letter\n")
    (claim,) = table.claims
    assert (claim.subject, claim.field, claim.value) == ("twitter:bob", "vouch/arts-media/twitter:ada", True)
    provenance = claim.provenance
    assert (provenance.kind, provenance.provider) == (ProvenanceKind.DECLARED, "vouches")
    assert provenance.source == "her letter (vouches.csv, row 2)"
    assert provenance.observed_at == datetime(2026, 1, 5, tzinfo=UTC)
    assert provenance.digest
    assert table.lines == {claim.id: 2}


def test_the_network_is_that_of_both():
    """An optional column names it."""
    table = _read("ada,bob,tyres,2026-01-05,a letter,GitHub\n", HEADER.strip() + ",network\n")
    assert [(claim.subject, claim.field) for claim in table.claims] == [("github:bob", "vouch/tyres/github:ada")]


def test_the_column_voucher_tells_the_kind_of_file():
    """`read_table` knows it by that."""
    registry = Registry([], Settings(_env_file=None))
    content = f"{HEADER}ada,bob,tyres,2026-01-05,a letter\n".encode()
    assert read_table(content, "vouches.csv", registry, NOW) == read_vouches(content, "vouches.csv", NOW)


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("ada,@ADA,tyres,2026-01-05,a letter", "voucher", "cannot vouch for themself"),
        (",bob,tyres,2026-01-05,a letter", "voucher", "is empty"),
        ("a da,bob,tyres,2026-01-05,a letter", "voucher", "is not a handle"),
        ("ada,,tyres,2026-01-05,a letter", "handle", "is empty"),
        ("ada,bob,!!,2026-01-05,a letter", "topic", "no letter or digit"),
        ("ada,bob,tyres,2026-03-02,a letter", "date", "in the future"),
        ("ada,bob,tyres,2026-01-05,", "source", "is empty"),
    ],
)
def test_a_bad_row_is_refused_with_its_column(row, column, reason):
    """The others are still read."""
    table = _read(f"cy,bob,tyres,2026-01-05,a letter\n{row}\n")
    assert len(table.claims) == 1
    ((refusal),) = table.refusals
    assert (refusal.line, refusal.column) == (3, column)
    assert reason in refusal.reason


def test_a_row_said_twice_is_one():
    """The same voucher, topic and date again is left out; on another date it is a vouch of its own."""
    said = "ada,bob,tyres,2026-01-05,a letter\nada,bob,Tyres,2026-01-05,again\nada,bob,tyres,2026-01-06,a letter\n"
    table = _read(said)
    assert len(table.claims) == 2
    assert not table.refusals


def test_a_missing_column_is_named():
    """The file as a whole is refused."""
    with pytest.raises(BadImport, match="no column 'source'"):
        _read("", "voucher,handle,topic,date\n")
