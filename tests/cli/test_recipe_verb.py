"""`renown recipe`: names are kept, forked and told apart, and other verbs take them."""

import json

import pytest
from cli_stage import renown

from renown.gateway import DEFAULT_RECIPE


@pytest.fixture
def named(demo_db):
    """The demo with a recipe called `klout-only`."""
    weights = "--weights", "klout=2,kred=1", "--minimum-providers", 1
    saved = renown(
        "recipe", "save", "Klout first", *weights, "--normaliser", "linear", "--note", "why", "--db", demo_db
    )
    assert saved.exit_code == 0, saved.stderr
    assert "klout-first is recipe " in saved.stderr
    return demo_db


def answer(*words):
    """What a verb answers as JSON."""
    answered = renown(*words, "--format", "json")
    assert answered.exit_code == 0, answered.stderr
    return json.loads(answered.stdout)


def test_a_saved_recipe_is_listed_and_shown(named):
    """With hash, note, canonical choices and its two sentences, in tables and as JSON."""
    (listed,) = answer("recipe", "list", "--db", named)
    assert (listed["name"], listed["version"], listed["note"], listed["forkedFrom"]) == ("klout-first", 1, "why", None)
    assert listed["canonical"]["weights"] == {"klout": 2, "kred": 1}
    shown = answer("recipe", "show", "klout-first", "--db", named)
    assert shown == listed | {"history": [listed]}
    table = renown("recipe", "list", "--db", named, width=160).stdout
    assert "klout-first" in table
    told = renown("recipe", "show", listed["hash"], "--db", named, width=400).stdout
    assert listed["hash"] in told
    assert "klout 2, kred 1" in told.replace("\n", " ")


def test_the_default_recipe_is_shown_by_its_name(named):
    """`default` is known everywhere, and has no history."""
    shown = answer("recipe", "show", "default", "--db", named)
    assert (shown["hash"], shown["history"]) == (DEFAULT_RECIPE.hash, [])


def test_a_taken_name_is_refused_with_the_next_step(named):
    """Exit code 1 and what to do; with `--replace` the name stands for the new one and both are in its history."""
    again = "recipe", "save", "klout-first", "--weight", "kred=1", "--normaliser", "linear", "--db", named
    refused = renown(*again)
    assert refused.exit_code == 1
    assert "another name, or replace it with --replace" in refused.stderr
    assert renown(*again, "--replace").exit_code == 0
    history = answer("recipe", "show", "klout-first", "--db", named)["history"]
    assert [each["canonical"]["weights"] for each in history] == [{"klout": 2, "kred": 1}, {"kred": 1}]


def test_a_fork_changes_only_what_it_is_told_to(named):
    """Its weights and minimum are those of the first recipe, its normaliser is not; it says what it came from."""
    changes = "--normaliser", "zscore", "--reference", "population"
    assert renown("recipe", "fork", "klout-first", "z", *changes, "--db", named).exit_code == 0
    first, fork = answer("recipe", "list", "--db", named)
    assert fork["forkedFrom"] == first["hash"]
    assert fork["canonical"] == first["canonical"] | {"normaliser": "ZSCORE", "reference": "POPULATION"}
    differences = answer("recipe", "diff", "klout-first", "z", "--db", named)["differences"]
    assert {each["field"]: (each["before"], each["after"]) for each in differences}["normaliser"] == (
        "linear",
        "zscore",
    )
    shown = renown("recipe", "diff", "klout-first", "z", "--db", named, width=160).stdout
    assert "How scores become comparable" in shown
    assert "They are the same recipe." in renown("recipe", "diff", "z", "z", "--db", named).stdout


@pytest.mark.parametrize("asked", [("--list", "tyres"), ("--of", "top UK automotive voices")])
def test_a_dry_run_says_who_moves(named, asked):
    """PeerIndex in the place of Klout: how many move, how far, and who most, as a table and as JSON."""
    weights = "--weights", "peerindex=1"
    assert renown("recipe", "fork", "klout-first", "peerindex-only", *weights, "--db", named).exit_code == 0
    both = "recipe", "dry-run", "klout-first", "peerindex-only", *asked, "--db", named
    ran = answer(*both)
    assert ran["inBoth"] == 6
    assert 0 < ran["movedThreeOrMore"] <= ran["moved"] <= ran["inBoth"]
    assert -1 <= ran["kendallTau"] < 1
    shifts = [abs(each["before"] - each["after"]) for each in ran["mostMoved"]]
    assert shifts == sorted(shifts, reverse=True)
    assert f"{ran['moved']} would move" in renown(*both, width=160).stdout
    assert ran["mostMoved"][0]["name"] in renown(*both, width=160).stdout


def test_other_verbs_take_a_name(named):
    """A ranking, a comparison and a voice by a named recipe are by its hash; the parts beside it are refused."""
    hash_ = answer("recipe", "show", "klout-first", "--db", named)["hash"]
    by_name = "--recipe", "klout-first", "--db", named
    assert answer("rank", "--list", "tyres", *by_name)["recipe"]["hash"] == hash_
    assert answer("compare", "PirelliUK", "ContiUK", *by_name)["recipe"]["hash"] == hash_
    assert hash_[:16] in renown("voice", "PirelliUK", *by_name, width=160).stdout
    refused = renown("rank", "--list", "tyres", *by_name, "--weight", "klout=1")
    assert refused.exit_code == 1
    assert "renown recipe fork" in refused.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "klout-frist"), "klout-first"),
        (("list", "--format", "csv"), "Use --format table or json."),
        (("dry-run", "default", "default", "--list", "a", "--of", "b"), "Both a phrase and a list"),
        (("save", "default"), "is the name of the default recipe"),
    ],
)
def test_what_cannot_be_answered_is_said_in_one_line(named, words, said):
    """An unknown name with the nearest one, a format there is not, two questions at once, the default's name."""
    refused = renown("recipe", *words, "--db", named)
    assert refused.exit_code == 1
    assert said in refused.stderr
