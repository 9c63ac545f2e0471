"""What a plan has at hand while it answers one request."""

from collections.abc import Mapping, Sequence
from typing import Any

from graphql import GraphQLError, located_error

from renown.api.context import Context
from renown.api.plan.source import Places


class Asked:
    """What resolvers take from `info`: the context, and which arguments the client gave."""

    __slots__ = ("_given", "context")

    def __init__(self, context: Context, given: frozenset[str] = frozenset()) -> None:
        self.context = context
        self._given = given

    def is_given(self, argument: str) -> bool:
        """Whether the client gave an argument that is not null."""
        return argument in self._given


class Answering:
    """One request on its way through a plan: `info`, the arguments of its fields, the errors so far."""

    __slots__ = ("_places", "arguments", "errors", "info")

    def __init__(self, context: Context, arguments: Sequence[Mapping[str, Any]], places: Places) -> None:
        self.info = Asked(context)
        self.arguments = arguments
        self.errors: list[GraphQLError] = []
        self._places = places

    def fail(self, error: Exception) -> None:
        """Notes an error below a field that may be null, and so is."""
        self.errors.append(self.placed(error))

    def placed(self, error: Exception) -> GraphQLError:
        """An error with its path and its place in the document; one that has them, from further below, keeps them.

        Called from the function that caught it, whose line says what it is about: so nothing need be written, or
        done, for the place of an error as long as there is none.
        """
        if isinstance(error, GraphQLError) and error.path is not None:
            return error
        caught = error.__traceback__
        assert caught is not None  # noqa: S101 - it was raised
        nodes, place = self._places[caught.tb_lineno]
        return located_error(error, list(nodes), place.within(caught.tb_frame.f_locals))
