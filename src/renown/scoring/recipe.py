"""The recipe: every choice behind a blend, as one frozen value with a hash."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, Self

from renown.errors import BadRecipe
from renown.scoring.choices import Combiner, Normaliser, Reference, Weighting
from renown.scoring.refusals import refuse_bad_numbers, refuse_contradiction
from renown.scoring.shares import whole_shares
from renown.scoring.wording import in_plain_words

_json = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True)
class Recipe:
    """How provider scores become one value.

    `weights` pairs a provider's slug with its weight (CUSTOM only; a provider that is not named has no say).
    `minimum_providers` must have answered for a voice to be ranked. Every `half_life_days` of a score's age halve its
    weight; None lets it stand. `draws` is how many perturbations the range of a place comes from.

    Two recipes that mean the same are equal and have the same hash: weights are held in their smallest whole
    proportions, in order of provider, so `{klout: 2, kred: 2}` is `{klout: 1, kred: 1}`.

    Raises:
        BadRecipe: the choices make no sense, or exclude one another.
    """

    normaliser: Normaliser = Normaliser.LINEAR
    reference: Reference = Reference.FROZEN
    combiner: Combiner = Combiner.MEAN
    weighting: Weighting = Weighting.EQUAL
    weights: tuple[tuple[str, float], ...] = ()
    minimum_providers: int = 2
    half_life_days: float | None = None
    draws: int = 200

    def __post_init__(self) -> None:
        refuse_bad_numbers(self.minimum_providers, self.half_life_days, self.draws)
        refuse_contradiction(self.normaliser, self.reference, self.combiner, self.weighting, weighed=bool(self.weights))
        # The one moment a frozen value is written: it takes its canonical form as it comes to be.
        object.__setattr__(self, "weights", whole_shares(self.weights))

    @property
    def canonical(self) -> dict[str, Any]:
        """The recipe as JSON values. Whole numbers are integers, so that 30 and 30.0 are written alike."""
        half_life = self.half_life_days
        if half_life is not None and float(half_life).is_integer():
            half_life = int(half_life)
        return {
            "combiner": self.combiner.value,
            "draws": self.draws,
            "half_life_days": half_life,
            "minimum_providers": self.minimum_providers,
            "normaliser": self.normaliser.value,
            "reference": self.reference.value,
            "weighting": self.weighting.value,
            "weights": dict(self.weights),
        }

    @cached_property
    def canonical_text(self) -> str:
        """The canonical JSON: keys sorted, no white space."""
        return _json(self.canonical)

    @cached_property
    def hash(self) -> str:
        """The sha256 of the canonical JSON, 64 hex digits."""
        return hashlib.sha256(self.canonical_text.encode()).hexdigest()

    @property
    def seed(self) -> int:
        """The seed of everything random done for this recipe, taken from its hash."""
        return int(self.hash[:16], 16)

    @property
    def explanation(self) -> str:
        """Two plain sentences that say what the recipe does."""
        return in_plain_words(
            self.normaliser,
            self.reference,
            self.combiner,
            self.weighting,
            self.weights,
            minimum_providers=self.minimum_providers,
            half_life_days=self.half_life_days,
            draws=self.draws,
        )

    @classmethod
    def from_canonical(cls, text: str) -> Self:
        """The recipe whose canonical JSON this is.

        Raises:
            BadRecipe: it is not JSON, or not a recipe.
        """
        try:
            parts = json.loads(text)
            if not isinstance(parts, Mapping) or set(parts) != {field.name for field in fields(cls)}:
                raise _not_a_recipe()
            choices = {
                "normaliser": Normaliser(parts["normaliser"]),
                "reference": Reference(parts["reference"]),
                "combiner": Combiner(parts["combiner"]),
                "weighting": Weighting(parts["weighting"]),
                "weights": tuple(parts["weights"].items()),
            }
            return cls(**{**parts, **choices})
        except (ValueError, TypeError, AttributeError) as error:
            raise _not_a_recipe() from error


def _not_a_recipe() -> BadRecipe:
    return BadRecipe("This is not a recipe's canonical JSON.", "Give it exactly as `Recipe.canonical` writes it.")
