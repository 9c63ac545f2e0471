"""JSONPath (RFC 9535) by python-jsonpath, held to what costs no more than a walk through the reply.

A description may come from somebody else, and a reply from anybody, so a path that could run away is refused when it
is read: regular expressions, several selectors in one pair of brackets (each pair would multiply what is found), more
than one `..`, and anything but plain steps inside a filter. What is left visits each node of the reply at most once
for each segment of the path; how large and how deep a reply is, `wire.decode` and the transport bound.
"""

from itertools import islice
from typing import TYPE_CHECKING, Any

from renown.errors import InvalidReply

if TYPE_CHECKING:
    from jsonpath import JSONPath, JSONPathEnvironment
    from jsonpath.filter import BaseExpression

_LONGEST = 300
_REGULAR_EXPRESSIONS = ("match", "search")


class Finder:
    """One path, compiled."""

    __slots__ = ("_path", "text")

    def __init__(self, text: str) -> None:
        """Compile a path.

        Raises:
            ValueError: it is no JSONPath, or one that could cost too much; says why.
        """
        self.text = text
        self._path = _compiled(text)

    def every(self, tree: Any) -> list[Any]:
        """Everything it finds, in order."""
        # The library would read a text as a JSON document of its own.
        return self._path.findall(tree) if isinstance(tree, dict | list) else []

    def one(self, tree: Any) -> Any:
        """What it finds, None where it finds nothing.

        Raises:
            InvalidReply: it finds more than one thing, so that nobody can say which is meant.
        """
        if not isinstance(tree, dict | list):
            return None
        found = [match.obj for match in islice(self._path.finditer(tree), 2)]
        if len(found) > 1:
            raise InvalidReply(f"The path {self.text} finds several values in the reply, where one is expected.")
        return found[0] if found else None


def _compiled(text: str) -> "JSONPath":
    from jsonpath import JSONPath, JSONPathError

    if len(text) > _LONGEST:
        raise ValueError(f"the path is longer than {_LONGEST} characters")
    try:
        path = _environment().compile(text)
    except (JSONPathError, RecursionError) as trouble:
        raise ValueError(f"{text!r} is no JSONPath: {str(trouble).splitlines()[0]}") from None
    if not isinstance(path, JSONPath):
        raise ValueError(f"{text!r} is several paths")  # noqa: TRY004 - a value that is refused, not a wrong type
    _refuse_costly(path)
    return path


def _environment() -> "JSONPathEnvironment":
    from jsonpath import JSONPathEnvironment

    environment = JSONPathEnvironment(strict=True)
    for name in _REGULAR_EXPRESSIONS:
        del environment.function_extensions[name]
    return environment


def _refuse_costly(path: "JSONPath") -> None:
    from jsonpath.segments import JSONPathRecursiveDescentSegment
    from jsonpath.selectors import Filter

    if any(len(segment.selectors) > 1 for segment in path.segments):
        raise ValueError("a path may hold one selector between brackets, not several")
    if sum(isinstance(segment, JSONPathRecursiveDescentSegment) for segment in path.segments) > 1:
        raise ValueError("a path may hold `..` once only")
    for segment in path.segments:
        for selector in segment.selectors:
            if isinstance(selector, Filter):
                _refuse_costly_filter(selector.expression)


def _refuse_costly_filter(expression: "BaseExpression") -> None:
    from jsonpath.filter import FilterQuery

    if isinstance(expression, FilterQuery) and not expression.path.singular_query():
        raise ValueError("inside a filter a path may hold plain steps only, as in @.network or @.scores[0]")
    for child in expression.children():
        _refuse_costly_filter(child)
