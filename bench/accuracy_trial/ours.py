"""Our method as the product calls it: a reference fitted to the scores, then a blend under the consensus recipe."""

from dataclasses import dataclass

import numpy as np

from accuracy_trial.scenarios import PROVIDERS, Floats, Population
from renown.claims import Scale
from renown.scoring import LEVEL, Combiner, Normaliser, Recipe, Reference, Weighting, blend
from renown.scoring.fitting import Source, fit_reference
from renown.scoring.normal import place_of, share_below

RECIPE = Recipe(
    normaliser=Normaliser.EQUATED,
    reference=Reference.FROZEN,
    combiner=Combiner.CONSENSUS,
    weighting=Weighting.RELIABILITY,
)
_SCALE = Scale(0, 100)


@dataclass(frozen=True, slots=True)
class Blended:
    """`values` [n], NaN where unranked; `low` and `high` [n] of the POSTERIOR interval, shares 0-1 of those known."""

    values: Floats
    low: Floats
    high: Floats


def ours(population: Population) -> Blended:
    """The population's voices under the recipe, and the interval that holds nine truths in ten if it is right."""
    sources = [
        Source(each, _SCALE, reads, "simulated") for each, reads in zip(PROVIDERS, population.reads, strict=True)
    ]
    ages = population.ages_days
    reference = fit_reference(population.scores, sources, built_at="2013-01-01", ages_days=ages)
    blended = blend(population.scores, [_SCALE] * len(PROVIDERS), PROVIDERS, RECIPE, reference, ages_days=ages)
    if blended.standing is None:
        raise AssertionError("a consensus has a standing")
    reach = place_of(np.array((1 + LEVEL) / 2)) * blended.standing.deviation
    mean = blended.standing.mean
    return Blended(blended.values, share_below(mean - reach), share_below(mean + reach))
