"""Lists whose objects differ in some leaves only: of each object a form is kept, whose gaps are filled list by list.

A class with such lists names their fields in `in_forms`. Its `forms_by` says what tells the forms of their objects from
others, as `kept_by` does for an object: what they have in common, and each its own. The class of the objects says in
`in_form` what becomes of their fields: a column, which gives the values for all of them; SAME, what is rendered into
the form; WITHIN, an object, or a list of equally many for each, of which the same is said.

What a form cannot say, an error above all, is said by rendering the objects one by one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from graphql import GraphQLObjectType, get_named_type, get_nullable_type, is_list_type

from renown.api.plan.selections import Selected

SAME, WITHIN = "same", "within"

_NUMBERS, _TEXTS = frozenset({"Int", "Float", "Boolean"}), frozenset({"ID", "String"})

Column = Callable[[Any], Sequence[Any]]
"""From what has the list, the values of a leaf, one an object; below a list within, so many for each of its places."""

Pieces = tuple[bytes, ...]
"""A form: what lies between its gaps."""

_GAP = msgspec.Raw(b"\0")  # which stands in no JSON
_QUOTED_GAP = msgspec.Raw(b'"\0"')
_NULL = b"null"

_encode = msgspec.json.Encoder().encode


class Unformed(Exception):
    """Something that no form says."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A leaf that is filled in: its column, whether that is of texts, and whether there may be null."""

    column: Column
    is_text: bool
    nullable: bool

    @property
    def mark(self) -> msgspec.Raw:
        """What stands for it in a rendering."""
        return _QUOTED_GAP if self.is_text else _GAP

    def columns(self, whole: Any) -> Iterator[list[bytes]]:
        """The JSON of its values, in its only column."""
        yield self.json(self.column(whole))

    def json(self, values: Sequence[Any]) -> list[bytes]:
        """The JSON of values, that of texts without their quotes; not a number is null.

        Raises:
            Unformed: there is a null where none may be.
        """
        if self.is_text:
            return _encode(values)[2:-2].split(b'","')  # between two quotes a comma is in no JSON but that of a list
        json = _encode(values)
        if not self.nullable and _NULL in json:
            raise Unformed
        return json[1:-1].split(b",")


@dataclass(frozen=True, slots=True)
class Repeated:
    """The gaps of the objects of a list within."""

    gaps: Sequence[Gap]

    def columns(self, whole: Any) -> Iterator[list[bytes]]:
        """The JSON of their values, in the order of the list."""
        for of_place in zip(*(gap.column(whole) for gap in self.gaps), strict=True):
            yield from (gap.json(values) for gap, values in zip(self.gaps, of_place, strict=True))


class Form:
    """What is selected on the objects of a list.

    Raises:
        Unformed: a form does not say all of it.
    """

    def __init__(self, kind: type, fields: Sequence[Selected]) -> None:
        self._gaps = list(_gaps(kind, fields))
        if not self._gaps:
            raise Unformed

    def filled(self, whole: Any, forms: Sequence[Pieces]) -> msgspec.Raw:
        """The JSON of the list, by the forms of its objects and what holds their columns.

        Raises:
            Unformed: or whatever else prevents it.
        """
        first, *fixed = zip(*forms, strict=True)
        columns = [column for gap in self._gaps for column in gap.columns(whole)]
        woven = [first, *(each for pair in zip(columns, fixed, strict=True) for each in pair)]
        pieces = [b""] * (len(woven) * len(forms))
        for at, column in enumerate(woven):
            pieces[at :: len(woven)] = column
        pieces[0] = b"[" + pieces[0].removeprefix(b",")
        pieces.append(b"]")
        return msgspec.Raw(b"".join(pieces))


def form_of(data: Any) -> Pieces:
    """A rendering with gaps, as what lies between them; with the comma before it in a list."""
    return tuple((b"," + _encode(data)).split(b"\0"))


def part_in_form(field: Selected, kind: type) -> Any:
    """What becomes of a field that is selected on a class: a column, SAME or WITHIN; None where nothing is said."""
    if field.definition is None:
        return SAME
    return getattr(kind, "in_form", {}).get(field.strawberry.python_name)


def _gaps(kind: type, fields: Sequence[Selected]) -> Iterator[Gap | Repeated]:
    for field in fields:
        part = part_in_form(field, kind)
        if part is None or field.waits:
            raise Unformed
        if part is WITHIN:
            yield from _gaps_within(field)
        elif part is not SAME:
            yield gap_of(field, part)


def _gaps_within(field: Selected) -> Iterator[Gap | Repeated]:
    assert field.definition is not None  # noqa: S101 - `__typename` is the same
    ((below, fields),) = field.below.items()
    gaps = _gaps(class_of(below), fields)
    if not is_list_type(get_nullable_type(field.definition.type)):
        yield from gaps
        return
    found = list(gaps)
    if any(isinstance(each, Repeated) for each in found):
        raise Unformed
    if found:
        yield Repeated([each for each in found if isinstance(each, Gap)])


def gap_of(field: Selected, column: Column) -> Gap:
    """The gap that a selected leaf leaves.

    Raises:
        Unformed: it is no leaf of which a form could be filled.
    """
    assert field.definition is not None  # noqa: S101 - `__typename` is the same
    kind, inner = field.definition.type, get_nullable_type(field.definition.type)
    name = get_named_type(kind).name
    is_text = name in _TEXTS
    if is_list_type(inner) or name not in _TEXTS | _NUMBERS or (is_text and inner is kind):
        raise Unformed
    return Gap(column, is_text, nullable=inner is kind)


def class_of(kind: GraphQLObjectType) -> type:
    """The class whose objects are of this type."""
    return kind.extensions["strawberry-definition"].origin
