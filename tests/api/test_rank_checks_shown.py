"""`checks` on a ranking, over GraphQL and in the terminal's words."""

import pytest

QUERY = "{ ranking(filter: %s, first: 1) { totalCount checks { method covers kendallTau reason statement } } }"


def _checks(served, asked):
    ranking = served.data(QUERY % asked)["ranking"]
    return ranking["totalCount"], {check.pop("method"): check for check in ranking["checks"]}


def test_a_short_ranking_is_checked_whole(served):
    """Of all who are ranked, not of the page: how many, how alike, and no reason."""
    total, checks = _checks(served, '{ list: "tyres" }')
    assert checks.keys() == {"MC4", "KEMENY"}
    for check in checks.values():
        assert (check["covers"], check["reason"]) == (total, None) == (6, None)
        assert 0.7 < check["kendallTau"] <= 1
        assert f"{check['kendallTau']:.2f}" in check["statement"]


def test_a_check_that_is_not_made_is_no_zero(served):
    """Where a list is too long for a method its figures are null, beside the reason."""
    total, checks = _checks(served, '{ country: "GB" }')
    assert total > 12
    assert (checks["KEMENY"]["covers"], checks["KEMENY"]["kendallTau"]) == (None, None)
    assert "up to 12 voices" in checks["KEMENY"]["reason"]
    assert checks["KEMENY"]["reason"] in checks["KEMENY"]["statement"]


def test_nothing_is_checked_unless_it_is_asked_for(served_alone, monkeypatch: pytest.MonkeyPatch):
    """A ranking that is asked for without the field is not checked; with it, once."""
    asked = []
    monkeypatch.setattr("renown.api.rank_checks.made_checks", lambda ranked: asked.append(ranked) or [])
    assert served_alone.data('{ ranking(filter: { list: "tyres" }) { totalCount } }')["ranking"]["totalCount"] == 6
    assert asked == []
    assert _checks(served_alone, '{ list: "tyres" }') == (6, {})
    assert len(asked) == 1
