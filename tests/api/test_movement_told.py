"""`Voice.movement`: a movement with its parts and sources, or why there is none."""

from decimal import Decimal

import pytest

MOVEMENT = """
query($handle: String!, $from: DateTime!, $to: DateTime, $recipe: RecipeInput, $then: RecipeInput, $of: VoiceFilter) {
  voice(account: {handle: $handle}) {
    movement(from: $from, to: $to, recipe: $recipe, recipeThen: $then, filter: $of) {
      __typename
      ... on Unranked { reason message voice { accounts { handle } } }
      ... on Movement {
        from to valueThen valueNow placeThen placeNow everyOrder statement
        parts { cause points places explanation }
        then { place composite { value provenance { source } } }
        now { place composite { value provenance { source } } }
      }
    }
  }
}
"""
AUTUMN, SUMMER = "2012-10-01T00:00:00+00:00", "2013-07-01T00:00:00+00:00"
CAUSES = ["OWN_CHANGE", "PEERS", "UNIVERSE", "PROVIDER_METHOD", "RECIPE", "STALENESS"]


def _moved(served, handle="PirelliUK", since=AUTUMN, **more):
    return served.data(MOVEMENT, {"handle": handle, "from": since, **more})["voice"]["movement"]


def _adds_up(moved):
    assert [part["cause"] for part in moved["parts"]] == CAUSES
    assert sum(part["places"] for part in moved["parts"]) == moved["placeThen"] - moved["placeNow"]
    points = sum((Decimal(part["points"]) for part in moved["parts"]), Decimal(0))
    assert points == Decimal(moved["valueNow"]) - Decimal(moved["valueThen"])


def test_forty_who_came_are_the_universe(served):
    """From autumn 2012 on 40 voices above Pirelli came; its composite stayed, and each end has its source."""
    moved = _moved(served, to=SUMMER)
    _adds_up(moved)
    assert (moved["from"], moved["to"]) == (AUTUMN, SUMMER)
    assert [part["cause"] for part in moved["parts"] if part["places"] or part["points"]] == ["UNIVERSE"]
    assert moved["statement"].startswith("It went from place 3 to 43, composite 39.191919.")
    for end, place, value in (("then", "placeThen", "valueThen"), ("now", "placeNow", "valueNow")):
        assert (moved[end]["place"], moved[end]["composite"]["value"]) == (moved[place], moved[value])
        assert moved[end]["composite"]["provenance"]["source"] == "computed by Renown from 2 provider scores"


def test_two_recipes_on_one_list(served):
    """Among the tyre brands nobody came: Klout alone in place of both is the recipe's doing, to the last decimal."""
    klout = {"weights": [{"provider": "klout", "weight": 1}], "minimumProviders": 1}
    moved = _moved(served, recipe=klout, then={}, of={"list": "tyres"})
    _adds_up(moved)
    assert [part["cause"] for part in moved["parts"] if part["points"]] == ["RECIPE"]
    assert all(part["explanation"].endswith(".") for part in moved["parts"])
    assert moved["everyOrder"]


def test_own_change_after_an_import(served):
    """The recipe of then stands for both where none is given beside it; without `to` the movement goes up to now."""
    moved = _moved(served, "ContiUK", since=SUMMER)
    _adds_up(moved)
    assert moved["statement"].startswith("It stands where it stood: place ")
    assert moved["to"] > SUMMER


def test_who_was_not_ranked_then_has_a_reason(served):
    """McLaren had no scores in 2012, and on a list it never was: an absence with its reason, never a zero."""
    moved = _moved(served, "TheFifthDriver")
    assert (moved["__typename"], moved["reason"]) == ("Unranked", "BELOW_MINIMUM")
    assert moved["message"].startswith("At 2012-10-01T00:00:00+00:00 it is not ranked: 0 of 4 providers have a score;")
    assert moved["voice"]["accounts"] == [{"handle": "TheFifthDriver"}]
    moved = _moved(served, "TheFifthDriver", since=SUMMER, of={"list": "tyres"})
    assert (moved["__typename"], moved["reason"]) == ("Unranked", "NOT_APPLICABLE")
    assert moved["message"].count("it does not match the filter.") == 2


def test_a_topic_that_nobody_spoke_on_then(served):
    """In 2012 nobody was known to speak on motorsport: not ranked then. A topic of neither moment is an error."""
    moved = _moved(served, "TheFifthDriver", of={"topics": ["motorsport"]})
    assert (moved["__typename"], moved["reason"]) == ("Unranked", "NOT_APPLICABLE")
    assert "There is no topic 'motorsport'" in moved["message"]
    asked = {"handle": "TheFifthDriver", "from": AUTUMN, "of": {"topics": ["knitting"]}}
    assert served.error(MOVEMENT, asked)["extensions"]["code"] == "UNKNOWN_TOPIC"


@pytest.mark.parametrize(
    ("since", "until", "code"),
    [
        (SUMMER, AUTUMN, "BAD_PERIOD"),
        (AUTUMN, AUTUMN, "BAD_PERIOD"),
        ("2999-01-01T00:00:00Z", None, "BAD_PERIOD"),
        (AUTUMN, "2999-01-01T00:00:00Z", "BAD_MOMENT"),
    ],
)
def test_time_runs_forward_and_not_beyond_now(served, since, until, code):
    """A movement begins before it ends, and ends by now."""
    error = served.error(MOVEMENT, {"handle": "PirelliUK", "from": since, "to": until})
    assert error["extensions"]["code"] == code
