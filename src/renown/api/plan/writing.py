"""Writes the Python text of a plan: from the tree of what is selected, through the schema's own resolvers."""

import inspect
from collections.abc import Callable, Sequence
from keyword import iskeyword
from typing import Any

from graphql import (
    GraphQLObjectType,
    GraphQLOutputType,
    get_nullable_type,
    is_leaf_type,
    is_list_type,
    is_object_type,
)

from renown.api.plan.arguments import Arguments
from renown.api.plan.checks import listed, one_of
from renown.api.plan.forms import SAME, WITHIN, Form, Unformed, class_of, gap_of, part_in_form
from renown.api.plan.gathering import together
from renown.api.plan.leaves import leaf
from renown.api.plan.renderings import Part, may_be_kept
from renown.api.plan.selections import Selected, Unplanned
from renown.api.plan.source import Counter, Function, Place, Source

_MOST_BLOCKS = 14  # Python allows 20 of `for` and `try` within one another


class Writer:
    """Writes functions for one operation into a source.

    `arguments` are those of the fields it met, and `parts` what may be kept of it, in their order.
    """

    def __init__(self, schema: Any) -> None:
        self.source = Source()
        self.arguments: list[Arguments] = []
        self.parts: list[Part] = []
        self._schema = schema
        self._is_form = False
        self._together = self.source.value("together", together)

    def operation(self, fields: Sequence[Selected]) -> tuple[str, bool]:
        """The name of the function that answers with the root object, and whether it is asynchronous."""
        waits = any(field.waits for field in fields)
        return self._apart(lambda to: self._fields(to, fields, "source", Place()), waits=waits), waits

    def _apart(self, write: Callable[[Function], str], *, waits: bool) -> str:
        """A function of its own that returns what is written into it."""
        name, function = self.source.function(waits=waits)
        function.line(f"return {write(function)}")
        function.finish()
        return name

    def _fields(self, to: Function, fields: Sequence[Selected], source: str, place: Place) -> str:
        """The object of these fields. What waits comes after all that does not, at once."""
        values = {field.key: self._field(to, field, source, place) for field in fields if not field.waits}
        waiting = [field for field in fields if field.waits]
        if len(waiting) == 1:
            values[waiting[0].key] = self._field(to, waiting[0], source, place)
        elif waiting:
            values.update(self._at_once(to, waiting, source, place))
        return "{" + ", ".join(f"{field.key!r}: {values[field.key]}" for field in fields) + "}"

    def _at_once(self, to: Function, fields: Sequence[Selected], source: str, place: Place) -> dict[str, str]:
        values = {field.key: self.source.name("v") for field in fields}
        calls: list[str] = []
        for field in fields:
            name = self._apart(lambda inner, field=field: self._field(inner, field, "source", Place()), waits=True)
            calls.append(f"{name}(asked, {source}, {place})")
        to.line(f"{', '.join(values.values())} = await {self._together}({', '.join(calls)})")
        return values

    def _field(self, to: Function, field: Selected, source: str, place: Place) -> str:
        if field.definition is None:
            return repr(field.parent.name)
        part = part_in_form(field, class_of(field.parent)) if self._is_form else None
        if part is None or part is WITHIN:
            return self._resolved(to, field, field.definition.type, source, place.step(field.key))
        if part is not SAME:
            return self.source.value("gap", gap_of(field, part).mark)
        self._is_form = False
        value = self._resolved(to, field, field.definition.type, source, place.step(field.key))
        self._is_form = True
        return value

    def _resolved(self, to: Function, field: Selected, kind: GraphQLOutputType, source: str, place: Place) -> str:
        """The name of a field's rendering; of a list by forms where they say it."""
        call, part = self._call(field, source), self._form(field)
        if part is None:
            return self._value(to, field, kind, call, place)
        target = self.source.name("v")
        resolve = self.source.value("resolve", field.strawberry.base_resolver.wrapped_func)
        to.line(f"{target} = asked.filled({part}, {source}, {resolve})", field.nodes, place)
        with to.under(f"if {target} is None:"):
            to.line(f"{target} = {self._value(to, field, kind, call, place)}")
        return target

    def _call(self, field: Selected, source: str) -> str:
        """The expression that resolves a field: an attribute, or its resolver called."""
        definition = field.strawberry
        if definition.extensions:
            raise Unplanned
        if definition.base_resolver is None:
            name = definition.python_name
            return f"{source}.{name}" if name.isidentifier() and not iskeyword(name) else f"getattr({source}, {name!r})"
        resolver = definition.base_resolver
        if resolver.parent_parameter or resolver.root_parameter or not resolver.self_parameter:
            raise Unplanned
        given = self._given(field)
        called = f"{self.source.value('resolve', resolver.wrapped_func)}({', '.join([source, *given])})"
        return f"await {called}" if definition.is_async else called

    def _given(self, field: Selected) -> list[str]:
        """What stands behind `self` in a resolver's call."""
        resolver = field.strawberry.base_resolver
        if field.strawberry.arguments:
            self.arguments.append(Arguments(self._schema, field))
            return [f"**asked.arguments[{len(self.arguments) - 1}]"]
        if not resolver.info_parameter:
            return []
        second = list(inspect.signature(resolver.wrapped_func).parameters)[1] == resolver.info_parameter.name
        return ["info" if second else f"{resolver.info_parameter.name}=info"]

    def _value(self, to: Function, field: Selected, kind: GraphQLOutputType, value: str, place: Place) -> str:
        """Completes a value as the specification says; where it may be null, that takes the errors below it."""
        target, inner = self.source.name("v"), get_nullable_type(kind)
        if inner is kind:
            with to.under("try:"):
                self._complete(to, field, inner, value, target, place, nullable=True)
            with to.under("except Exception as error:"):
                to.line(f"{target} = asked.fail(error)")
        else:
            self._complete(to, field, inner, value, target, place, nullable=False)
        return target

    def _complete(
        self, to: Function, field: Selected, kind: Any, value: str, target: str, place: Place, *, nullable: bool
    ) -> None:
        """Sets the target to the rendering of a value."""
        if is_leaf_type(kind):
            completed = leaf(self.source, kind, value, field.name, nullable=nullable)
            to.line(f"{target} = {completed}", field.nodes, place)
            return
        opened = self._opened(to, field, kind, value, place, nullable=nullable)
        if not nullable:
            self._inside(to, field, kind, opened, target, place)
            return
        with to.under(f"if {opened} is None:"):
            to.line(f"{target} = None")
        with to.under("else:"):
            self._inside(to, field, kind, opened, target, place)

    def _opened(self, to: Function, field: Selected, kind: Any, value: str, place: Place, *, nullable: bool) -> str:
        """The name of an object or list that is of the right kind."""
        if is_list_type(kind):
            check, wrong = listed(field.name, nullable=nullable), "is not list"
        else:
            classes = frozenset(class_of(each) for each in field.below)
            check = one_of(classes, field.name, nullable=nullable)
            wrong = f"not in {self.source.value('Kinds', classes)}"
            if len(classes) == 1:
                wrong = f"is not {self.source.value('Kind', *classes)}"
        name = value if value.isidentifier() else self.source.name("x")
        held = name if name == value else f"{name} := {value}"
        with to.under(f"if type({held}) {wrong}:", field.nodes, place):
            to.line(f"{name} = {self.source.value('check', check)}({name})", field.nodes, place)
        return name

    def _inside(self, to: Function, field: Selected, kind: Any, value: str, target: str, place: Place) -> None:
        """Sets the target to the rendering of an object or a list."""
        if is_list_type(kind):
            self._list(to, field, kind, value, target, place)
        elif is_object_type(kind):
            self._object(to, field, kind, value, target, place)
        else:
            self._by_kind(to, field, value, target, place)

    def _object(
        self, to: Function, field: Selected, kind: GraphQLObjectType, value: str, target: str, place: Place
    ) -> None:
        fields = field.below[kind]
        is_part = may_be_kept(class_of(kind), fields)
        if to.blocks < _MOST_BLOCKS and not is_part:
            to.line(f"{target} = {self._fields(to, fields, value, place)}")
            return
        waits = any(each.waits for each in fields)
        name = self._apart(lambda inner: self._fields(inner, fields, "source", Place()), waits=waits)
        if is_part:
            part = f"{self._part(name, fields)}, {value}"
            made = f"{'await asked.made_waiting' if waits else 'asked.made'}({part}, {place})"
            to.line(f"{target} = asked.kept({part}) or {made}", field.nodes, place)
        else:
            to.line(f"{target} = {'await ' if waits else ''}{name}(asked, {value}, {place})")

    def _part(self, function: str, fields: Sequence[Selected], form: Form | None = None) -> int:
        """The number of a new part."""
        self.parts.append(Part(function, sorted(frozenset[str]().union(*(each.variables for each in fields))), form))
        return len(self.parts) - 1

    def _form(self, field: Selected) -> int | None:
        """The number of the form of a list's objects; None where they are rendered one by one."""
        if self._is_form or field.strawberry.python_name not in getattr(class_of(field.parent), "in_forms", ()):
            return None
        ((kind, fields),) = field.below.items()
        try:
            form = Form(class_of(kind), fields)
        except Unformed:
            return None
        self._is_form = True
        name = self._apart(lambda inner: self._fields(inner, fields, "source", Place()), waits=False)
        self._is_form = False
        return self._part(name, fields, form)

    def _by_kind(self, to: Function, field: Selected, value: str, target: str, place: Place) -> None:
        """An interface or union: what is selected on the type the value has."""
        word = "if"
        for kind, fields in field.below.items():
            if fields:
                with to.under(f"{word} type({value}) is {self.source.value('Kind', class_of(kind))}:"):
                    self._object(to, field, kind, value, target, place)
                word = "elif"
        with to.under("else:" if word == "elif" else "if True:"):
            to.line(f"{target} = {{}}")

    def _list(self, to: Function, field: Selected, kind: Any, value: str, target: str, place: Place) -> None:
        at, item = Counter(self.source.name("i")), self.source.name("x")
        each = f"for {at.name}, {item} in enumerate({value})"
        if field.waits_below:
            name = self._apart(lambda inner: self._value(inner, field, kind.of_type, "source", Place()), waits=True)
            to.line(f"{target} = await {self._together}(*[{name}(asked, {item}, {place.step(at)}) {each}])")
            return
        to.line(f"{target} = []")
        with to.under(f"{each}:"):
            to.line(f"{target}.append({self._value(to, field, kind.of_type, item, place.step(at))})")
