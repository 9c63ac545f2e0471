"""`renown provider`: a description is checked and tried before the settings name it."""

import json

import pytest
from cli_stage import renown

_FILE = """\
slug = "acme"
name = "Acme"
networks = ["twitter"]
primary = "score"
[request]
base_url = "https://api.acme.example"
path = "/{handle}"
[[auth]]
in = "bearer"
[reply]
about = "$.handle"
[metrics.score]
path = "$.score"
name = "Score"
meaning = "How far a voice carries"
maximum = 100
"""


@pytest.fixture
def acme(tmp_path):
    """A description on disk."""
    path = tmp_path / "acme.toml"
    path.write_text(_FILE, encoding="utf-8")
    return path


def saved(folder, **tree):
    """A saved reply."""
    path = folder / "reply.json"
    path.write_text(json.dumps(tree), encoding="utf-8")
    return path


def test_a_good_file_is_shown_with_what_it_declares(acme):
    """The table says where it is asked, its scale, its life and the setting it needs."""
    shown = renown("provider", "check", acme, width=160)
    assert shown.exit_code == 0
    for part in ("https://api.acme.example/{handle}", "0 to 100", "24 hours", "RENOWN_PROVIDERS__ACME__KEY"):
        assert part in shown.stdout


def test_a_bad_file_is_refused_line_by_line(acme):
    """Every flaw on a line of its own with line and key, and exit code 1."""
    acme.write_text(_FILE.replace("maximum = 100", "maximum = '1'\nmin = 0"), encoding="utf-8")
    refused = renown("provider", "check", acme)
    assert refused.exit_code == 1
    lines = refused.stderr.splitlines()
    assert lines[0].startswith("line 16, key metrics.score.maximum: ")
    assert lines[1].startswith("line 17, key metrics.score.min: there is no such key here")
    assert "docs/add-a-provider.md" in lines[2]


def test_a_saved_reply_is_read_and_nobody_is_asked(acme, tmp_path):
    """Claims with source and digest, as a table and as JSON."""
    reply = saved(tmp_path, handle="PirelliUK", score=71.5)
    shown = renown("provider", "try", acme, "PirelliUK", "--reply", reply, width=160)
    assert shown.exit_code == 0
    assert "acme.score" in shown.stdout
    assert "saved reply reply.json" in shown.stdout
    tried = json.loads(renown("provider", "try", acme, "PirelliUK", "--reply", reply, "--format", "json").stdout)
    (claim,) = tried["claims"]
    assert (claim["field"], claim["value"]) == ("acme.score", 71.5)
    assert len(claim["provenance"]["digest"]) == 64
    assert tried["absences"] == []


def test_an_absence_is_shown_with_its_reason(acme, tmp_path):
    """No score is no claim: the reason is printed, and the exit code is 1."""
    shown = renown("provider", "try", acme, "PirelliUK", "--reply", saved(tmp_path, handle="PirelliUK"))
    assert shown.exit_code == 1
    assert "NO_SCORE_YET: Acme knows PirelliUK, but gives no Score." in shown.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("PirelliUK",), "Set RENOWN_PROVIDERS__ACME__KEY."),
        (("a b",), "'a b' is not a handle."),
        (("PirelliUK", "--format", "csv"), "Use --format table or json."),
        (("PirelliUK", "--reply", "gone.json"), "gone.json cannot be read"),
    ],
)
def test_what_cannot_be_tried_is_said_in_one_line(acme, words, said):
    """A missing key, a handle that is none, a format there is not, a file that is not there."""
    refused = renown("provider", "try", acme, *words)
    assert refused.exit_code == 1
    assert said in refused.stderr


def test_a_reply_about_somebody_else_is_refused(acme, tmp_path):
    """The file and the reason are named."""
    refused = renown("provider", "try", acme, "ContiUK", "--reply", saved(tmp_path, handle="PirelliUK", score=5))
    assert refused.exit_code == 1
    assert "its reply is not about them" in refused.stderr
