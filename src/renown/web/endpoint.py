"""Runs operations: the schema, with a context for each of them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgspec
from strawberry.http import process_result
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types.execution import PreExecutionError
from strawberry.types.graphql import OperationType

from renown.api import Context, Schema, build
from renown.errors import BadRequest
from renown.gateway import Gateway
from renown.web.requests import GraphQLRequest

_encode = msgspec.json.Encoder().encode
_ALLOWED = {method: frozenset(OperationType.from_http(method)) for method in ("GET", "POST")}


@dataclass(frozen=True, slots=True)
class Executed:
    """The JSON of an answer; whether the operation was run at all, and whether it has errors."""

    body: bytes
    was_run: bool
    has_errors: bool


class Endpoint:
    """The schema, and the one with `extensions.provenance`, built when it is first asked for.

    Following every path costs time at every field, so that is a schema of its own.
    """

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._plain = build(gateway.settings)

    async def execute(self, asked: GraphQLRequest, context: Context) -> Executed:
        """Runs what is asked.

        Raises:
            BadRequest: the document has no such operation, or one the method does not allow (code BAD_QUERY).
        """
        operation = asked.operation
        try:
            result = await (self._with_paths if asked.scope.with_paths else self._plain).run(
                asked.document,
                operation.variables,
                context_value=context,
                operation_name=operation.operation_name,
                allowed_operation_types=_ALLOWED[asked.method],
            )
        except CannotGetOperationTypeError as error:
            raise _not_run(error.as_http_error_reason()) from None
        except InvalidOperationTypeError as error:
            raise _not_run(error.as_http_error_reason(asked.method)) from None
        # Whatever the answer names can then be found by every process.
        await self._gateway.recipes.settle()
        return _executed(result)

    @cached_property
    def _with_paths(self) -> Schema:
        return build(self._gateway.settings, paths=True)


def _executed(result: Any) -> Executed:
    shown = process_result(result)
    # Variables that do not fit come as a result like any other, but no resolver was called.
    was_run = not isinstance(result, PreExecutionError) and (
        result.data is not None or not result.errors or any(error.path for error in result.errors)
    )
    if not was_run:
        shown.pop("data", None)
    return Executed(_encode(shown), was_run, bool(result.errors))


def _not_run(reason: str) -> BadRequest:
    return BadRequest(reason, "Compare it with the schema: GraphiQL shows it.", code="BAD_QUERY")
