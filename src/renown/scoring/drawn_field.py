"""What draws of the method are made over, and who of it need be looked at by another normaliser."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from renown.claims import Scale
from renown.scoring.arrays import Floats, Ints
from renown.scoring.choices import Normaliser
from renown.scoring.drawn_places import Among, is_few
from renown.scoring.drawn_values import drawn_values
from renown.scoring.normalise import normalise_as
from renown.scoring.recipe import Recipe
from renown.scoring.reference import FrozenReference

# The share of a provider's voices that leads by it.
_LEADING = 0.05

# Wider than the noise of any weighted mean.
_MARGIN = 1e-6


@dataclass(frozen=True, slots=True)
class Field:
    """The ranked voices n and the providers p with a say; `rows` [k] are asked for.

    `own` [n, p] are their scores as the recipe normalises them, `scores` [n, p] those it was given; `faded` [n, p] is
    what is left of each weight. `alternatives` is what other normalisers compare with, and `days` [n, p] say which era
    each score is of.
    """

    own: Floats
    scores: Floats
    faded: Floats
    rows: Ints
    scales: Sequence[Scale]
    providers: Sequence[str]
    alternatives: Floats | FrozenReference | None
    days: Floats | None

    def among(self, normaliser: Normaliser, recipe: Recipe, weights: Floats) -> Among:
        """By this normaliser, all among whom the asked rows are to be placed under these weights [d, p].

        Most of a long ranking is below the asked rows in any case, and is spared the normaliser where that is proven:
        every normaliser keeps a provider's order, so who leads by none is above nobody who beats the borders of all.
        """
        if normaliser is recipe.normaliser:
            return Among(self.own, self.faded, self.rows)
        if is_few(self.rows, len(self.scores)):
            leaders, borders = self._leaders()
            rows = np.searchsorted(leaders, self.rows)
            normalised = self._normalised(normaliser, leaders, borders)
            of_leaders, of_borders = normalised[: leaders.size], normalised[leaders.size :]
            mine = drawn_values(of_leaders[rows], self.faded[self.rows], weights, recipe.combiner)
            if mine.min() > np.nanmax(of_borders, initial=0.0) + _MARGIN:
                return Among(of_leaders, self.faded[leaders], rows)
        return Among(self._normalised(normaliser, slice(None)), self.faded, self.rows)
