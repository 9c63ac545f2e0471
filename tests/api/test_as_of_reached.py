"""What is reached through a ranking of the past is of the past: nothing in it was observed later."""

from datetime import UTC, datetime

import pytest

from making import claim
from renown.claims import Account
from served import objects

THEN, LATER = "2013-04-30T00:00:00Z", datetime(2026, 1, 1, tzinfo=UTC)
ONE, OTHER = Account("twitter", "PirelliUK"), Account("twitter", "ContiUK")
SOURCED = "id provenance { source observedAt inputs { nodes { field provenance { observedAt } } } }"
SCORE = f"""
  __typename ... on Score {{
    {SOURCED} value
    components {{ value metric {{ slug }} {SOURCED} }}
    normalised {{ value {SOURCED} }}
    change(days: 1) {{ value {SOURCED} }}
  }}"""
COMPOSITE = f"""
  {SOURCED} value
  contributions {{ points normalised {{ value {SOURCED} }} score {{ {SCORE} }} }}"""
RANKING = f"""
query($asOf: DateTime) {{
  ranking(filter: {{ list: "tyres" }}, asOf: $asOf) {{
    asOf nodes {{ id place composite {{ {COMPOSITE} }} }}
    leaveOneOut {{ statement mostMoved {{ before after }} }}
  }}
}}"""
VOICE = f"""
query($asOf: DateTime) {{
  voice(account: {{ handle: "PirelliUK" }}) {{
    composite(asOf: $asOf) {{ ... on Composite {{ {COMPOSITE} }} }}
    scores(asOf: $asOf) {{ {SCORE} }}
    topics(asOf: $asOf) {{ topic {{ slug }} strength {{ value {SOURCED} }} }}
  }}
}}"""
COMPARE = f"""
query($asOf: DateTime) {{
  compare(accounts: [{{ handle: "PirelliUK" }}, {{ handle: "ContiUK" }}], asOf: $asOf) {{
    entries {{ composite {{ {COMPOSITE} }} }}
  }}
}}"""
NODE = f"query($id: ID!) {{ node(id: $id) {{ ... on RankingEntry {{ composite {{ {COMPOSITE} }} }} }} }}"


@pytest.fixture
def grown(served_alone):
    """The demo's figures, of 2012 and 2013; and of two voices new scores, components and topics of 2026."""
    fields = {"klout.score": 90.0, "klout.true_reach": 5000, "peerindex.peerindex": 91, "peerindex.authority": 77}
    older = [claim(ONE.key, "klout.true_reach", 1000, observed_at=datetime(2012, 8, 15, tzinfo=UTC))]
    newer = [claim(a.key, field, value, observed_at=LATER) for a in (ONE, OTHER) for field, value in fields.items()]
    newer += [claim(a.key, "topic/jazz", 1, observed_at=LATER) for a in (ONE, OTHER)]
    gateway = served_alone.client.app.state.gateway
    served_alone.client.portal.call(gateway.keep, older + newer, [])
    return served_alone


def _moments(answer):
    return [each["observedAt"] for each in objects(answer) if "observedAt" in each]


@pytest.mark.parametrize("query", [RANKING, VOICE, COMPARE], ids=["ranking", "voice", "compare"])
def test_nothing_reached_is_newer_than_asked_for(query, grown):
    """Composites, contributions, scores, components, normalised values, changes, topics and their inputs."""
    past, today = grown.data(query, {"asOf": THEN}), grown.data(query)
    assert len(_moments(past)) > 20
    assert max(_moments(past)) <= THEN
    assert max(_moments(today)).startswith("2026-01-01")


def test_components_are_those_of_that_time(grown):
    """A component that was replaced later is shown as it was, and one first observed later is not shown."""
    entries = grown.data(RANKING, {"asOf": THEN})["ranking"]["nodes"]
    shown = [
        (component["metric"]["slug"], component["value"])
        for entry in entries
        for part in entry["composite"]["contributions"]
        for component in part["score"].get("components", ())
    ]
    assert ("true_reach", 1000) in shown
    assert {slug for slug, _ in shown}.isdisjoint({"authority"})


def test_an_entry_found_again_is_of_its_time(grown):
    """So is what is reached through the id of an entry of the past."""
    entries = grown.data(RANKING, {"asOf": THEN})["ranking"]["nodes"]
    for entry in entries[:2]:
        found = grown.data(NODE, {"id": entry["id"]})["node"]
        assert found["composite"] == entry["composite"]


def test_a_voice_itself_is_of_today(grown):
    """The voice of an entry is the one of today, whatever moment the ranking shows: only fields with `asOf` go back."""
    voices = "nodes { voice { topics { topic { slug } } } }"
    query = f'query($asOf: DateTime) {{ ranking(filter: {{ list: "tyres" }}, asOf: $asOf) {{ {voices} }} }}'
    topics = [each["slug"] for each in objects(grown.data(query, {"asOf": THEN})) if "slug" in each]
    assert topics.count("jazz") == 2


def test_past_topics_want_a_moment_that_has_passed(grown):
    """Topics of a moment that has not come are refused as any such moment is."""
    query = '{ voice(account: { handle: "PirelliUK" }) { topics(asOf: "2999-01-01T00:00:00Z") { topic { slug } } } }'
    assert grown.error(query)["extensions"]["code"] == "BAD_MOMENT"
