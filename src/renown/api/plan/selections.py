"""What an operation selects, gathered by the types its objects can have: the tree a plan is written from."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    BooleanValueNode,
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    ListValueNode,
    ObjectValueNode,
    SelectionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
    is_abstract_type,
    is_object_type,
)

_MOST_FIELDS = 3_000  # a short document of nested fragments can spell out to millions
_TYPENAME = "__typename"


class Unplanned(Exception):
    """An operation that is not for a plan: Strawberry answers it."""


@dataclass(slots=True)
class Selected:
    """A field as it is selected on one type; below it, for each type its objects can have, what they are asked for.

    `definition` is None for `__typename`. `waits` says whether its resolver or one below it is asynchronous.
    `variables` are those that its arguments, and those of the `fields` it and what is below it are, name.
    """

    key: str
    nodes: tuple[FieldNode, ...]
    parent: GraphQLObjectType
    definition: GraphQLField | None
    below: dict[GraphQLObjectType, list["Selected"]]
    waits_below: bool = field(init=False)
    waits: bool = field(init=False)
    fields: int = field(init=False)
    variables: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        below = [each for fields in self.below.values() for each in fields]
        self.waits_below = any(each.waits for each in below)
        self.waits = self.waits_below or (self.definition is not None and self.strawberry.is_async)
        self.fields = 1 + sum(each.fields for each in below)
        given = [each.value for each in self.nodes[0].arguments or ()]
        self.variables = frozenset().union(*map(variables_in, given), *(each.variables for each in below))

    @property
    def name(self) -> str:
        """As the schema writes it: `Voice.name`."""
        return f"{self.parent.name}.{self.nodes[0].name.value}"

    @property
    def strawberry(self) -> Any:
        """Strawberry's definition of the field."""
        assert self.definition is not None  # noqa: S101 - `__typename` is never resolved
        return self.definition.extensions["strawberry-definition"]


class Selections:
    """Reads selections of one document under given values of the variables in `@skip` and `@include`."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode, conditions: Mapping[str, bool]) -> None:
        self._schema = schema
        self._conditions = conditions
        self._fragments = {
            each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)
        }
        self._fields = 0

    def of(self, parent: GraphQLObjectType, sets: Iterable[SelectionSetNode | None]) -> list[Selected]:
        """The fields that selection sets ask of objects of one type, in the order of the answer.

        Raises:
            Unplanned: they are too many, or ask about the schema itself.
        """
        grouped: dict[str, list[FieldNode]] = {}
        spread: set[str] = set()
        for each in sets:
            self._gather(parent, each.selections if each else (), grouped, spread)
        return [self._selected(parent, key, nodes) for key, nodes in grouped.items()]

    def _gather(
        self,
        parent: GraphQLObjectType,
        selections: Iterable[SelectionNode],
        grouped: dict[str, list[FieldNode]],
        spread: set[str],
    ) -> None:
        for node in selections:
            if not self._included(node.directives or ()):
                continue
            if isinstance(node, FieldNode):
                grouped.setdefault((node.alias or node.name).value, []).append(node)
            elif isinstance(node, InlineFragmentNode):
                if node.type_condition is None or self._is_a(parent, node.type_condition.name.value):
                    self._gather(parent, node.selection_set.selections, grouped, spread)
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in spread:
                spread.add(node.name.value)
                fragment = self._fragments[node.name.value]
                if self._is_a(parent, fragment.type_condition.name.value):
                    self._gather(parent, fragment.selection_set.selections, grouped, spread)

    def _selected(self, parent: GraphQLObjectType, key: str, nodes: list[FieldNode]) -> Selected:
        self._fields += 1
        name = nodes[0].name.value
        if self._fields > _MOST_FIELDS or (name.startswith("__") and name != _TYPENAME):
            raise Unplanned
        if name == _TYPENAME:
            return Selected(key, tuple(nodes), parent, None, {})
        definition = parent.fields[name]
        below = {kind: self.of(kind, [node.selection_set for node in nodes]) for kind in self._objects(definition)}
        return Selected(key, tuple(nodes), parent, definition, below)

    def _objects(self, definition: GraphQLField) -> list[GraphQLObjectType]:
        answer = get_named_type(definition.type)
        if is_abstract_type(answer):
            return list(self._schema.get_possible_types(answer))
        return [answer] if is_object_type(answer) else []

    def _is_a(self, kind: GraphQLObjectType, name: str) -> bool:
        wanted = self._schema.type_map[name]
        return wanted is kind or (is_abstract_type(wanted) and self._schema.is_sub_type(wanted, kind))

    def _included(self, directives: Iterable[DirectiveNode]) -> bool:
        """Whether a selection is kept: `@skip` not true, `@include` not false."""
        return all(self._holds(each) == (each.name.value == "include") for each in directives)

    def _holds(self, directive: DirectiveNode) -> bool:
        value = _condition(directive)
        if isinstance(value, VariableNode):
            return self._conditions[value.name.value]
        return isinstance(value, BooleanValueNode) and value.value


def variables_in(value: ValueNode) -> frozenset[str]:
    """The names of the variables in a value."""
    if isinstance(value, ListValueNode):
        return frozenset().union(*map(variables_in, value.values))
    if isinstance(value, ObjectValueNode):
        return frozenset().union(*(variables_in(each.value) for each in value.fields))
    return frozenset([value.name.value] if isinstance(value, VariableNode) else ())


def condition_variables(document: DocumentNode) -> tuple[str, ...]:
    """The names of the variables that decide what is selected.

    Raises:
        Unplanned: it has directives other than `@skip` and `@include`.
    """
    return tuple(sorted({name for each in document.definitions for name in _conditions(each)}))


def _conditions(node: Any) -> Iterator[str]:
    for each in node.directives or ():
        if each.name.value not in {"skip", "include"}:
            raise Unplanned
        if isinstance(value := _condition(each), VariableNode):
            yield value.name.value
    within = getattr(node, "selection_set", None)
    for each in within.selections if within else ():
        yield from _conditions(each)


def _condition(directive: DirectiveNode) -> ValueNode | None:
    """What `@skip` or `@include` is given, which is one thing."""
    return next((each.value for each in directive.arguments or ()), None)
