"""In which line of a TOML file a key stands, found with the standard library's own parser.

tomllib gives no positions. But the first lines of a TOML file, up to where a statement ends, are a TOML file too: a
key stands in the first of them with which it appears.
"""

import tomllib
from collections.abc import Mapping, Sequence
from typing import Any


def line_of(text: str, keys: Sequence[str | int]) -> int:
    """The line, counted from 1, of the deepest of these nested keys that there is; 1 where there is none."""
    whole = _parsed(text)
    depth = _depth(whole, keys)
    return _first_line(text, keys[:depth]) if depth else 1


def _first_line(text: str, keys: Sequence[str | int]) -> int:
    lines = text.split("\n")
    started = 1
    for number in range(1, len(lines) + 1):
        tree = _parsed("\n".join(lines[:number]))
        if tree is None:  # in the middle of a value of several lines
            continue
        if _depth(tree, keys) == len(keys):
            return started
        started = number + 1
    return 1


def _parsed(text: str) -> Mapping[str, Any] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


def _depth(tree: Any, keys: Sequence[str | int]) -> int:
    """How many of the nested keys there are."""
    for depth, key in enumerate(keys):
        held: Any = dict(enumerate(tree)) if isinstance(tree, list) else tree
        if not isinstance(held, dict) or key not in held:
            return depth
        tree = held[key]
    return len(keys)
