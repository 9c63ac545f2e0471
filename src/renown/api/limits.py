"""What an operation may ask at most: how deep it goes, how many aliases it has, how many entries its pages multiply to.

Each fragment is measured once, however often it is spread: a short document cannot make the measuring long.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from graphql import (
    DefinitionNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    ValidationContext,
    ValidationRule,
)

from renown.errors import BadRequest
from renown.settings import Settings


@dataclass(frozen=True, slots=True)
class Size:
    """How many levels of fields lie within a selection, how many aliases, with fragments written out, and how many
    entries of pages and lists it can answer with: pages within pages multiply.
    """

    depth: int = 0
    aliases: int = 0
    entries: int = 0


def limiting(settings: Settings) -> type[ValidationRule]:
    """The validation rule that holds operations to the limits of these settings."""

    class Limits(ValidationRule):
        def __init__(self, context: ValidationContext) -> None:
            super().__init__(context)
            measure = _Measure(context.document.definitions, context.schema, settings.max_page)
            for operation in context.document.definitions:
                if isinstance(operation, OperationDefinitionNode):
                    for refusal in _refusals(measure, operation, settings):
                        self.report_error(GraphQLError(str(refusal), operation, original_error=refusal))

    return Limits


def _refusals(measure: "_Measure", operation: OperationDefinitionNode, settings: Settings) -> Iterable[BadRequest]:
    try:
        size = measure.size(operation.selection_set)
    except RecursionError:
        yield BadRequest("Its fragments are nested too deeply to be read.", "Write fewer of them.", code="TOO_DEEP")
        return
    if size.depth > settings.max_depth:
        yield BadRequest(
            f"The operation is {size.depth} levels deep, and {settings.max_depth} are allowed.",
            "Ask for the inner part by its id, with `node`.",
            code="TOO_DEEP",
        )
    if size.aliases > settings.max_aliases:
        yield BadRequest(
            f"The operation has {size.aliases} aliases, and {settings.max_aliases} are allowed.",
            "Ask for several things at once with `nodes`, `voices` or `scores`, or in several operations.",
            code="TOO_MANY_ALIASES",
        )
    if size.entries > settings.max_entries:
        yield BadRequest(
            f"The operation can answer with {size.entries} entries, and {settings.max_entries} are allowed.",
            "Pages within pages multiply: ask for fewer with `first`, or for the inner page by `node`.",
            code="TOO_WIDE",
        )


class _Measure:
    """Measures the selections of one document. Asking about the schema itself (`__schema`) has no depth."""

    def __init__(self, definitions: Iterable[DefinitionNode], schema: GraphQLSchema, max_page: int) -> None:
        self._fragments = {each.name.value: each for each in definitions if isinstance(each, FragmentDefinitionNode)}
        self._measured: dict[str, Size] = {}
        self._page_of = _default_pages(schema)
        self._max_page = max_page

    def size(self, selected: SelectionSetNode | None) -> Size:
        parts = [self._part(node) for node in selected.selections] if selected else []
        return Size(
            max((part.depth for part in parts), default=0),
            sum(part.aliases for part in parts),
            sum(part.entries for part in parts),
        )

    def _part(self, node: SelectionNode) -> Size:
        if isinstance(node, FragmentSpreadNode):
            return self._fragment(node.name.value)
        if isinstance(node, InlineFragmentNode):
            return self.size(node.selection_set)
        assert isinstance(node, FieldNode)  # noqa: S101 - there are these three
        within = self.size(node.selection_set)
        counts = node.selection_set is not None and not node.name.value.startswith("__")
        page = self._page(node)
        return Size(
            within.depth + 1 if counts else 0,
            within.aliases + (node.alias is not None),
            within.entries if page is None else page * (1 + within.entries),
        )

    def _page(self, node: FieldNode) -> int | None:
        """How many entries a field can answer with; None for one that is neither a page nor a list asked for by ids.

        What a variable will say is not known here: it is taken for a whole page.
        """
        for argument in node.arguments or ():
            match argument.name.value, argument.value:
                case "first", IntValueNode(value=value):
                    return max(0, min(int(value), self._max_page))  # more than a page is refused by the field
                case "ids" | "accounts", ListValueNode(values=values):
                    return len(values)
                case "first" | "ids" | "accounts", _:
                    return self._max_page
        return self._page_of.get(node.name.value)

    def _fragment(self, name: str) -> Size:
        """The size of a fragment; of one that does not exist, or contains itself, other rules complain."""
        if name not in self._measured:
            self._measured[name] = Size()
            if name in self._fragments:
                self._measured[name] = self.size(self._fragments[name].selection_set)
        return self._measured[name]


def _default_pages(schema: GraphQLSchema) -> dict[str, int]:
    """How many entries a page has where nothing is said, by the name of its field."""
    return {
        name: field.args["first"].default_value
        for kind in schema.type_map.values()
        if isinstance(kind, GraphQLObjectType)
        for name, field in kind.fields.items()
        if "first" in field.args
    }
