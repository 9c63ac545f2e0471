"""Options that belong together, as one parameter of a verb: a dataclass whose fields are the options."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import wraps
from inspect import Parameter, signature
from typing import Any, get_type_hints


def spread(verb: Callable[..., None]) -> Callable[..., None]:
    """The verb as Typer reads it: where a parameter is a dataclass, that one's fields stand in its place.

    The verb is called with an instance of it.
    """
    hints = get_type_hints(verb, include_extras=True)
    groups = {name: hint for name, hint in hints.items() if isinstance(hint, type) and is_dataclass(hint)}
    options: list[Parameter] = []
    for name, parameter in signature(verb).parameters.items():
        options += _options_of(groups[name]) if name in groups else [_option(name, hints[name], parameter.default)]

    @wraps(verb)
    def called(**typed: Any) -> None:
        for name, group in groups.items():
            typed[name] = group(**{field.name: typed.pop(field.name) for field in fields(group)})
        verb(**typed)

    del called.__wrapped__  # else Typer would look through to what it cannot read
    called.__annotations__ = {option.name: option.annotation for option in options}
    setattr(called, "__signature__", signature(verb).replace(parameters=options))  # noqa: B010 - no type knows of it
    return called


def _options_of(group: type[Any]) -> list[Parameter]:
    hints = get_type_hints(group, include_extras=True)
    return [_option(field.name, hints[field.name], field.default) for field in fields(group)]


def _option(name: str, hint: Any, default: object) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, annotation=hint, default=default)
