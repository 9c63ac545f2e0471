"""`renown reference`: build, look at, and rank by it."""

import json

from cli_stage import renown


def test_a_reference_is_built_listed_shown_and_used(demo_db):
    """Built from the demo's figures it is in force: listed, shown in a table and as JSON, and the ranking says so."""
    tried = renown("reference", "build", "--dry-run", "--db", demo_db)
    assert "Nothing was put in force" in tried.stderr
    assert "None yet" in renown("reference", "list", "--db", demo_db).stdout
    built = renown("reference", "build", "--db", demo_db, width=120)
    assert (built.exit_code, "In force from change" in built.stderr) == (0, True)
    assert "2 providers, about 1.6 independent" in built.stdout
    shown = json.loads(renown("reference", "show", "--db", demo_db, "--format", "json").stdout)
    assert [table["provider"] for table in shown["tables"]] == ["peerindex", "renown"]
    listed = json.loads(renown("reference", "list", "--db", demo_db, "--format", "json").stdout)
    assert [each["version"] for each in listed] == [shown["version"]]
    assert shown["version"][:16] in renown("reference", "show", shown["version"][:8], "--db", demo_db).stdout
    ranking = json.loads(renown("rank", "top UK automotive voices", "--db", demo_db, "--format", "json").stdout)
    assert (ranking["recipe"]["canonical"]["combiner"], ranking["interval"]["kind"]) == ("CONSENSUS", "POSTERIOR")


def test_what_is_not_there_is_said(demo_db):
    """A version that is none, figures that cannot be read and CSV are refused with the next step."""
    assert "renown reference build" in renown("reference", "show", "--db", demo_db).stderr
    assert "cannot be read" in renown("reference", "build", "--published", "none.csv", "--db", demo_db).stderr
    assert "--format table or json" in renown("reference", "list", "--format", "csv", "--db", demo_db).stderr


def test_every_combiner_ranks_from_the_command_line(demo_db):
    """Each combiner and weighting has its option, and says itself in the recipe's words."""
    for combiner, words in {
        "median": "the median",
        "geometric": "geometric mean",
        "borda": "Borda",
        "rrf": "fusion",
    }.items():
        said = renown("rank", "--list", "tyres", "--combiner", combiner, "--weighting", "reliability", "--db", demo_db)
        assert said.exit_code == 0, said.stderr
        assert words in " ".join(said.stdout.split())
        assert "how reliable" in " ".join(said.stdout.split())
