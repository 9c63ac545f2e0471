"""`leaveOneOut` on a ranking, over GraphQL."""

import pytest

QUERY = """
query($first: Int) {
  ranking(filter: { list: "tyres" }, first: 2) {
    leaveOneOut {
      provider { slug } moved movedFar kendallTau statement fallenCount
      fallen(first: $first) { accounts { handle } }
      mostMoved { before after voice { accounts { handle } } }
    }
  }
}"""

WIDE = """
{
  ranking(filter: { list: "tyres" }) { leaveOneOut { fallen(first: FIRST) { history(first: 100) { totalCount } } } }
}"""


def _shown(served, first=10):
    return {each["provider"]["slug"]: each for each in served.data(QUERY, {"first": first})["ranking"]["leaveOneOut"]}


def test_each_provider_that_counts_is_left_out(served):
    """It is of the whole ranking, not of the page: one object for each provider with a say, in words and numbers."""
    shown = _shown(served)
    assert list(shown) == ["klout", "peerindex"]
    without = shown["peerindex"]
    assert (without["moved"], without["movedFar"], float(without["kendallTau"])) == (3, 0, 0.733333)
    assert without["mostMoved"] == {"before": 3, "after": 5, "voice": {"accounts": [{"handle": "PirelliUK"}]}}
    assert without["statement"].startswith("Without PeerIndex, 3 places of 6 would change")
    assert "most of all Pirelli UK, from 3 to 5" in without["statement"]


def test_who_falls_out_is_paged(served):
    """Who would have too few providers is counted whole and shown as far as asked for, the best placed first."""
    without = _shown(served, first=2)["klout"]
    assert without["fallenCount"] == 6
    assert [each["accounts"][0]["handle"] for each in without["fallen"]] == ["Goodyear_UK", "MichelinTyres"]
    assert served.error(QUERY, {"first": 101})["extensions"]["code"] == "BAD_PAGE"


def test_those_who_fall_out_count_as_a_page(served):
    """Pages within the page of those who fall out multiply in the limit on entries, like any others."""
    few, many = (WIDE.replace("FIRST", first) for first in ("2", "100"))
    assert len(served.data(few)["ranking"]["leaveOneOut"]) == 2
    assert served.error(many)["extensions"]["code"] == "TOO_WIDE"


def test_nothing_is_computed_unless_it_is_asked_for(served_alone, monkeypatch: pytest.MonkeyPatch):
    """A ranking that is asked for without the field leaves nobody out; with it, each once."""
    asked = []
    monkeypatch.setattr("renown.api.leave_one_out.leave_each_out", lambda ranked: asked.append(ranked) or [])
    assert served_alone.data('{ ranking(filter: { list: "tyres" }) { totalCount } }')["ranking"]["totalCount"] == 6
    assert asked == []
    assert _shown(served_alone) == {}
    assert len(asked) == 1
