"""`renown emulate`: a closed provider answers again, and the gateway can be pointed at it."""

import json
from pathlib import Path

from cli_stage import busy_port, free_port, renown, server, stop, url_in

from renown import demo
from renown.cli.emulate import Emulated
from renown.emulators import EMULATORS

FROM_EXAMPLE = "demo-key"


def test_the_gateway_reads_it(tmp_path, monkeypatch):
    """With the settings it names, `renown voice` brings the emulator's score, observed and with its source."""
    with server("emulate", "klout", "--port", free_port()) as (running, printed):
        monkeypatch.setenv("RENOWN_PROVIDERS__KLOUT__BASE_URL", url_in(printed))
        monkeypatch.setenv("RENOWN_PROVIDERS__KLOUT__KEY", FROM_EXAMPLE)
        monkeypatch.setenv("RENOWN_DEADLINE_SECONDS", "20")
        answer = renown("voice", "synthetic_one", "--format", "json", "--db", tmp_path / "a.db")
        assert stop(running) == (0, "")
    klout = next(part["score"] for part in json.loads(answer.stdout)["providers"] if part["provider"] == "klout")
    assert klout["provenance"]["kind"] == "OBSERVED"
    assert klout["provenance"]["adapter"].startswith("klout-v2@")
    assert FROM_EXAMPLE not in answer.stdout + answer.stderr


def test_a_failing_one_is_an_absence_and_no_error(tmp_path, monkeypatch):
    """An emulator that answers 500 makes an absence with its reason; stdout stays JSON."""
    with server("emulate", "klout", "--port", free_port(), "--fault", "500") as (running, printed):
        monkeypatch.setenv("RENOWN_PROVIDERS__KLOUT__BASE_URL", url_in(printed))
        monkeypatch.setenv("RENOWN_PROVIDERS__KLOUT__KEY", FROM_EXAMPLE)
        answer = renown("voice", "synthetic_one", "--format", "json", "--db", tmp_path / "a.db")
        assert stop(running) == (0, "")
    klout = next(part["score"] for part in json.loads(answer.stdout)["providers"] if part["provider"] == "klout")
    assert klout["reason"] == "UNREACHABLE"


def test_a_busy_port_is_one_sentence():
    """Somebody else's port is found before anything is said."""
    with busy_port() as port:
        answer = renown("emulate", "kred", "--port", port)
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert answer.stderr.startswith(f"renown: Port {port} on 127.0.0.1 is in use.")


def test_a_bad_data_file_is_one_sentence(tmp_path):
    """A data file that is none is named, with what is wrong."""
    data = tmp_path / "accounts.json"
    data.write_text("{}")
    answer = renown("emulate", "kred", "--port", free_port(), "--data", data)
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert answer.stderr.startswith(f"renown: {data}: not an emulator's data set")
    missing = renown("emulate", "kred", "--port", free_port(), "--data", tmp_path / "none.json")
    assert "cannot be read: No such file or directory." in missing.stderr


def test_every_emulator_is_offered():
    """The verb offers each emulator there is, each on a port of its own."""
    assert [api.value for api in Emulated] == list(EMULATORS)
    assert len({api.port for api in Emulated}) == len(EMULATORS)


def test_figures_are_served_as_the_provider_did(tmp_path, monkeypatch):
    """A CSV of published figures is data enough: the gateway reads Goodyear's 59 from the emulator."""
    figures = Path(demo.__file__).with_name("uk_tyres_2012.csv")
    with server("emulate", "klout", "--port", free_port(), "--data", figures) as (running, printed):
        monkeypatch.setenv("RENOWN_PROVIDERS__KLOUT__BASE_URL", url_in(printed))
        monkeypatch.setenv("RENOWN_PROVIDERS__KLOUT__KEY", FROM_EXAMPLE)
        monkeypatch.setenv("RENOWN_DEADLINE_SECONDS", "20")
        answer = renown("voice", "Goodyear_UK", "--format", "json", "--db", tmp_path / "a.db")
        assert stop(running) == (0, "")
    klout = next(part["score"] for part in json.loads(answer.stdout)["providers"] if part["provider"] == "klout")
    assert klout["value"] == 59


def test_a_fault_that_is_none_is_one_sentence():
    """A fault that cannot be read is named."""
    answer = renown("emulate", "klout", "--port", free_port(), "--fault", "tired=very")
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert "the fault 'tired=very' cannot be read" in answer.stderr
