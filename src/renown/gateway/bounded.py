"""A memory with a bound: when it is full, what was put in first makes room."""

from collections import OrderedDict
from typing import TypeVar

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class Bounded(OrderedDict[_Key, _Value]):
    """At most `most` values, put in by `keep`."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def keep(self, key: _Key, value: _Value) -> None:
        """Put a value in."""
        while len(self) >= self._most and key not in self:
            self.popitem(last=False)
        self[key] = value
