"""What one recipe does otherwise than another, choice by choice."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from renown.scoring.recipe import Recipe

_LABELS = {
    "normaliser": "How scores become comparable",
    "reference": "Whom a score is compared with",
    "combiner": "How comparable scores become one",
    "weighting": "How much say each provider has",
    "weights": "The weights",
    "minimum_providers": "How many providers must have a score",
    "half_life_days": "Days of age that halve a score's weight",
    "draws": "Draws behind the range of a place",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A choice in which two recipes differ: the field of the canonical JSON, what it is about, and both choices.

    `before` and `after` are in words; `label` is the field's own name where no words are known for it.
    """

    field: str
    label: str
    before: str
    after: str


def differences(before: Recipe, after: Recipe) -> tuple[Difference, ...]:
    """Every choice in which two recipes differ, in the order in which a value comes about."""
    was, becomes = before.canonical, after.canonical
    fields = [*(field for field in _LABELS if field in was or field in becomes), *sorted({*was, *becomes} - {*_LABELS})]
    return tuple(
        Difference(field, label_of(field), in_words(was.get(field)), in_words(becomes.get(field)))
        for field in fields
        if was.get(field) != becomes.get(field)
    )


def label_of(field: str) -> str:
    """What a field of the canonical JSON is about."""
    return _LABELS.get(field, field.replace("_", " ").capitalize())


def in_words(value: Any) -> str:
    """A choice as a person would write it; `none` where there is none."""
    if value is None or value == {}:
        return "none"
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {in_words(part)}" for name, part in value.items())
    return str(value).lower().replace("_", " ")
