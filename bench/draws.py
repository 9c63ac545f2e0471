"""What the ranges of places cost: 1,000 draws beside the ranking itself, over a list and over the top of everybody.

    python bench/draws.py [--quick] [--json FILE]

Simulated: voices known to two to four providers. Each case is a recipe, ranked and then drawn: of the list every row,
of a million voices the first 50. "At the gateway" is `rank_standings` and `Ranked.draws` over a snapshot of the list,
asked before; the others are the method alone, `blend` and `rank` beside `perturb`, which is given that blend, as the
gateway gives it. Times are of the processor, medians of rounds in which both take turns; memory is the most that the
draws held at once, besides the scores. A bound that is missed is called MISSED.
"""

import os
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass, replace
from statistics import median

# Read by numpy once, when it is loaded: what is compared is work, not processors.
for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_threads] = "1"

import numpy as np  # noqa: E402 - after the threads are set
from figures import arguments, figure, finish  # noqa: E402
from numpy.typing import NDArray  # noqa: E402

from renown.claims import Account, Scale  # noqa: E402
from renown.gateway import Filter  # noqa: E402
from renown.gateway.building import build  # noqa: E402
from renown.gateway.ranking import rank_standings  # noqa: E402
from renown.gateway.standings import Standings  # noqa: E402
from renown.scoring import (  # noqa: E402
    Combiner,
    FrozenReference,
    Normaliser,
    Recipe,
    Reference,
    Weighting,
    blend,
    perturb,
    rank,
)
from renown.scoring.fitting import Source, fit_reference  # noqa: E402
from renown.store import StoredAccount  # noqa: E402

Floats = NDArray[np.float64]

PROVIDERS = ("acme", "klout", "kred", "peerindex")
LOADINGS = np.array([0.75, 0.94, 0.90, 0.64])
SCALES = [Scale(0, 100)] * len(PROVIDERS)
DRAWS, TOP, LIST, EVERYBODY = 1_000, 50, 5_000, 1_000_000
FITTED_ON = 20_000
OBSERVED = 1_352_592_000.0


@dataclass(frozen=True)
class Case:
    """How something is ranked, and how its draws are made; and how many rankings the draws may cost."""

    name: str
    bound: float
    ranked: Callable[[], object]
    drawn: Callable[[], object]


@dataclass(frozen=True)
class Found:
    """The seconds of both, and the most memory (bytes) that the draws held."""

    case: Case
    drawn: float
    ranked: float
    memory: int

    @property
    def ratio(self) -> float:
        """How many rankings the draws cost."""
        return self.drawn / self.ranked

    @property
    def verdict(self) -> str:
        """Whether the bound is kept."""
        return "kept" if self.ratio <= self.case.bound else "MISSED"


def simulated(voices: int) -> Floats:
    """Scores [voices, 4] of one factor, to two decimals, each missing at a rate of 0.3 where two others are there."""
    chance = np.random.default_rng(2012)
    truth = chance.standard_normal((voices, 1))
    noise = np.sqrt(1 - LOADINGS**2) * chance.standard_normal((voices, len(PROVIDERS)))
    scores = np.clip(np.round(40 + 15 * (LOADINGS * truth + noise), 2), 0, 100)
    drop = chance.random(scores.shape) < 0.3
    drop[drop.sum(axis=1) > len(PROVIDERS) - 2] = False
    scores[drop] = np.nan
    return scores


def recipes() -> dict[str, Recipe]:
    """The three recipes, by what they are called here."""
    return {
        "LINEAR mean": Recipe(draws=DRAWS),
        "PERCENTILE/POPULATION mean": Recipe(
            normaliser=Normaliser.PERCENTILE, reference=Reference.POPULATION, draws=DRAWS
        ),
        "CONSENSUS": Recipe(
            normaliser=Normaliser.EQUATED, combiner=Combiner.CONSENSUS, weighting=Weighting.RELIABILITY, draws=DRAWS
        ),
    }


def of_the_method(name: str, scores: Floats, rows: slice, bound: float, fitted: FrozenReference) -> list[Case]:
    """The recipes over these voices, best first under each, of whom some `rows` are asked for."""
    found = []
    for told, recipe in recipes().items():
        compared = fitted if recipe.combiner is Combiner.CONSENSUS else scores
        in_order = scores[rank(blend(scores, SCALES, PROVIDERS, recipe, compared).values).rows]
        found.append(Case(f"{name}, {told}", bound, *_steps(in_order, recipe, compared, rows)))
    return found


def _steps(
    scores: Floats, recipe: Recipe, compared: Floats | FrozenReference, rows: slice
) -> tuple[Callable[[], object], Callable[[], object]]:
    blended = blend(scores, SCALES, PROVIDERS, recipe, compared)

    def ranked() -> object:
        return rank(blend(scores, SCALES, PROVIDERS, recipe, compared).values)

    def drawn() -> object:
        return perturb(scores, SCALES, PROVIDERS, recipe, compared, rows=rows, alternatives=compared, blended=blended)

    return ranked, drawn


def at_the_gateway(name: str, scores: Floats, bound: float, fitted: FrozenReference) -> list[Case]:
    """The recipes over a snapshot of these voices."""
    accounts = [Account("twitter", f"voice{number:06}") for number in range(len(scores))]
    stored = [StoredAccount(account, account.key) for account in accounts]
    metrics = [(slug, f"{slug}.score", scale) for slug, scale in zip(PROVIDERS, SCALES, strict=True)]
    observed = np.where(np.isnan(scores), np.nan, OBSERVED)
    found = []
    for told, recipe in recipes().items():
        reference = fitted if recipe.combiner is Combiner.CONSENSUS else None
        standings = replace(build([], stored, metrics, change=1, reference=reference), raw=scores, observed=observed)
        found.append(_at_the_gateway(f"{name}, {told}", standings, recipe, bound))
    return found


def _at_the_gateway(name: str, standings: Standings, recipe: Recipe, bound: float) -> Case:
    ranking = rank_standings(standings, recipe, Filter())

    def ranked() -> object:
        return rank_standings(standings, recipe, Filter()).ranking

    def drawn() -> object:
        return ranking.draws(slice(None))

    return Case(name, bound, ranked, drawn)


def measured(case: Case, rounds: int) -> Found:
    """Both, in turn."""
    ranked, drawn = [], []
    for _ in range(rounds):
        ranked.append(median(_seconds(case.ranked) for _ in range(3)))
        drawn.append(_seconds(case.drawn))
    tracemalloc.start()
    case.drawn()
    memory = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return Found(case, median(drawn), median(ranked), memory)


def _seconds(step: Callable[[], object]) -> float:
    start = time.process_time()
    step()
    return time.process_time() - start


def as_json(found: list[Found]) -> list[dict[str, str | float]]:
    """The figures, each beside the ranking it is measured against."""
    return [
        {
            **figure(each.case.name, each.drawn, "s", "ranking the same voices", each.ranked),
            "bound": each.case.bound,
            "memory_bytes": each.memory,
        }
        for each in found
    ]


def main() -> None:
    """Measure, print and write the JSON."""
    asked = arguments(__doc__, "50,000 voices in the place of a million, fewer rounds").parse_args()
    everybody = EVERYBODY // 20 if asked.quick else EVERYBODY
    rounds = 3 if asked.quick else 5
    crowd = simulated(everybody)
    sources = [Source(slug, scale, (), "simulated") for slug, scale in zip(PROVIDERS, SCALES, strict=True)]
    fitted = fit_reference(crowd[:FITTED_ON], sources, built_at="2026-11-22")
    found = []
    print(
        f"{DRAWS:,} draws, times of the processor\n{'':63}{'ranking':>10}{'draws':>10}{'ratio':>8}{'bound':>7}{'MB':>6}"
    )
    for case in (
        *of_the_method(f"list of {LIST:,}", crowd[:LIST], slice(None), 40.0, fitted),
        *at_the_gateway(f"list of {LIST:,} at the gateway", crowd[:LIST], 40.0, fitted),
        *of_the_method(f"top {TOP} of {everybody:,}", crowd, slice(0, TOP), 3.0, fitted),
    ):
        each = measured(case, rounds)
        found.append(each)
        print(
            f"{case.name:63}{each.ranked * 1e3:8.1f}ms{each.drawn * 1e3:8.0f}ms{each.ratio:7.1f}x{case.bound:6.0f}x"
            f"{each.memory / 1e6:6.0f}  {each.verdict}",
            flush=True,
        )
    finish(asked, as_json(found))


if __name__ == "__main__":
    main()
