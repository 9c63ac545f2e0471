"""What draws of the method are made over, and who of it need be looked at by another normaliser."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from renown.claims import Scale
from renown.scoring.arrays import Floats, Ints
from renown.scoring.choices import Combiner, Normaliser
from renown.scoring.drawn_places import Among, is_few
from renown.scoring.drawn_values import values_of
from renown.scoring.normalise import normalise_as
from renown.scoring.recipe import Recipe
from renown.scoring.reference import FrozenReference

# The share of a provider's voices that leads by it.
_LEADING = 0.01

# One voice in so many tells where that border is.
_ONE_IN = 8

# Wider than the noise of any weighted mean.
_MARGIN = 1e-6


@dataclass(frozen=True)
class Field:
    """The ranked voices n and the providers p with a say; `rows` [k] are asked for.

    `own` [n, p] are their scores as the recipe normalises them, `scores` [n, p] those it was given; `fadings` are what
    is left of each weight [n, p], by the recipe's half-life and by others. `alternatives` is what other normalisers
    compare with; if it is scores, the providers are its `columns` [p]. `days` [n, p] say which era each score is of.
    """

    own: Floats
    scores: Floats
    fadings: Sequence[Floats]
    rows: Ints
    scales: Sequence[Scale]
    providers: Sequence[str]
    columns: Sequence[int]
    alternatives: Floats | FrozenReference | None
    days: Floats | None

    def among(self, normaliser: Normaliser, fading: int, recipe: Recipe, weights: Floats) -> Among:
        """All among whom the asked rows are to be placed, by this normaliser and fading, under these weights [d, p].

        Most of a long ranking is below the asked rows in any case, and is spared the normaliser where that is proven:
        every normaliser keeps a provider's order, so who leads by none is above nobody who beats the borders of all.
        """
        faded = self.fadings[fading]
        is_whole = self.are_whole[fading]
        if normaliser is recipe.normaliser:
            return Among(self.own, faded, self.rows, is_whole)
        # By frozen tables the order holds within an era only, and they are quick to read.
        if is_few(self.rows, len(self.scores)) and not isinstance(self.alternatives, FrozenReference):
            leaders, borders = self._leaders
            rows = np.searchsorted(leaders, self.rows)
            normalised = self._normalised(normaliser, np.vstack((self.scores[leaders], borders)), None)
            of_leaders, of_borders = normalised[: leaders.size], normalised[leaders.size :]
            among = Among(of_leaders, faded[leaders], rows, is_whole)
            if _beats_borders(among, of_borders, weights, recipe.combiner):
                return among
        return Among(self._normalised(normaliser, self.scores, self.days), faded, self.rows, is_whole)

    def _normalised(self, normaliser: Normaliser, scores: Floats, days: Floats | None) -> Floats:
        """Some scores [m, p], of these days, by another normaliser."""
        columns = []
        for j, with_whom in enumerate(self._compared):
            one = slice(j, j + 1)
            of_days = None if days is None else days[:, one]
            column = normalise_as(
                normaliser, scores[:, one], self.scales[one], with_whom, self.providers[one], days=of_days
            )
            columns.append(column[:, 0])
        return np.array(columns).T

    @cached_property
    def _compared(self) -> list[Floats | FrozenReference | None]:
        """What each column is compared with: its own scores [m, 1], none missing, or the tables of all."""
        if not isinstance(self.alternatives, np.ndarray):
            return [self.alternatives] * len(self.columns)
        columns = [self.alternatives[:, at] for at in self.columns]
        return [column[~np.isnan(column)][:, np.newaxis] for column in columns]

    @cached_property
    def are_whole(self) -> list[bool]:
        """For each of the fadings whether it takes nothing from any weight."""
        return [bool(((faded == 0) | (faded == 1)).all()) for faded in self.fadings]

    @cached_property
    def _leaders(self) -> tuple[Ints, Floats]:
        """The asked rows and those that lead by some provider, rising; and of each provider the last to lead [p, p]."""
        is_leader = np.zeros(len(self.scores), dtype=np.bool_)
        is_leader[self.rows] = True
        borders = np.full((len(self.providers),) * 2, np.nan)
        for number, (scores, scale) in enumerate(zip(self.scores.T, self.scales, strict=True)):
            turned = scores if scale.higher_is_more else -scores
            # Some will do: where exactly the border is does not matter, as long as it is held to.
            some = turned[::_ONE_IN]
            held = some[~np.isnan(some)]
            if held.size:
                last = int(held.size * (1 - _LEADING))
                border = np.partition(held, last)[last]
                is_leader |= turned >= border
                borders[number, number] = border if scale.higher_is_more else -border
        return np.flatnonzero(is_leader), borders


def _beats_borders(among: Among, borders: Floats, weights: Floats, combiner: Combiner) -> bool:
    """Whether in any draw the asked rows are above what a row could have that is below the `borders` [p, p] of all."""
    grid = among.grid(combiner)
    mine = values_of(among.normalised[among.rows], among.faded[among.rows], weights, grid).of_all()
    return grid.points(mine.min()) > np.nanmax(borders, initial=0.0) + _MARGIN
