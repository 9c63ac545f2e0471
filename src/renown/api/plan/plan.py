"""An operation compiled: for each set of values of the variables in its `@skip` and `@include`, one plan."""

from collections.abc import Mapping
from typing import Any

from graphql import DocumentNode, GraphQLError, OperationDefinitionNode
from graphql.execution.values import VariableValues

from renown.api.context import Context
from renown.api.plan.inputs import Variables
from renown.api.plan.renderings import Keeping, Renderings
from renown.api.plan.running import Answering
from renown.api.plan.selections import Selections, Unplanned, condition_variables
from renown.api.plan.writing import Writer

_MOST_CONDITIONS = 4  # at most 16 plans for an operation

Answer = tuple[dict[str, Any] | None, list[GraphQLError]]


class Plan:
    """One operation under given conditions, as Python. `source` is its text, for whoever wants to read it."""

    def __init__(
        self,
        schema: Any,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        conditions: Mapping[str, bool],
        renderings: Renderings,
    ) -> None:
        selections = Selections(schema._schema, document, conditions)  # noqa: SLF001
        writer = Writer(schema)
        name, self._waits = writer.operation(selections.of(schema._schema.query_type, [operation.selection_set]))  # noqa: SLF001
        self.source = str(writer.source)
        self._arguments = tuple(writer.arguments)
        functions, self._places = writer.source.run()
        self._answer = functions[name]
        self._renderings = renderings
        self._parts = tuple(writer.parts)
        self._renders = [functions[part.function] for part in self._parts]

    async def run(self, context: Context, variables: VariableValues) -> Answer:
        """The data and the errors; within the data, what is kept is JSON already."""
        asked = self._asked(context, variables)
        try:
            data = self._answer(asked, None, ())
            return await data if self._waits else data, asked.errors
        except GraphQLError as error:
            return None, [*asked.errors, error]

    def _asked(self, context: Context, variables: VariableValues) -> Answering:
        arguments = [each.read(context, variables) for each in self._arguments]
        if not self._parts:
            return Answering(context, arguments, self._places)
        keys = [part.key(variables) for part in self._parts]
        return Keeping(
            context,
            arguments,
            self._places,
            renderings=self._renderings,
            parts=self._parts,
            functions=self._renders,
            keys=keys,
        )


class Operation:
    """A query of a validated document, with its plans.

    Raises:
        Unplanned: it is not for a plan.
    """

    def __init__(
        self, schema: Any, document: DocumentNode, definition: OperationDefinitionNode, renderings: Renderings
    ) -> None:
        self._schema = schema
        self._renderings = renderings
        self._document = document
        self._definition = definition
        self._conditions = condition_variables(document)
        if len(self._conditions) > _MOST_CONDITIONS:
            raise Unplanned
        self._variables = Variables(schema._schema, definition.variable_definitions or ())  # noqa: SLF001
        self._plans: dict[tuple[bool, ...], Plan] = {}

    async def run(self, context: Context, variables: Mapping[str, Any]) -> Answer:
        """The data and the errors.

        Raises:
            Unplanned: it is not for a plan with these variables, the wrong ones among them.
        """
        values = self._variables.read(variables)
        return await self.plan(values).run(context, values)

    def plan(self, variables: VariableValues) -> Plan:
        """The plan for the conditions these variables make.

        Raises:
            Unplanned: a condition is null, or what is selected then is not for a plan.
        """
        conditions: dict[str, Any] = {name: variables.coerced.get(name) for name in self._conditions}
        key = tuple(conditions.values())
        if None in key:
            raise Unplanned
        if key not in self._plans:
            self._plans[key] = Plan(self._schema, self._document, self._definition, conditions, self._renderings)
        return self._plans[key]
