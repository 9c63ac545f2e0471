"""What an operation may ask at most: how deep it goes, and how many aliases it has.

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
    InlineFragmentNode,
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
    """How many levels of fields lie within a selection, and how many aliases, with fragments written out."""

    depth: int = 0
    aliases: int = 0


def limiting(settings: Settings) -> type[ValidationRule]:
    """The validation rule that holds operations to the limits of these settings."""

    class Limits(ValidationRule):
        def __init__(self, context: ValidationContext) -> None:
            super().__init__(context)
            measure = _Measure(context.document.definitions)
            for operation in context.document.definitions:
                if isinstance(operation, OperationDefinitionNode):
                    for refusal in _refusals(measure.size(operation.selection_set), settings):
                        self.report_error(GraphQLError(str(refusal), operation, original_error=refusal))

    return Limits


def _refusals(size: Size, settings: Settings) -> Iterable[BadRequest]:
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


class _Measure:
    """Measures the selections of one document. Asking about the schema itself (`__schema`) has no depth."""

    def __init__(self, definitions: Iterable[DefinitionNode]) -> None:
        self._fragments = {each.name.value: each for each in definitions if isinstance(each, FragmentDefinitionNode)}
        self._measured: dict[str, Size] = {}

    def size(self, selected: SelectionSetNode | None) -> Size:
        parts = [self._part(node) for node in selected.selections] if selected else []
        return Size(max((part.depth for part in parts), default=0), sum(part.aliases for part in parts))

    def _part(self, node: SelectionNode) -> Size:
        if isinstance(node, FragmentSpreadNode):
            return self._fragment(node.name.value)
        if isinstance(node, InlineFragmentNode):
            return self.size(node.selection_set)
        assert isinstance(node, FieldNode)  # noqa: S101 - there are these three
        within = self.size(node.selection_set)
        counts = node.selection_set is not None and not node.name.value.startswith("__")
        return Size(within.depth + 1 if counts else 0, within.aliases + (node.alias is not None))

    def _fragment(self, name: str) -> Size:
        """The size of a fragment; of one that does not exist, or contains itself, other rules complain."""
        if name not in self._measured:
            self._measured[name] = Size()
            if name in self._fragments:
                self._measured[name] = self.size(self._fragments[name].selection_set)
        return self._measured[name]
