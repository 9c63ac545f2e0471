"""The method: recipes, and the steps that turn columns of scores into values, places, ranges and explanations.

Pure functions on numpy arrays, one step a module: normalise, weigh, combine, place, explain, perturb, tier. Nothing
here knows a network, a store or a page, so a score cannot be bought. NaN means missing, never zero.
"""

from renown.scoring.agreement import agreement
from renown.scoring.blend import Blend, blend, points_of, reweigh
from renown.scoring.choices import Combiner, IntervalKind, Normaliser, Reference, Weighting
from renown.scoring.explain import contributions
from renown.scoring.frozen import NO_REFERENCE, stands_on
from renown.scoring.interval import LEVEL, DrawResult, odds
from renown.scoring.normalise import normalise_as, normalise_columns
from renown.scoring.perturb import perturb
from renown.scoring.places import Ranking, places_of, rank, rounded
from renown.scoring.recipe import Recipe
from renown.scoring.reference import Consensus, FrozenReference, ScaleTable
from renown.scoring.tier import REACH, tiers

__all__ = [
    "LEVEL",
    "NO_REFERENCE",
    "REACH",
    "Blend",
    "Combiner",
    "Consensus",
    "DrawResult",
    "FrozenReference",
    "IntervalKind",
    "Normaliser",
    "Ranking",
    "Recipe",
    "Reference",
    "ScaleTable",
    "Weighting",
    "agreement",
    "blend",
    "contributions",
    "normalise_as",
    "normalise_columns",
    "odds",
    "perturb",
    "places_of",
    "points_of",
    "rank",
    "reweigh",
    "rounded",
    "stands_on",
    "tiers",
]
