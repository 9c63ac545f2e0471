"""The plans of a schema: found by the text of an operation, kept while they are asked for."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from graphql import OperationDefinitionNode, OperationType

from renown.api.context import Context
from renown.api.plan.documents import Documents
from renown.api.plan.plan import Answer, Operation
from renown.api.plan.renderings import MOST_BYTES, Renderings
from renown.api.plan.selections import Unplanned
from renown.gateway.until_changed import UntilChanged

_KEPT = 500


class Plans:
    """Answers operations by plans. `answered` counts those it did; `renderings` are what it keeps of them."""

    def __init__(self, schema: Any, documents: Documents, most_bytes: int = MOST_BYTES) -> None:
        self.answered = 0
        self.renderings: Renderings = UntilChanged(most_bytes)
        self._schema = schema
        self._documents = documents
        self._operation = lru_cache(maxsize=_KEPT)(self._compiled)

    async def answer(
        self, query: str, variables: Mapping[str, Any], operation_name: str | None, context: Context
    ) -> Answer | None:
        """The data and the errors; None where the operation is not for a plan, or refused before it can run.

        Within the data, what was kept is a `msgspec.Raw`: JSON already.
        """
        operation = self._operation(query, operation_name)
        if operation is None:
            return None
        try:
            answer = await operation.run(context, variables)
        except Unplanned:
            return None
        self.answered += 1
        return answer

    def _compiled(self, query: str, operation_name: str | None) -> Operation | None:
        """The operation; None where it is not for a plan, also where reading it fails: Strawberry then says how."""
        try:
            document = self._documents.read(self._schema._schema, query)  # noqa: SLF001
            definition = None if document.errors else _query(document.node.definitions, operation_name)
            return definition and Operation(self._schema, document.node, definition, self.renderings)
        except Exception:  # noqa: BLE001 - Strawberry meets it again, and reports it
            return None


def _query(definitions: Any, name: str | None) -> OperationDefinitionNode | None:
    """The query that is asked for: the first operation where no name is given."""
    operations = [each for each in definitions if isinstance(each, OperationDefinitionNode)]
    named = [each for each in operations if name is None or (each.name is not None and each.name.value == name)]
    return named[0] if named and named[0].operation is OperationType.QUERY else None
