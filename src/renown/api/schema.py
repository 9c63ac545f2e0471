"""The schema: Strawberry over the types, with limits on what an operation may ask."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import msgspec
import strawberry
import structlog
from graphql import GraphQLError
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext, ExecutionResult
from strawberry.types.graphql import OperationType

from renown.api.claims import SourcedCount, SourcedFloat, SourcedKind, SourcedString
from renown.api.context import Context, Info
from renown.api.extensions import Cost, ProvenancePaths, cost_of
from renown.api.faults import is_fault, shown
from renown.api.limits import limiting
from renown.api.plan import Documents, KeptDocuments, Plans
from renown.api.query import Query
from renown.api.rankings import RankingEntry
from renown.api.scalars import SCALARS
from renown.settings import Settings

_log = structlog.get_logger(__name__)


class Schema(strawberry.Schema):
    """Answers by plans what they can answer. Logs what is a fault of ours; what a user did wrong is told to the user.

    `plans` is None where every operation goes to Strawberry.
    """

    plans: Plans | None = None

    async def execute(self, *args: Any, **options: Any) -> ExecutionResult:
        """The answer to an operation, by a plan or by Strawberry: the same either way."""
        result = await self.run(*args, **options)
        if isinstance(result, ExecutionResult) and result.data is not None:
            result.data = msgspec.json.decode(msgspec.json.encode(result.data))
        return result

    async def run(
        self,
        query: str | None,
        variable_values: dict[str, Any] | None = None,
        context_value: Any | None = None,
        root_value: Any | None = None,
        operation_name: str | None = None,
        allowed_operation_types: Iterable[OperationType] | None = None,
        operation_extensions: dict[str, Any] | None = None,
    ) -> ExecutionResult:
        """The same, for whoever encodes it with msgspec: in its data, a `msgspec.Raw` is JSON that was kept."""
        allowed = None if allowed_operation_types is None else frozenset(allowed_operation_types)
        may_read = allowed is None or OperationType.QUERY in allowed
        if self.plans and query and may_read and isinstance(context_value, Context):
            answer = await self.plans.answer(query, variable_values or {}, operation_name, context_value)
            if answer is not None:
                data, errors = answer
                self.process_errors(errors)
                return ExecutionResult(data=data, errors=errors or None, extensions=cost_of(context_value))
        return await super().execute(
            query,
            variable_values,
            context_value,
            root_value,
            operation_name,
            allowed,
            operation_extensions,
        )

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Logs each fault with its traceback, and puts in the place of every error what the client may see of it."""
        del execution_context
        for error in errors:
            if is_fault(error):
                _log.error("a resolver failed", path=error.path, exc_info=error.original_error)
        errors[:] = [shown(error) for error in errors]


def build(settings: Settings, *, paths: bool = False) -> Schema:
    """The schema under the limits of these settings; with `paths`, answers carry `extensions.provenance`."""
    documents = Documents([limiting(settings)], settings.max_tokens)
    schema = Schema(
        query=Query,
        types=[SourcedString, SourcedCount, SourcedFloat, SourcedKind, RankingEntry],
        extensions=[lambda: KeptDocuments(documents), Cost, *([ProvenancePaths] if paths else [])],
        config=StrawberryConfig(scalar_map={**SCALARS}, info_class=Info),
    )
    if not paths:
        schema.plans = Plans(schema, documents)
    return schema


@lru_cache(maxsize=1)
def sdl() -> str:
    """The schema in the schema definition language, as `schema.graphql` holds it."""
    return build(Settings(_env_file=None)).as_str() + "\n"  # pyright: ignore[reportCallIssue]
