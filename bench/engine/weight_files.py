"""How fitted weights are written: JSON with each list on one line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench_frame import arguments, checked


def write_weights(description: str | None, needed: str, fit: Callable[[Path], dict[str, Any]]) -> None:
    """What a fitting script does: fit on all the data there is, print, and write where that is asked."""
    parser = arguments(description, needed)
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the weights as JSON")
    asked = checked(parser, needed)
    text = as_text(fit(asked.data))
    print(text, end="")
    if asked.write is not None:
        asked.write.write_text(text, encoding="utf-8")


def as_text(held: dict[str, Any]) -> str:
    """The weights as they are committed."""
    return _lines(held, 0) + "\n"


def _lines(value: Any, depth: int) -> str:
    if not isinstance(value, dict):
        return json.dumps(value)
    within = ",\n".join(
        f"{' ' * (depth + 1)}{json.dumps(name)}: {_lines(each, depth + 1)}" for name, each in value.items()
    )
    return "{\n" + within + "\n" + " " * depth + "}"
