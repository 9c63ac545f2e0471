"""Python text in the making: functions, the names in them, and the values those names stand for."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

from graphql import FieldNode


@dataclass(frozen=True, slots=True)
class Counter:
    """The name of the variable that counts a list's items."""

    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the answer a line is at work: behind the `path` of its function, keys and the counters of loops."""

    steps: tuple[str | Counter, ...] = ()

    def step(self, *steps: str | Counter) -> "Place":
        """One or more steps on."""
        return Place((*self.steps, *steps))

    def within(self, names: Mapping[str, Any]) -> list[str | int]:
        """The path, by the local names of the function."""
        return [*names["path"], *(names[each.name] if isinstance(each, Counter) else each for each in self.steps)]

    def __str__(self) -> str:
        """As Python text."""
        steps = ", ".join(each.name if isinstance(each, Counter) else repr(each) for each in self.steps)
        return f"(*path, {steps})" if steps else "path"


# By the number of a line: the nodes of the field it is about, and its place.
Places = dict[int, tuple[Sequence[FieldNode], Place]]


class Function:
    """The text of one function `name(asked, source, path)`. `blocks` says how many `for` and `try` it is within.

    An error that none of its lines catches leaves it with its place in the answer.
    """

    def __init__(self, name: str, *, waits: bool) -> None:
        self.blocks = 1
        self.places: dict[int, tuple[Sequence[FieldNode], Place]] = {}
        self.lines = [
            f"{'async ' if waits else ''}def {name}(asked, source, path):",
            "    info = asked.info",
            "    try:",
        ]
        self._depth = 2

    def line(self, text: str, nodes: Sequence[FieldNode] = (), place: Place | None = None) -> None:
        """Adds a statement; where it can fail, with the field it is about and the place of that in the answer."""
        if place is not None:
            self.places[len(self.lines)] = (nodes, place)
        self.lines.append("    " * self._depth + text)

    @contextmanager
    def under(self, head: str, nodes: Sequence[FieldNode] = (), place: Place | None = None) -> Iterator[None]:
        """What is added meanwhile stands under this head."""
        nests = head.startswith(("try", "for"))
        self.line(head, nodes, place)
        self._depth += 1
        self.blocks += nests
        yield
        self.blocks -= nests
        self._depth -= 1

    def finish(self) -> None:
        """Adds what every function ends with."""
        self._depth = 1
        with self.under("except Exception as error:"):
            self.line("raise asked.placed(error)")


class Source:
    """A module in the making."""

    def __init__(self) -> None:
        self._functions: list[Function] = []
        self._values: dict[str, Any] = {}
        self._named: dict[tuple[str, int], str] = {}
        self._count = count(1)

    def function(self, *, waits: bool) -> tuple[str, Function]:
        """A new function and its name."""
        name = self.name("at")
        function = Function(name, waits=waits)
        self._functions.append(function)
        return name, function

    def name(self, prefix: str) -> str:
        """A name that is not taken."""
        return f"{prefix}{next(self._count)}"

    def value(self, prefix: str, value: Any) -> str:
        """The name under which functions find a value; the same one for the same value."""
        key = (prefix, id(value))
        if key not in self._named:
            self._named[key] = name = self.name(prefix)
            self._values[name] = value
        return self._named[key]

    def run(self) -> tuple[dict[str, Any], Places]:
        """The functions by name, and the places of their lines."""
        scope = dict(self._values)
        exec(compile(str(self), "<plan>", "exec"), scope)  # noqa: S102 - from names of the schema, and texts by repr
        places: Places = {}
        first = 1
        for function in self._functions:
            places.update({first + number: place for number, place in function.places.items()})
            first += len(function.lines)
        return scope, places

    def __str__(self) -> str:
        return "".join(f"{line}\n" for function in self._functions for line in function.lines)
