"""docs/add-a-provider.md does what it says: its own steps are run, in order, against a small API."""

import json
import os
import re
import shlex
import sys
from contextlib import chdir
from pathlib import Path

import msgspec
import pytest
from documents import ROOT, first_cells, read, section
from starlette.responses import JSONResponse
from typer.testing import CliRunner

from providers.loopback import serving
from renown.cli import app
from renown.providers.described import Description

DOCUMENT = "docs/add-a-provider.md"
_SCORES = {"PirelliUK": 71.5, "ContiUK": 64}


def _blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", read(DOCUMENT), re.MULTILINE | re.DOTALL)


async def _api(request):
    """The API of the document: a bearer token, one user a path."""
    if request.headers.get("authorization") != "Bearer your-key":
        return JSONResponse({"error": "no key"}, 401)
    handle = request.url.path.rpartition("/")[2]
    if handle not in _SCORES:
        return JSONResponse({"error": "no such user"}, 404)
    body = json.loads(_blocks("json")[0])
    body["user"] |= {"handle": handle, "score": _SCORES[handle]}
    return JSONResponse(body)


def _walk(folder: Path) -> dict[str, str]:
    """Type every line of every shell block; what each command printed, by command."""
    environment: dict[str, str | None] = {name: None for name in os.environ if name.startswith("RENOWN_")}
    environment |= {"NO_COLOR": "1", "COLUMNS": "200", "RENOWN_DEADLINE_SECONDS": "20"}
    printed = {}
    for line in "".join(_blocks("sh")).splitlines():
        words = shlex.split(line)
        if words[0] == "export":
            name, _, value = words[1].partition("=")
            environment[name] = value
            continue
        assert words[0] == "renown"
        with chdir(folder):
            done = CliRunner().invoke(app, words[1:], env=environment)
        assert done.exit_code == 0, f"{line}: {done.stderr}"
        assert "your-key" not in done.stdout + done.stderr
        printed[line] = done.stdout
    return printed


def test_the_steps_of_the_document_bring_the_provider_into_a_ranking(tmp_path):
    """Described, checked, keyed, tried and used as written, the provider ranks two voices, and lookups told of them."""
    with serving(_api) as base_url:
        described = _blocks("toml")[0].replace("https://api.acme.example", base_url)
        assert base_url in described
        (tmp_path / "acme.toml").write_text(described, encoding="utf-8")
        printed = _walk(tmp_path)
    commands = list(printed)
    assert "Acme Influence is described" in printed[commands[0]]
    assert "acme.score" in printed[commands[1]]
    assert f"{base_url}/v1/influence/PirelliUK" in printed[commands[1]]
    assert re.search(r"well\s+provider acme\s+LIVE", printed["renown doctor"])
    ranking = printed[commands[-1]]
    assert "Acme Influence" in ranking
    assert ranking.index("71.5") < ranking.index("64")


def _keys(kind, before=""):
    for field in msgspec.structs.fields(kind):
        inner = re.search(r"\b(\w+Form)\b", str(field.type))
        if inner:
            form = getattr(sys.modules[Description.__module__], inner[1])
            slug = "<slug>." if "dict" in str(field.type) else ""
            yield from _keys(form, f"{before}{field.encode_name}.{slug}")
        else:
            yield before + field.encode_name


def test_the_document_explains_every_key_and_no_other():
    """The table of keys is that of the format."""
    cells = first_cells(section(DOCUMENT, "Every key"))
    shown = [key.strip("` ") for cell in cells for key in cell.split(",")]
    assert sorted(shown) == sorted(_keys(Description))


@pytest.mark.parametrize("example", sorted((ROOT / "src/renown/providers/described/examples").glob("*.toml")), ids=str)
def test_a_shipped_example_is_marked_as_untested(example):
    """Its first line says that it was never run against the live service, and its head cites the documentation."""
    head = example.read_text(encoding="utf-8").split("\n\n", 1)[0]
    assert head.startswith("# UNTESTED against the live service.")
    assert "https://" in head
