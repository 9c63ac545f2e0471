"""What becomes of a value that is not plainly what its field promises: null, an error in its place, or a fault."""

from collections.abc import Callable, Iterable
from typing import Any


def one_of(classes: frozenset[type], name: str, *, nullable: bool) -> Callable[[Any], Any]:
    """A check for objects of these classes, or None where that may be."""

    def check(value: Any) -> Any:
        """The value.

        Raises:
            Exception: the value itself, where a resolver answers with an error in the place of an object.
            TypeError: it is null and may not be, or of another class.
        """
        if _is_null(value, name, nullable=nullable) or type(value) in classes:
            return value
        raise TypeError(f"{name} cannot answer with a {type(value).__name__}.")

    return check


def listed(name: str, *, nullable: bool) -> Callable[[Any], Any]:
    """A check for lists, or None where that may be."""

    def check(value: Any) -> Any:
        """The value. Raises as the check of objects does."""
        if _is_null(value, name, nullable=nullable):
            return None
        if isinstance(value, Iterable) and not isinstance(value, str | bytes | dict):
            return list(value)
        raise TypeError(f"{name} must answer with a list.")

    return check


def _is_null(value: Any, name: str, *, nullable: bool) -> bool:
    if isinstance(value, Exception):
        raise value
    if value is None and not nullable:
        raise TypeError(f"Cannot return null for non-nullable field {name}.")
    return value is None
