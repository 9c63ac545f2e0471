"""Objects that were rendered before: their JSON is kept, and put into other answers as it is.

An object whose class has `kept_by` says what its rendering hangs on, beside the change number, the clock and what is
selected on it: two objects of a class that say the same are rendered alike. None: this one is not to be kept.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from math import inf
from typing import Any

import msgspec
from graphql import Undefined
from graphql.execution.values import VariableValues

from renown.api.context import Context
from renown.api.plan.running import Answering
from renown.api.plan.selections import Selected
from renown.api.plan.source import Places
from renown.gateway import Watch
from renown.gateway.until_changed import UntilChanged

MOST_BYTES = 128_000_000
"""What all renderings of a schema may take."""

_BESIDE = 500  # bytes: a key, and the objects that hold it
_FEWEST_FIELDS = 4  # fewer are rendered as soon as found

_encode = msgspec.json.Encoder().encode
_serials = count()

Renderings = UntilChanged[Hashable, msgspec.Raw]


def may_be_kept(kind: type, fields: Sequence[Selected]) -> bool:
    """Whether what is selected on objects of a class is kept."""
    return hasattr(kind, "kept_by") and sum(each.fields for each in fields) >= _FEWEST_FIELDS


@dataclass(frozen=True, slots=True)
class Part:
    """What is selected on an object in one place of a plan: the function that renders it, the variables it reads."""

    function: str
    variables: Sequence[str]
    serial: int = field(default_factory=_serials.__next__)

    def key(self, variables: VariableValues) -> Hashable:
        """What tells it from other parts of any plan, and from itself under other variables."""
        if not self.variables:
            return self.serial
        return self.serial, repr([variables.coerced.get(name, Undefined) for name in self.variables])


class Keeping(Answering):
    """One request on its way through a plan that has parts."""

    __slots__ = ("_change", "_changes", "_functions", "_keys", "_moment", "_renderings", "_tally")

    def __init__(
        self,
        context: Context,
        arguments: Sequence[Mapping[str, Any]],
        places: Places,
        *,
        renderings: Renderings,
        functions: Sequence[Callable[..., Any]],
        keys: Sequence[Hashable],
    ) -> None:
        super().__init__(context, arguments, places)
        self._renderings = renderings
        self._functions = functions
        self._keys = keys
        self._tally = context.tally
        self._changes = context.gateway.changes
        self._change: int | None = None  # while no other task can change it
        self._moment = context.began.timestamp()

    def kept(self, part: int, source: Any) -> msgspec.Raw | None:
        """The JSON of an object, where it was rendered before and that still holds."""
        by, change = source.kept_by, self._known()
        if by is None or change is None:
            return None
        found = self._renderings.get((self._keys[part], by), change, self._moment)
        if found is None:
            return None
        json, until = found
        if until != inf:
            self._tally.ends(until)
        return json

    def made(self, part: int, source: Any, path: Sequence[Any]) -> Any:
        """The rendering of an object, kept from now on where it may be."""
        before, errors = self._change, len(self.errors)
        self._change = change = self._known()
        try:
            with Watch(self._tally) as watch:
                data = self._functions[part](self, source, path)
        finally:
            self._change = before
        return self._keep(part, source, data, watch, change if len(self.errors) == errors else None)

    async def made_waiting(self, part: int, source: Any, path: Sequence[Any]) -> Any:
        """The same of what is asynchronous."""
        change, errors = self._known(), len(self.errors)
        with Watch(self._tally) as watch:
            data = await self._functions[part](self, source, path)
        stands = self._known() == change and len(self.errors) == errors
        return self._keep(part, source, data, watch, change if stands else None)

    def _known(self) -> int | None:
        return self._changes.known() if self._change is None else self._change

    def _keep(self, part: int, source: Any, data: Any, watch: Watch, change: int | None) -> Any:
        """The data; or its JSON, which is then kept: it was made at one change number, and holds for a while."""
        by = source.kept_by
        if by is None or change is None or not watch.cost_nothing or watch.until <= self._moment:
            return data
        json = _encode(data)
        rendering = msgspec.Raw(json)
        self._renderings.keep((self._keys[part], by), rendering, len(json) + _BESIDE, change=change, until=watch.until)
        return rendering
