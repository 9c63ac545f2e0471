"""Valid operations drawn at random over a schema: fragments, aliases, directives, variables; arguments good and bad."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_enum_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
)

_VARIABLE, _CONDITION, _ALIAS, _GIVEN, _NULL = 0.15, 0.06, 0.15, 0.5, 0.1
_MOST_CONDITIONS, _MOST_FIELDS = 3, 25


class Enum(str):
    """A value that is written without quotes in a document."""

    __slots__ = ()


@dataclass
class Drawn:
    """An operation and its variables."""

    text: str
    variables: dict[str, Any]


@dataclass
class Drawing:
    """Draws one operation. `pools` gives values by the name of an argument or input field, or by type.

    The first of a pool come more often than the last, which are the ones that fields refuse.
    """

    schema: GraphQLSchema
    random: Random
    pools: Mapping[str, Sequence[Any]]
    _declared: list[str] = field(default_factory=list)
    _variables: dict[str, Any] = field(default_factory=dict)
    _conditions: list[str] = field(default_factory=list)
    _fragments: list[str] = field(default_factory=list)
    _count: int = 0

    def operation(self, roots: Sequence[str]) -> Drawn:
        """An operation that asks one or two of these root fields."""
        query = self.schema.query_type
        chosen = self.random.choices(roots, k=self.random.choice([1, 1, 2]))
        inside = " ".join(self._field(query, name, depth=self.random.choice([2, 3, 4, 5])) for name in chosen)
        head = f"query Drawn({', '.join(self._declared)})" if self._declared else "query"
        return Drawn(f"{head} {{ {inside} }}\n" + "\n".join(self._fragments), self._variables)

    def _chance(self, share: float) -> bool:
        return self.random.random() < share

    def _name(self, prefix: str) -> str:
        self._count += 1
        return f"{prefix}{self._count}"

    # ------------------------------------------------------------------ selections

    def _selections(self, kind: Any, depth: int, prefix: str = "") -> str:
        """What is selected on a type. Under an abstract type `prefix` keeps apart what each type calls the same."""
        parts = [self._part(kind, depth, prefix) for _ in range(self.random.choice([1, 2, 3]))]
        return "{ " + " ".join(parts) + " }"

    def _part(self, kind: Any, depth: int, prefix: str) -> str:
        if is_abstract_type(kind):
            some = self.random.choice(self.schema.get_possible_types(kind))
            shared = (
                "__typename" if self._chance(0.3) or not hasattr(kind, "fields") else self._own(kind, depth, prefix)
            )
            return shared if self._chance(0.25) else self._fragment(some, depth - 1, f"{prefix}{some.name}_")
        if depth > 0 and self._chance(0.12):
            return self._fragment(kind, depth - 1, prefix)
        return "__typename" + self._condition() if self._chance(0.08) else self._own(kind, depth, prefix)

    def _fragment(self, kind: Any, depth: int, prefix: str) -> str:
        inside = self._selections(kind, depth, prefix)
        if self._chance(0.6):
            return f"... on {kind.name}{self._condition()} {inside}"
        name = self._name("Part")
        self._fragments.append(f"fragment {name} on {kind.name} {inside}")
        return " ".join([f"...{name}{self._condition()}"] * self.random.choice([1, 1, 2]))

    def _own(self, kind: GraphQLObjectType, depth: int, prefix: str) -> str:
        deep = depth > 0 and self._count < _MOST_FIELDS
        names = [name for name, each in kind.fields.items() if deep or is_leaf_type(get_named_type(each.type))]
        inner = [name for name in names if not is_leaf_type(get_named_type(kind.fields[name].type))]
        if not names:
            return "__typename"
        return self._field(kind, self.random.choice(inner if inner and self._chance(0.6) else names), depth, prefix)

    def _field(self, parent: GraphQLObjectType, name: str, depth: int, prefix: str = "") -> str:
        definition = parent.fields[name]
        given = self._arguments(definition)
        # The same name in an answer must mean the same thing: what has arguments is given a name of its own.
        alias = f"{prefix}{self._name(name)}: " if given or parent is self.schema.query_type else ""
        if not alias and (prefix or self._chance(_ALIAS)):
            alias = f"{prefix}{name}_: "
        of = get_named_type(definition.type)
        below = "" if is_leaf_type(of) else " " + self._selections(of, depth - 1)
        return f"{alias}{name}{given}{self._condition()}{below}"

    def _condition(self) -> str:
        if not self._chance(_CONDITION):
            return ""
        value = self._condition_variable() if self._chance(0.6) else self.random.choice(["true", "false"])
        return f" @{self.random.choice(['skip', 'include'])}(if: {value})"

    def _condition_variable(self) -> str:
        if len(self._conditions) < _MOST_CONDITIONS:
            name = self._name("when")
            self._conditions.append(name)
            self._declared.append(f"${name}: Boolean! = true" if self._chance(0.3) else f"${name}: Boolean!")
            if not self._declared[-1].endswith("true") or self._chance(0.5):
                self._variables[name] = self._chance(0.5)
            return f"${name}"
        return f"${self.random.choice(self._conditions)}"

    # ------------------------------------------------------------------ arguments

    def _arguments(self, definition: GraphQLField) -> str:
        given = [
            f"{name}: {self._argument(name, each)}"
            for name, each in definition.args.items()
            if is_non_null_type(each.type) or self._chance(_GIVEN if is_leaf_type(get_named_type(each.type)) else 0.2)
        ]
        return f"({', '.join(given)})" if given else ""

    def _argument(self, name: str, of: GraphQLArgument) -> str:
        if not self._chance(_VARIABLE):
            return self._literal(name, of.type)
        variable = self._name("v")
        default = f" = {self._written(self._constant(name, of.type))}" if self._chance(0.2) else ""
        self._declared.append(f"${variable}: {of.type}{default}")
        if self._chance(0.8) or (is_non_null_type(of.type) and not default):
            self._variables[variable] = self._constant(name, of.type)
        return f"${variable}"

    def _literal(self, name: str, kind: Any) -> str:
        """A value in the document, with variables somewhere inside it."""
        inner = get_nullable_type(kind)
        if isinstance(inner, GraphQLInputObjectType):
            parts = [f"{key}: {self._argument(key, each)}" for key, each in self._filled(inner)]
            return "{ " + ", ".join(parts) + " }"
        return self._written(self._constant(name, kind))

    def _constant(self, name: str, kind: Any) -> Any:
        if not is_non_null_type(kind) and self._chance(_NULL):
            return None
        inner = get_nullable_type(kind)
        if is_list_type(inner):
            return [self._constant(name, inner.of_type) for _ in range(self.random.choice([0, 1, 1, 2, 3]))]
        if isinstance(inner, GraphQLInputObjectType):
            return {key: self._constant(key, each.type) for key, each in self._filled(inner)}
        if is_enum_type(inner):
            return Enum(self.random.choice(list(inner.values)))
        pool = self.pools[name if name in self.pools else inner.name]
        return pool[int(len(pool) * self.random.random() ** 3)]

    def _filled(self, kind: GraphQLInputObjectType) -> list[tuple[str, Any]]:
        return [(key, each) for key, each in kind.fields.items() if is_non_null_type(each.type) or self._chance(0.2)]

    def _written(self, value: Any) -> str:
        if isinstance(value, Enum):
            return str(value)
        if isinstance(value, list):
            return f"[{', '.join(map(self._written, value))}]"
        if isinstance(value, dict):
            return "{ " + ", ".join(f"{key}: {self._written(each)}" for key, each in value.items()) + " }"
        return json.dumps(value)
