"""Columns of claims: the newest on each field, whatever order the claims come in."""

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from making import NOON, claim
from renown.claims import Account, ProvenanceKind, Scale
from renown.errors import UnknownName
from renown.gateway.building import build
from renown.store import StoredAccount

METRICS = [("klout", "klout.score", Scale(1, 100)), ("peerindex", "peerindex.peerindex", Scale(0, 100))]
PIRELLI, CONTI = (
    StoredAccount(Account("twitter", handle), f"twitter:{handle.lower()}") for handle in ("PirelliUK", "ContiUK")
)


def _built(claims, accounts=(PIRELLI, CONTI), change=1):
    return build(claims, accounts, METRICS, change=change)


def test_a_voice_without_scores_has_a_row():
    """Every account has a row, NaN and '' where it has no score; its handle is what a search finds."""
    standings = _built([])
    assert standings.voices == ("twitter:contiuk", "twitter:pirelliuk")
    assert np.isnan(standings.raw).all()
    assert standings.claims.tolist() == [["", ""], ["", ""]]
    assert standings.text.tolist() == ["contiuk  ", "pirelliuk  "]
    assert standings.kind.tolist() == ["UNKNOWN", "UNKNOWN"]


def test_the_newest_observation_stands():
    """Of two scores of a voice the one observed last is in the column, with its claim and moment."""
    old, new = claim(value=39.0), claim(value=41.0, observed_at=NOON + timedelta(days=1))
    for said in ([old, new], [new, old]):
        standings = _built(said)
        row = standings.rows[PIRELLI.voice]
        assert (standings.raw[row, 0], standings.claims[row, 0]) == (41.0, new.id)
        assert standings.observed[row, 0] == new.provenance.observed_at.timestamp()


def test_of_the_same_moment_any_order_gives_the_same():
    """Two accounts of one voice observed at the same moment: which score stands does not hang on the order."""
    second = StoredAccount(Account("twitter", "Pirelli_F1"), PIRELLI.voice)
    said = [claim(value=39.0), claim("twitter:pirelli_f1", value=52.0)]
    one, other = (_built(order, [PIRELLI, second]) for order in (said, said[::-1]))
    assert one.voices == (PIRELLI.voice,)
    assert one.claims.tolist() == other.claims.tolist()


def test_a_strength_of_zero_is_no_topic():
    """A provider that gives somebody no strength at all on a topic does not make them speak on it."""
    standings = _built([claim(field="topic/sport", value=0.0), claim("twitter:contiuk", "topic/sport", 0.4)])
    assert standings.topics["sport"].rows.tolist() == [0]


def test_a_declaration_goes_before_a_provider_of_the_same_moment():
    """What a person declares is shown before what a provider says at the same time; later sayings replace both."""
    said = claim(field="country", value="US", provider="peerindex")
    declared = claim(field="country", value="GB", kind=ProvenanceKind.DECLARED)
    later = claim(field="country", value="IT", provider="peerindex", observed_at=NOON + timedelta(days=1))
    row = _built([]).rows[PIRELLI.voice]
    assert _built([declared, said]).country[row] == "GB"
    assert _built([said, later, declared]).country[row] == "IT"


def test_the_first_end_of_a_licence_is_known():
    """A snapshot may be kept until the first of its claims may not."""
    ends = [NOON + timedelta(days=days) for days in (9, 7, 8)]
    standings = _built([claim(field=f"topic/{n}", value=1.0, keep_until=end) for n, end in enumerate(ends)])
    assert standings.keep_until == ends[1]
    assert standings.may_be_kept_at(ends[1] - timedelta(seconds=1))
    assert not standings.may_be_kept_at(ends[1])
    assert _built([claim()]).may_be_kept_at(NOON + timedelta(days=9999))


def test_a_field_that_no_ranking_reads_is_passed_over():
    """Counts, identities and other metrics are no columns."""
    standings = _built([claim(field="followers", value=5), claim(field="klout.id", value="1")])
    assert standings.claims.tolist() == [["", ""], ["", ""]]


def test_a_provider_that_is_not_scored_is_named():
    """Asking for the column of a provider nobody knows names it and suggests the nearest."""
    with pytest.raises(UnknownName, match=r"no provider 'clout'.*'klout'"):
        _built([]).column("clout")


SAID = [
    claim(voice, field, value, observed_at=NOON + timedelta(days=day))
    for voice in (PIRELLI.voice, CONTI.voice)
    for day, value in enumerate((10.0, 20.0))
    for field in ("klout.score", "peerindex.peerindex", "topic/tyres", "country")
]


@given(shuffled=st.permutations(SAID))
def test_the_order_of_claims_changes_nothing(shuffled):
    """However claims are shuffled, the columns are the same."""
    one, other = _built(SAID), _built(shuffled)
    for column in ("raw", "claims", "observed", "country", "kind", "text", "place"):
        assert getattr(one, column).tolist() == getattr(other, column).tolist()
