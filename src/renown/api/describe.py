"""One text for two readers: a type's, field's or enum value's docstring is also its description in the schema."""

from collections.abc import Callable
from enum import Enum
from inspect import cleandoc
from typing import Any, TypeVar, dataclass_transform

import strawberry
from strawberry.types.enum import StrawberryEnumDefinition

_Type = TypeVar("_Type", bound=type)
_Enum = TypeVar("_Enum", bound=type[Enum])


def _said(thing: Any) -> str:
    return cleandoc(thing.__doc__ or "")


@dataclass_transform(kw_only_default=True, field_specifiers=(strawberry.field,))
def object_type(cls: _Type) -> _Type:
    """An object of the schema, described by its docstring."""
    return strawberry.type(cls, description=_said(cls))


@dataclass_transform(kw_only_default=True, field_specifiers=(strawberry.field,))
def interface_type(cls: _Type) -> _Type:
    """An interface of the schema, described by its docstring."""
    return strawberry.interface(cls, description=_said(cls))


@dataclass_transform(kw_only_default=True, field_specifiers=(strawberry.field,))
def input_type(cls: _Type) -> _Type:
    """An input of the schema, described by its docstring."""
    return strawberry.input(cls, description=_said(cls))


def resolver(method: Callable[..., Any]) -> Any:
    """A field that a method answers, described by the method's docstring."""
    return strawberry.field(resolver=method, description=_said(method))


def plain(description: str, **options: Any) -> Any:
    """A field that is simply a value, with its description."""
    return strawberry.field(description=description, **options)


def argument(description: str) -> Any:
    """What stands beside an argument's type in `Annotated`: its description."""
    return strawberry.argument(description=description)


def enum_type(cls: _Enum, **values: str) -> _Enum:
    """An enum of ours as an enum of the schema; `values` describes each of its members.

    Raises:
        ValueError: a member is not described, or something is described that is none.
    """
    if {member.name for member in cls} != values.keys():
        raise ValueError(f"{cls.__name__}: every value needs a description, and nothing else")
    strawberry.enum(cls, description=_said(cls))
    definition: StrawberryEnumDefinition = cls.__strawberry_definition__  # pyright: ignore[reportAttributeAccessIssue]
    for value in definition.values:
        value.description = values[value.name]
    return cls
