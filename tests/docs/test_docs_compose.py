"""docker-compose.yml wires what there is. It is read as text: no YAML parser is among the dependencies."""

import json
import re
from importlib.resources import files

import pytest
from documents import read
from typer.main import get_command

from renown.cli import app
from renown.emulators import EMULATORS

_FILE = read("docker-compose.yml")
# The gateway asks one API of each provider: the last one, under the provider's slug.
_SERVICES = [name for name in EMULATORS if "-" not in name]
_EXAMPLE = json.loads((files("renown.emulators") / "example.json").read_text(encoding="utf-8"))


def _environment(name: str) -> str | None:
    found = re.search(rf'^ +{name}: "?([^"\n]+)"?$', _FILE, re.MULTILINE)
    return found[1] if found else None


@pytest.mark.parametrize("slug", _SERVICES)
def test_the_gateway_asks_each_emulator_where_it_listens(slug):
    """Its base URL names the service, its port and the path clients used, and the key is the example's."""
    port = re.search(rf'"emulate", "{slug}", "--host", "0\.0\.0\.0", "--port", "(\d+)"', _FILE)[1]
    prefix = f"RENOWN_PROVIDERS__{slug.upper()}__"
    assert _environment(f"{prefix}BASE_URL") == f"http://{slug}:{port}{EMULATORS[slug].base_path}"
    assert _environment(f"{prefix}KEY") == _EXAMPLE["key"]


def test_kred_is_given_its_application_id():
    """Kred needs a second credential, the example's."""
    assert _environment("RENOWN_PROVIDERS__KRED__APP_ID") == _EXAMPLE["app_id"]


def test_only_the_gateway_is_published_and_only_on_this_machine():
    """One port is published, on the loopback address; the emulators' network has no way out."""
    assert re.findall(r"ports: (.+)", _FILE) == ['["127.0.0.1:8000:8000"]']
    assert re.findall(r"networks: (.+)", _FILE) == ["[inside, outside]"] + ["[inside]"] * len(_SERVICES)
    assert "  inside:\n    internal: true\n" in _FILE


def test_every_command_is_one_of_the_program():
    """Each service runs a verb of `renown` with options that verb takes."""
    commands = [json.loads(found) for found in re.findall(r"command: (\[.+\])", _FILE)]
    assert len(commands) == 1 + len(_SERVICES)
    for name, verb, *words in commands:
        taken = {flag for option in get_command(app).commands[verb].load().params for flag in option.opts}  # pyright: ignore[reportAttributeAccessIssue]
        assert name == "renown"
        assert {word for word in words if word.startswith("--")} <= taken
