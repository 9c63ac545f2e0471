"""The schema: Strawberry over the types, with limits on what an operation may ask."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import strawberry
import structlog
from graphql import ASTValidationRule, GraphQLError
from strawberry.extensions import AddValidationRules, MaxTokensLimiter, ParserCache, ValidationCache
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext

from renown.api.claims import SourcedCount, SourcedFloat, SourcedKind, SourcedString
from renown.api.extensions import Cost, ProvenancePaths
from renown.api.faults import is_fault, shown
from renown.api.limits import limiting
from renown.api.query import Query
from renown.api.rankings import RankingEntry
from renown.api.scalars import SCALARS
from renown.settings import Settings

_log = structlog.get_logger(__name__)

_DOCUMENTS_KEPT = 500


class Schema(strawberry.Schema):
    """Logs what is a fault of ours; what a user did wrong is told to the user."""

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Logs each fault with its traceback, and puts in the place of every error what the client may see of it."""
        del execution_context
        for error in errors:
            if is_fault(error):
                _log.error("a resolver failed", path=error.path, exc_info=error.original_error)
        errors[:] = [shown(error) for error in errors]


def build(settings: Settings, *, paths: bool = False) -> Schema:
    """The schema under the limits of these settings; with `paths`, answers carry `extensions.provenance`."""
    # One class for all requests: the cache of validated documents goes by it.
    rules: list[type[ASTValidationRule]] = [limiting(settings)]
    limits: Sequence[Any] = [
        lambda: MaxTokensLimiter(max_token_count=settings.max_tokens),
        lambda: AddValidationRules(rules),
        lambda: ParserCache(maxsize=_DOCUMENTS_KEPT),
        lambda: ValidationCache(maxsize=_DOCUMENTS_KEPT),
        Cost,
    ]
    return Schema(
        query=Query,
        types=[SourcedString, SourcedCount, SourcedFloat, SourcedKind, RankingEntry],
        extensions=[*limits, *([ProvenancePaths] if paths else [])],
        config=StrawberryConfig(scalar_map={**SCALARS}),
    )


@lru_cache(maxsize=1)
def sdl() -> str:
    """The schema in the schema definition language, as `schema.graphql` holds it."""
    return build(Settings(_env_file=None)).as_str() + "\n"  # pyright: ignore[reportCallIssue]
