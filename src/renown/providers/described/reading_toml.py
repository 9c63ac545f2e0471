"""From a TOML file to a description, or to everything that is wrong with it, by line and key."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args, get_origin

import msgspec

from renown.errors import BadImport, Refusal
from renown.providers.described.description import Description
from renown.providers.described.json_path import Finder
from renown.providers.described.lines import line_of
from renown.providers.described.sense import nonsense
from renown.providers.described.template import Template

_LARGEST = 32_000
_NEXT_STEP = "Correct the file; docs/add-a-provider.md explains each key."
_READ_FROM_TEXT = (Finder, Template)


@dataclass(frozen=True, slots=True)
class Flaw(Refusal):
    """What is wrong at one place; `column` is the key, with those of its tables before it."""

    def __str__(self) -> str:
        where = f"line {self.line}" + (f", key {self.column}" if self.column else "")
        return f"{where}: {self.reason}"


def read_description(path: Path) -> Description:
    """The description in a file.

    Raises:
        BadImport: it cannot be read, or describes no provider; carries a `Flaw` for each thing that is wrong.
    """
    try:
        content = path.read_bytes()
    except OSError as trouble:
        raise BadImport(f"{path} cannot be read: {trouble.strerror}.", "Check the path.") from None
    return describe(content, path.name)


def describe(content: bytes, filename: str) -> Description:
    """The description in the bytes of a file.

    Raises:
        BadImport: as `read_description`.
    """
    if len(content) > _LARGEST:
        raise BadImport(f"{filename} is larger than {_LARGEST} bytes: it describes no provider.", _NEXT_STEP)
    try:
        text = content.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as trouble:
        line = content[: trouble.start].count(b"\n") + 1
        raise _refused(filename, [Flaw(line, "", "this is not UTF-8")]) from None
    try:
        tree = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as trouble:
        raise _refused(filename, [_misspelt(str(trouble), text)]) from None
    flaws = list(_flaws(Description, tree, ()))
    if not flaws:
        description = msgspec.convert(tree, Description, dec_hook=_from_text)
        flaws = list(nonsense(description))
        if not flaws:
            return description
    raise _refused(filename, [Flaw(line_of(text, keys), ".".join(map(str, keys)), why) for keys, why in flaws])


def _refused(filename: str, flaws: list[Flaw]) -> BadImport:
    flaws.sort(key=lambda flaw: flaw.line)
    count = "1 thing is" if len(flaws) == 1 else f"{len(flaws)} things are"
    return BadImport(f"{filename} describes no provider: {count} wrong, first {flaws[0]}.", _NEXT_STEP, tuple(flaws))


def _misspelt(said: str, text: str) -> Flaw:
    """The parser's own words, with the line it names taken out of them."""
    reason, _, place = said.partition(" (at ")
    number = place.removeprefix("line ").partition(",")[0]
    line = int(number) if number.isdigit() else text.count("\n") + 1
    return Flaw(line, "", f"this is not TOML: {reason[:1].lower()}{reason[1:]}")


_Flaws = Iterator[tuple[tuple[str | int, ...], str]]


def _flaws(kind: Any, value: Any, keys: tuple[str | int, ...]) -> _Flaws:
    """What keeps a value from being of a kind, each with where it stands."""
    inner = next((part for part in get_args(kind) if isinstance(part, type) and issubclass(part, msgspec.Struct)), None)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and isinstance(value, dict):
        yield from _of_table(kind, value, keys)
    elif get_origin(kind) is dict and isinstance(value, dict):
        yield from _of_entries(kind, value, keys)
    elif inner and get_origin(kind) is tuple and isinstance(value, list):
        for number, each in enumerate(value):
            yield from _flaws(inner, each, (*keys, number))
    elif inner and isinstance(value, dict):
        yield from _of_table(inner, value, keys)
    else:
        yield from _of_value(kind, value, keys)


def _of_table(kind: type[msgspec.Struct], table: Mapping[str, Any], keys: tuple[str | int, ...]) -> _Flaws:
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    for name in table.keys() - fields.keys():
        near = get_close_matches(name, fields, n=1)
        yield (*keys, name), "there is no such key here" + (f"; did you mean {near[0]!r}?" if near else "")
    for name, field in fields.items():
        if name in table:
            yield from _flaws(field.type, table[name], (*keys, name))
        elif field.required:
            yield (*keys, name), "this key is missing"


def _of_entries(kind: Any, table: Mapping[str, Any], keys: tuple[str | int, ...]) -> _Flaws:
    of_name, of_value = get_args(kind)
    for name, value in table.items():
        yield from _of_value(of_name, name, (*keys, name))
        yield from _flaws(of_value, value, (*keys, name))


def _of_value(kind: Any, value: Any, keys: tuple[str | int, ...]) -> _Flaws:
    try:
        msgspec.convert(value, kind, dec_hook=_from_text)
    except msgspec.ValidationError as trouble:
        said = str(trouble).partition(" - at `")[0]
        form = next(_forms(kind), "")
        yield keys, f"expected {form}" if form and "regex" in said else said[:1].lower() + said[1:]


def _forms(kind: Any) -> Iterator[str]:
    """How a description in words says what a text has to look like, where a pattern does not speak for itself."""
    for meta in getattr(kind, "__metadata__", ()):
        if isinstance(meta, msgspec.Meta) and meta.description:
            yield meta.description
    for part in get_args(kind):
        yield from _forms(part)


def _from_text(kind: type, value: Any) -> Any:
    if kind not in _READ_FROM_TEXT:
        raise NotImplementedError
    if not isinstance(value, str):
        raise ValueError(f"Expected `str`, got `{type(value).__name__}`")  # noqa: TRY004 - msgspec takes ValueError
    return kind(value)
