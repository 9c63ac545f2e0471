"""How fitted weights are written: JSON with each list on one line."""

import json
from typing import Any


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
