"""`renown provider report`: every scored provider's measures, with the limits of what can be said."""

import json

from cli_stage import renown

from renown.scoring.report_grades import DEFINITIONS


def test_a_report_card_names_every_measure(demo_db):
    """As JSON with the keys of the schema, as a table with grades and reasons; over the demo most are absent."""
    answered = renown("provider", "report", "PeerIndex", "--db", demo_db, "--format", "json")
    (card,) = json.loads(answered.stdout)
    assert card["provider"] == "peerindex"
    assert [each["name"] for each in card["measures"]] == [each.name for each in DEFINITIONS]
    for each in card["measures"]:
        assert (each["figure"] is None) == (each["grade"] is None) == (each["reason"] is not None)
    table = renown("provider", "report", "peerindex", "--db", demo_db, width=160).stdout
    assert table.startswith("PeerIndex: ")
    assert all(each.name in table for each in DEFINITIONS)


def test_without_a_name_every_scored_provider_is_reported(demo_db):
    """One card each, none for sources of facts."""
    cards = json.loads(renown("provider", "report", "--db", demo_db, "--format", "json").stdout)
    assert {"klout", "kred", "peerindex"} <= {card["provider"] for card in cards}
    assert "twitter" not in {card["provider"] for card in cards}


def test_what_cannot_be_reported_is_said_in_one_line(demo_db):
    """A source of facts, a provider there is not, a format there is not."""
    for words, said in (
        (("twitter",), "Twitter gives facts, not a score."),
        (("clout",), "Did you mean 'klout'"),
        (("klout", "--format", "csv"), "Use --format table or json."),
    ):
        refused = renown("provider", "report", *words, "--db", demo_db)
        assert refused.exit_code == 1
        assert said in refused.stderr
