"""That every server gives the same answer, before anything is measured."""

from math import isclose
from typing import Any

_OWN = {"id", "snapshot", "endCursor"}
"""What each server may write in its own way."""
_TOLERANCE = 1e-6


def difference(ours: Any, theirs: Any, where: str = "data") -> str | None:
    """The first place where two answers differ, or None. Floats may differ by 1e-6."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        if ours.keys() != theirs.keys():
            return f"{where}: {sorted(ours)} and {sorted(theirs)}"
        places = [(ours[name], theirs[name], f"{where}.{name}") for name in ours if name not in _OWN]
    elif isinstance(ours, list) and isinstance(theirs, list):
        if len(ours) != len(theirs):
            return f"{where}: {len(ours)} and {len(theirs)} items"
        places = [(a, b, f"{where}.{at}") for at, (a, b) in enumerate(zip(ours, theirs, strict=True))]
    else:
        return None if _equal(ours, theirs) else f"{where}: {ours!r} and {theirs!r}"
    return next((found for place in places if (found := difference(*place))), None)


def _equal(ours: Any, theirs: Any) -> bool:
    if _is_number(ours) and _is_number(theirs):
        return isclose(ours, theirs, rel_tol=0, abs_tol=_TOLERANCE)
    return type(ours) is type(theirs) and bool(ours == theirs)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
