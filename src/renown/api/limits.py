"""What an operation may ask at most: how deep it goes, and how many aliases it has.

Each fragment is measured once, however often it is spread: a short document cannot make the measuring long.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    OperationDefinitionNode,
    SelectionSetNode,
    ValidationContext,
    ValidationRule,
)

from renown.errors import BadRequest
from renown.settings import Settings


@dataclass(frozen=True, slots=True)
class Size:
    """How many levels of fields lie below a selection, and how many aliases it has where fragments are written out."""

    depth: int = 0
    aliases: int = 0


class _Measure:
    """Measures selections of one document. What asks about the schema itself (`__schema`) has no depth."""

    def __init__(self, fragments: dict[str, FragmentDefinitionNode]) -> None:
        self._fragments = fragments
        self._measured: dict[str, Size] = {}

    def size(self, selected: SelectionSetNode) -> Size:
        depth = aliases = 0
        for node in selected.selections:
            of_node, named = Size(), isinstance(node, FieldNode)
            if isinstance(node, FragmentSpreadNode):
                of_node = self._fragment(node.name.value)
            elif node.selection_set is not None:
                of_node = self.size(node.selection_set)
            below = 0 if named and node.name.value.startswith("__") else of_node.depth + (node.selection_set is not None if named else 0)
            depth = max(depth, below)
            aliases += of_node.aliases + (named and node.alias is not None)
        return Size(depth, aliases)
