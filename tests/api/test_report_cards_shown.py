"""Report cards over GraphQL: every measure with its definition, a grade only where there is a figure."""

from renown.scoring.report_grades import DEFINITIONS

CARD = """query($slug: String!, $asOf: DateTime) { provider(slug: $slug) { reportCard(asOf: $asOf) {
  grade reason asOf snapshot measures { name figure grade n definition reason remark } } } }"""


def test_a_card_shows_every_measure_or_why_there_is_none(served):
    """Name and definition of each; a figure with a grade, or neither and a reason."""
    card = served.data(CARD, {"slug": "klout"})["provider"]["reportCard"]
    measures = card["measures"]
    assert [(each["name"], each["definition"]) for each in measures] == [(each.name, each.text) for each in DEFINITIONS]
    for each in measures:
        assert (each["figure"] is None) == (each["grade"] is None) == (each["reason"] is not None)
    coverage = measures[0]
    assert coverage["n"] > 30
    assert 0 < coverage["figure"] < 1
    # Six figures of Klout are held: everything else about it would be said of too few.
    assert [each["name"] for each in measures if each["figure"] is not None] == ["coverage"]
    assert (card["grade"], card["reason"]) == (None, "Fewer than three measures could be taken.")


def test_a_card_is_as_of_a_moment(served):
    """Before anything was published nobody was scored; the future is refused."""
    card = served.data(CARD, {"slug": "klout", "asOf": "2011-01-01T00:00:00Z"})["provider"]["reportCard"]
    assert card["asOf"].startswith("2011-01-01T00:00:00")
    assert card["measures"][0]["figure"] in {None, 0}
    error = served.error(CARD, {"slug": "klout", "asOf": "2999-01-01T00:00:00Z"})
    assert error["extensions"]["code"] == "BAD_MOMENT"


def test_a_source_of_facts_has_no_card(served):
    """Null, without an error."""
    assert served.data(CARD, {"slug": "twitter"})["provider"] == {"reportCard": None}
