"""`renown rank --check`."""

import json

from cli_stage import renown


def test_checks_are_said_and_written(demo_db):
    """A sentence a method beside the table, an object a method in JSON, and neither unless it is asked for."""
    words = ("rank", "--list", "tyres", "--db", demo_db)
    table = " ".join(renown(*words, "--check", width=120).stdout.split())
    assert "The order by MC4 agrees with this ranking of 6 by" in table
    assert "keeps to this ranking) agrees with this ranking of 6 by" in table
    checks = json.loads(renown(*words, "--check", "--format", "json").stdout)["checks"]
    assert [(check["method"], check["covers"], check["reason"]) for check in checks] == [
        ("MC4", 6, None),
        ("KEMENY", 6, None),
    ]
    assert "checks" not in json.loads(renown(*words, "--format", "json").stdout)


def test_what_is_too_long_is_said(demo_db):
    """A longer ranking says why it was not checked, with no figure in its place."""
    words = ("rank", "--country", "GB", "--check", "--db", demo_db)
    check = json.loads(renown(*words, "--format", "json").stdout)["checks"][1]
    assert (check["covers"], check["kendallTau"]) == (None, None)
    assert "up to 12 voices" in check["reason"]
    assert "Not checked by KEMENY" in renown(*words, width=200).stdout


def test_csv_has_no_place_for_it(demo_db):
    """As CSV it is refused, naming what to do."""
    answer = renown("rank", "--check", "--format", "csv", "--db", demo_db)
    assert answer.exit_code == 1
    assert "--check" in answer.stderr
