"""Operations that between them select every field of the schema, written from the schema itself.

Below each root field every path is walked down to a depth, through each type at most once; where the walk stops, the
leaves of the object there are still selected. An operation over the limit of tokens is taken apart, branch by branch.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from graphql import GraphQLObjectType, GraphQLSchema, get_named_type, is_leaf_type, is_object_type

_TOKEN = re.compile(r'\w+|"[^"]*"|\.\.\.|[^\s,]')
_Wrap = Callable[[str], str]


@dataclass
class Branch:
    """A field (or a fragment on a type) with its arguments, the leaves selected in it, and what goes on below."""

    head: str
    leaves: list[str]
    branches: list["Branch"] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.head} {{ {' '.join([*self.leaves, *map(str, self.branches)])} }}"


@dataclass
class Walk:
    """`arguments` gives what stands behind a field, by (type, field). `seen` are the (type, field) pairs selected."""

    schema: GraphQLSchema
    arguments: Mapping[tuple[str, str], str]
    most_tokens: int
    seen: set[tuple[str, str]] = field(default_factory=set)

    def operations(self, root: str, depth: int, arguments: str | None = None, only: str | None = None) -> Iterator[str]:
        """The operations down to so many objects below one root field; `only` one of the types it can answer with."""
        query = self.schema.query_type
        assert query is not None
        if is_leaf_type(get_named_type(query.fields[root].type)):
            self.seen.add((query.name, root))
            return iter([f"{{ {root} }}"])
        branch = self._field(query, root, depth, {query.name}, arguments=arguments, only=only)
        return self._pieces(branch, lambda inner: f"{{ {inner} }}")

    def _pieces(self, branch: Branch, wrap: _Wrap) -> Iterator[str]:
        whole = wrap(str(branch))
        if len(_TOKEN.findall(whole)) <= self.most_tokens:
            yield whole
            return
        yield wrap(str(Branch(branch.head, branch.leaves)))
        for each in branch.branches:
            yield from self._pieces(each, lambda inner: wrap(f"{branch.head} {{ __typename {inner} }}"))

    def _field(
        self,
        parent: GraphQLObjectType,
        name: str,
        depth: int,
        above: set[str],
        *,
        arguments: str | None = None,
        only: str | None = None,
    ) -> Branch:
        self.seen.add((parent.name, name))
        head = name + (self.arguments.get((parent.name, name), "") if arguments is None else arguments)
        answer = get_named_type(parent.fields[name].type)
        if is_object_type(answer):
            return self._object(head, answer, depth, above)
        types = [each for each in self.schema.get_possible_types(answer) if only in {None, each.name}]
        return Branch(head, ["__typename"], [self._object(f"... on {each.name}", each, depth, above) for each in types])

    def _object(self, head: str, of: GraphQLObjectType, depth: int, above: set[str]) -> Branch:
        leaves = ["__typename", *(name for name, each in of.fields.items() if is_leaf_type(get_named_type(each.type)))]
        self.seen |= {(of.name, name) for name in leaves[1:]}
        if "provenance" in of.fields:
            leaves.append("provenance { source }")
        deeper = [] if depth == 0 or of.name in above else [name for name in of.fields if name not in leaves]
        return Branch(head, leaves, [self._field(of, name, depth - 1, above | {of.name}) for name in deeper])
