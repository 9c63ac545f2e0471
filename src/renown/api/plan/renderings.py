"""Objects that were rendered before: their JSON is kept, and put into other answers as it is.

An object whose class has `kept_by` says what its rendering hangs on, beside the change number, the clock and what is
selected on it: two objects of a class that say the same are rendered alike. None: this one is not to be kept. What
`forms_by` says, and what is kept of it, is told in `forms`.
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
from renown.api.plan.forms import Form, Pieces, Unformed, form_of
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

Renderings = UntilChanged[Hashable, Any]
"""`msgspec.Raw` of objects, pieces of forms."""


def may_be_kept(kind: type, fields: Sequence[Selected]) -> bool:
    """Whether what is selected on objects of a class is kept."""
    return hasattr(kind, "kept_by") and sum(each.fields for each in fields) >= _FEWEST_FIELDS


@dataclass(frozen=True, slots=True)
class Part:
    """What is selected on an object in one place of a plan: the function that renders it, the variables it reads.

    With a form it is selected on the objects of a list.
    """

    function: str
    variables: Sequence[str]
    form: Form | None = None
    serial: int = field(default_factory=_serials.__next__)

    def key(self, variables: VariableValues) -> Hashable:
        """What tells it from other parts of any plan, and from itself under other variables."""
        if not self.variables:
            return self.serial
        return self.serial, repr([variables.coerced.get(name, Undefined) for name in self.variables])


class Keeping(Answering):
    """One request on its way through a plan that has parts."""

    __slots__ = ("_change", "_changes", "_functions", "_keys", "_moment", "_parts", "_renderings", "_tally")

    def __init__(
        self,
        context: Context,
        arguments: Sequence[Mapping[str, Any]],
        places: Places,
        *,
        renderings: Renderings,
        parts: Sequence[Part],
        functions: Sequence[Callable[..., Any]],
        keys: Sequence[Hashable],
    ) -> None:
        super().__init__(context, arguments, places)
        self._renderings = renderings
        self._parts = parts
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

    def filled(self, part: int, source: Any, resolve: Callable[[Any], Sequence[Any]]) -> msgspec.Raw | None:
        """The JSON of a list of an object's, by forms; None where what it holds is to be rendered one by one."""
        form, change, errors = self._parts[part].form, self._known(), len(self.errors)
        common, each = source.forms_by
        if form is None or change is None or not each:
            return None
        # As a text, whose hash is worked out once for all of them.
        common = repr((self._keys[part], common))
        try:
            keys = [(common, own) for own in each]
            return form.filled(source, self._forms(part, keys, change, lambda: resolve(source)))
        except Exception:  # noqa: BLE001 - one by one it is met again, where it belongs
            del self.errors[errors:]
            return None

    def _forms(
        self, part: int, keys: Sequence[Hashable], change: int, objects: Callable[[], Sequence[Any]]
    ) -> list[Pieces]:
        """The forms of objects, kept or made.

        Raises:
            Unformed: one cannot be kept, or there is an error in it.
        """
        kept, moment = self._renderings.get, self._moment
        held = [kept(key, change, moment) for key in keys]
        sources = objects() if None in held else keys
        found = [
            form or self._formed(part, source, key, change)
            for form, source, key in zip(held, sources, keys, strict=True)
        ]
        until = min(until for _, until in found)
        if until != inf:
            self._tally.ends(until)
        return [form for form, _ in found]

    def _formed(self, part: int, source: Any, key: Hashable, change: int) -> tuple[Pieces, float]:
        errors = len(self.errors)
        with Watch(self._tally) as watch:
            form = form_of(self._functions[part](self, source, ()))
        if len(self.errors) > errors or not watch.cost_nothing or watch.until <= self._moment:
            raise Unformed
        size = sum(map(len, form)) + _BESIDE
        self._renderings.keep(key, form, size, change=change, until=watch.until)
        return form, watch.until

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
