"""What the program itself writes into the README: `.venv/bin/python tests/docs/renewed.py` puts it in anew."""

import asyncio
import json
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from documents import ROOT, Block, blocks
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from typer.testing import CliRunner

from renown.api import Context, build
from renown.cli import app
from renown.demo import load_demo
from renown.gateway import Gateway
from renown.settings import ProviderSettings, Settings, sqlite_url

_WIDTH = 96


@dataclass(frozen=True)
class Shown:
    """A part of what a command prints: from the line that begins so, up to the one that begins otherwise."""

    typed: tuple[str, ...]
    begins: str
    ends: str

    def printed(self, folder: Path) -> str:
        """That part as it is on a terminal of 80 columns, in a folder whose `demo.db` holds the demo."""
        environment = {name: None for name in os.environ if name.startswith("RENOWN_")}
        with chdir(folder):
            answer = CliRunner().invoke(app, [*self.typed, "--db", "demo.db"], env={**environment, "COLUMNS": "80"})
        assert answer.exit_code == 0, answer.output
        lines = [line.rstrip() for line in answer.stdout.splitlines()]
        start = next(at for at, line in enumerate(lines) if line.startswith(self.begins))
        stop = next(at for at, line in enumerate(lines) if at > start and line.startswith(self.ends))
        return "\n".join(lines[start:stop]).strip("\n") + "\n"


# In the order of the README's text blocks.
SHOWN = (
    Shown(("demo", "--once"), "top UK automotive voices", "Read as"),
    Shown(("voice", "PirelliUK"), "Composite ", "Recipe "),
)


def answered() -> list[tuple[Block, Block]]:
    """Every query in the documents with the answer that is shown below it."""
    pairs = [pair for document in blocks() for pair in pairwise(document)]
    return [(query, answer) for query, answer in pairs if (query.language, answer.language) == ("graphql", "json")]


async def answer_of(gateway: Gateway, query: str) -> dict[str, Any]:
    """What GraphQL answers, without its extensions."""
    result = await build(gateway.settings).execute(query, context_value=Context(gateway))
    assert not result.errors
    return {"data": result.data}


def setting_rows() -> dict[str, str]:
    """The row of each setting in the README's table, by its name; those of a provider for Klout."""
    fields = {**_named(Settings, "RENOWN_"), **_named(ProviderSettings, "RENOWN_PROVIDERS__KLOUT__")}
    return {name: _row(name, field) for name, field in fields.items()}


def _named(model: type[BaseModel], prefix: str) -> dict[str, FieldInfo]:
    return {prefix + name.upper(): field for name, field in model.model_fields.items() if name != "providers"}


def _row(name: str, field: FieldInfo) -> str:
    default = f"{field.default:g}" if isinstance(field.default, float) else field.default
    return f"| `{name}` | {'' if default in (None, ()) else f'`{default}`'} | {field.description} |"


def _json(value: Any, indent: int = 0) -> str:
    """JSON to read: on one line what fits on it."""
    line = json.dumps(value, ensure_ascii=False)
    if indent + len(line) <= _WIDTH or not isinstance(value, (dict, list)):
        return line
    within, end = " " * (indent + 2), " " * indent
    if isinstance(value, list):
        return "[\n" + ",\n".join(within + _json(each, indent + 2) for each in value) + f"\n{end}]"
    return (
        "{\n" + ",\n".join(f"{within}{json.dumps(k)}: {_json(v, indent + 2)}" for k, v in value.items()) + f"\n{end}}}"
    )


async def _answers(folder: Path) -> list[tuple[str, str]]:
    settings = Settings(_env_file=None, database_url=sqlite_url(folder / "answers.db"))
    async with await Gateway.open(settings) as gateway:
        await load_demo(gateway)
        return [(was.text, _json(await answer_of(gateway, query.text)) + "\n") for query, was in answered()]


def _changes(folder: Path) -> Iterator[tuple[str, str]]:
    printed = [block for document in blocks() for block in document if (block.document, block.language) == _PRINTED]
    yield from ((block.text, shown.printed(folder)) for block, shown in zip(printed, SHOWN, strict=True))
    yield from asyncio.run(_answers(folder))


_PRINTED = ("README.md", "text")


def _renew() -> None:
    readme = ROOT / "README.md"
    text = readme.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        for before, after in _changes(Path(folder)):
            text = text.replace(before, after)
    rows = "\n".join(setting_rows().values())
    text = re.sub(
        r"(?<=\| setting \| default \| meaning \|\n\|---\|---\|---\|\n)(\|.*\n)+", lambda _: rows + "\n", text
    )
    readme.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    _renew()
