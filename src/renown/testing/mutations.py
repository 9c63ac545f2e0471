"""Recorded JSON, bent: the same reply with one thing wrong everywhere."""

import json
import re
from collections.abc import Callable
from typing import Any

_NUMERAL = re.compile(r"-?\d+(\.\d+)?")
_TWENTY_DIGITS = "12345678901234567890"
_BEYOND_EVERY_NUMBER = 10**30
_OFF_EVERY_SCALE = -(10**12)


def nothing_in_it(tree: Any) -> Any:
    """Every value is null."""
    return _each_leaf(tree, lambda _key, _value: None)


def words_for_numbers(tree: Any) -> Any:
    """Every number, also one written as text, is a word."""
    return _each_leaf(tree, lambda _key, value: "many" if _is_number(value) else value)


def off_scale(tree: Any) -> Any:
    """Every number is far below any scale."""
    return _each_leaf(tree, lambda _key, value: _OFF_EVERY_SCALE if _is_number(value) else value)


def huge_numbers(tree: Any) -> Any:
    """Every number has 31 digits."""
    return _each_leaf(tree, lambda _key, value: _BEYOND_EVERY_NUMBER if _is_number(value) else value)


def huge_ids(tree: Any) -> Any:
    """Every id has 20 digits, as text where it was text: more than 64 bits hold."""
    return _each_leaf(
        tree,
        lambda key, value: (
            (_TWENTY_DIGITS if isinstance(value, str) else int(_TWENTY_DIGITS))
            if key.lower().endswith("id") and _is_number(value)
            else value
        ),
    )


def other_containers(tree: Any) -> Any:
    """Lists where objects were, and objects where lists were."""
    if isinstance(tree, dict):
        return [other_containers(child) for child in tree.values()]
    if isinstance(tree, list):
        return {str(place): other_containers(child) for place, child in enumerate(tree)}
    return tree


def keys_twice(tree: Any) -> Any:
    """Every key stands twice in its object, null first."""
    if isinstance(tree, dict):
        return {_Twin(key): child for name, value in tree.items() for key, child in _twins(name, keys_twice(value))}
    return [keys_twice(child) for child in tree] if isinstance(tree, list) else tree


def bent(body: bytes, bend: Callable[[Any], Any]) -> bytes:
    """A JSON body after one of these mutations.

    Raises:
        ValueError: it is not JSON.
    """
    return json.dumps(bend(json.loads(body))).encode()


class _Twin(str):
    """A key that equals only itself, so that an object can hold two of a name."""

    __slots__ = ()
    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other


def _twins(name: str, value: Any) -> tuple[tuple[str, Any], tuple[str, Any]]:
    return (name, None), (name, value)


def _each_leaf(tree: Any, change: Callable[[str, Any], Any], key: str = "") -> Any:
    if isinstance(tree, dict):
        return {name: _each_leaf(child, change, name) for name, child in tree.items()}
    if isinstance(tree, list):
        return [_each_leaf(child, change, key) for child in tree]
    return change(key, tree)


def _is_number(value: Any) -> bool:
    if isinstance(value, str):
        return _NUMERAL.fullmatch(value) is not None
    return isinstance(value, int | float) and not isinstance(value, bool)
