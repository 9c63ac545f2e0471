"""How well a provider's change of method is told from quiet times and from growth, and whom it moves.

    python bench/method_change.py [--quick] [--json FILE]

Simulated: 1,000 people, three providers, a third of the composite each; one of them changes its method and is read
gradually over 7 days. Prints false alarms per 1,000 quiet provider-days, the delay until a change is suspected and
until it is decided, the places moved (beside what would move if values were used as they are), and what growth of all
by 3 points is reported as.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
from figures import Figure, arguments, figure, finish
from numpy.typing import NDArray

from renown.claims import Scale
from renown.scoring import Normaliser, Recipe, blend, rank
from renown.scoring.era_link import EraLink
from renown.scoring.method_change import Decision, Verdict
from renown.scoring.method_watch import MethodWatch, Rereading

Floats = NDArray[np.float64]

SCALE = Scale(1, 100)
RECIPE = Recipe(normaliser=Normaliser.LINEAR)
PEOPLE, DAY = 1_000, 86_400.0
QUIET_DAYS, READING_DAYS = 20, 7
FIRST_SEED = 5_000  # the thresholds were chosen on seeds below 1,000
NOISES: dict[str, Callable[[np.random.Generator, Floats, Floats, int], Floats]] = {
    "heavy tails": lambda chance, _, scores, __: scores + 0.8 * chance.standard_t(3, scores.size),
    "mostly still": lambda chance, _, scores, __: (
        scores + np.where(chance.random(scores.size) < 0.6, 0, chance.standard_t(2, scores.size))
    ),
    "measured anew": lambda chance, truth, _, __: truth + chance.normal(0, 2, truth.size),
    "moods": lambda chance, _, scores, __: scores + 0.8 * chance.standard_t(3, scores.size) + chance.normal(0, 0.25),
    "weekends": lambda chance, _, scores, day: (
        scores + 0.8 * chance.standard_t(3, scores.size) + {5: -0.5, 0: 0.5}.get(day % 7, 0.0)
    ),
    "whole numbers": lambda chance, _, scores, __: np.rint(scores + 0.8 * chance.standard_t(3, scores.size)),
    "great movers": lambda chance, _, scores, __: (
        scores + chance.normal(0, 0.5, scores.size) + 12 * chance.normal(0, chance.random(scores.size) < 0.05)
    ),
}


@dataclass
class Told:
    """What one changed provider led to; delays from the change, `None` where it was not seen."""

    suspected_days: float | None = None
    suspected_voices: int = 0
    decided_days: float | None = None
    decided_voices: int = 0
    verdict: Verdict | None = None
    moved: list[int] = field(default_factory=list)
    naive: list[int] = field(default_factory=list)
    changed: set[int] = field(default_factory=set)


class World:
    """One provider read day by day; two others that nobody reads again."""

    def __init__(self, seed: int) -> None:
        self.chance = np.random.default_rng(seed)
        self.truth = np.round(np.clip(self.chance.normal(45, 15, PEOPLE), 2, 98), 2)
        self.others = np.clip(self.truth[:, np.newaxis] + self.chance.normal(0, 9, (PEOPLE, 2)), 1, 100)
        self.scores, self.held, self.at = self.truth.copy(), self.truth.copy(), np.zeros(PEOPLE)
        self.watch = MethodWatch(SCALE)

    def read(self, who: NDArray[np.intp], said: Floats, day: float) -> Iterator[tuple[Rereading, bool]]:
        """Each of these people's rereadings over a day, and whether it raised a suspicion."""
        moments = day * DAY + np.sort(self.chance.random(who.size)) * DAY
        for row, moment in zip(who.tolist(), moments.tolist(), strict=True):
            reread = Rereading(str(row), float(self.held[row]), float(self.at[row]), float(said[row]), moment)
            self.held[row], self.at[row] = said[row], moment
            yield reread, self.watch.feed([reread])

    def quiet(self, noise: str, days: int, most: int = PEOPLE) -> int:
        """So many quiet days; how many of them raised a suspicion."""
        alarms = 0
        for day in range(1, days + 1):
            drifted = NOISES[noise](self.chance, self.truth, self.scores, day)
            self.scores = np.round(np.clip(drifted, 1, 100), 2)
            who = self.chance.permutation(PEOPLE)[: self.chance.integers(20, most)]
            if any(raised for _, raised in self.read(who, self.scores, day)):
                alarms += 1
                self.watch.settle(Verdict(Decision.QUIET, 0.0, 0.0))
        return alarms

    def changed(self, said: Floats) -> Told:
        """Everybody is read by what the provider says from now on, over 7 days."""
        told, before, link = Told(), self.held.copy(), None
        places = self._places(before)
        order = self.chance.permutation(PEOPLE)
        for day in range(READING_DAYS):
            for reread, raised in self.read(order[day::READING_DAYS], said, QUIET_DAYS + 1 + day):
                since = reread.at / DAY - QUIET_DAYS - 1
                told.suspected_voices += told.suspected_days is None
                told.decided_voices += told.decided_days is None
                if raised and told.suspected_days is None:
                    told.suspected_days = since
                if told.decided_days is None and (verdict := self.watch.verdict(is_everybody=False)):
                    told.decided_days, told.verdict = since, verdict
                    if verdict.decision is Decision.CHANGED:
                        link = EraLink.fit(*self.watch.across, SCALE)
                    self.watch.settle(verdict)
            shown = self._shown(before, link)
            told.changed |= set(np.flatnonzero(shown != before).tolist())
            told.moved.append(int((self._places(shown) != places).sum()))
            told.naive.append(int((self._places(self.held) != places).sum()))
        return told

    def _shown(self, before: Floats, link: EraLink | None) -> Floats:
        """What a ranking reads of the provider at a day's end."""
        if link is not None:
            pairs = zip(self.held, before, self.at, strict=True)
            return np.array([link.read_beside(v, old) if at >= self._change else old for v, old, at in pairs])
        return before if self.watch.suspected is not None else self.held

    @property
    def _change(self) -> float:
        return (QUIET_DAYS + 1) * DAY

    def _places(self, scores: Floats) -> NDArray[np.intp]:
        blended = blend(np.column_stack([scores, self.others]), [SCALE] * 3, ("one", "two", "three"), RECIPE)
        ranking = rank(blended.values)
        places = np.empty(PEOPLE, dtype=np.intp)
        places[ranking.rows] = ranking.places
        return places


def distorted(world: World) -> Floats:
    """A lenient or strict method, along one curve."""
    exponent = world.chance.uniform(0.4, 0.7)
    share = (world.scores - SCALE.minimum) / 99
    return np.round(SCALE.minimum + 99 * share ** (exponent if world.chance.random() < 0.5 else 1 / exponent), 2)


def evening(seed: int) -> World:
    """A world after 20 quiet days of one noise or another; at the end everybody has been read as they are."""
    world = World(seed)
    world.quiet(list(NOISES)[seed % len(NOISES)], QUIET_DAYS)
    world.scores = world.held.copy()
    return world


def false_alarms(seeds: int, days: int) -> Iterator[tuple[str, int, int]]:
    """By noise: alarms, and quiet provider-days."""
    for noise in NOISES:
        yield noise, sum(World(FIRST_SEED + seed).quiet(noise, days, most=400) for seed in range(seeds)), seeds * days


def shuffled(seed: int) -> tuple[float, int]:
    """A distortion with a tenth shuffled: the share of those who moved, and how many others did."""
    world = evening(seed)
    who = world.chance.permutation(PEOPLE)[: PEOPLE // 10]
    world.scores[who] = world.scores[np.roll(who, 1)]
    moved = world.changed(distorted(world)).changed
    return len(moved & set(who.tolist())) / who.size, len(moved - set(who.tolist()))


def grown(noise: str, seed: int) -> str:
    """What is decided within 7 days of growth of all by 3 points, while the noise goes on."""
    world = World(seed)
    world.quiet(noise, QUIET_DAYS, most=400)
    for day in range(QUIET_DAYS + 1, QUIET_DAYS + 1 + READING_DAYS):
        world.scores = np.clip(NOISES[noise](world.chance, world.truth, world.scores, day), 1, 100)
        who = world.chance.permutation(PEOPLE)[: PEOPLE // READING_DAYS]
        for _ in world.read(who, np.minimum(world.scores + 3, 100), day):
            if verdict := world.watch.verdict(is_everybody=False):
                return verdict.decision.value
    return "not seen" if world.watch.suspected is None else "still suspected"


def measure(*, quick: bool) -> list[Figure]:
    """Every figure, printed as it comes."""
    seeds, days = (4, 40) if quick else (24, 100)
    figures = [_quiet(seeds, days)]
    told = [(world := evening(FIRST_SEED + seed)).changed(distorted(world)) for seed in range(seeds)]
    seen = [each for each in told if each.suspected_days is not None]
    delays = [
        ("delay until a change is suspected", "days", [each.suspected_days or 0.0 for each in seen]),
        ("voices read by the new method before that", "voices", [each.suspected_voices for each in seen]),
        ("delay until it is decided", "days", [each.decided_days or 0.0 for each in seen]),
        ("voices read until then", "voices", [each.decided_voices for each in seen]),
    ]
    figures += [
        _told(f"{name}, median (worst {max(all_):.3g})", float(np.median(all_)), unit) for name, unit, all_ in delays
    ]
    verdicts = Counter(each.verdict.decision.value if each.verdict else "not seen" for each in told)
    figures.append(
        _told(f"distortions decided as {dict(verdicts)}: share CHANGED", verdicts["CHANGED"] / seeds, "share")
    )
    moved, naive = (max(max(days) for days in all_) for all_ in ([t.moved for t in told], [t.naive for t in told]))
    figures.append(_told("places moved by a distortion, worst day", moved, "places", "values used as they are", naive))
    shares = [shuffled(FIRST_SEED + seed) for seed in range(seeds)]
    figures.append(_told("shuffled tenth: share of them that moved", float(np.mean([s for s, _ in shares])), "share"))
    figures.append(_told("shuffled tenth: others that moved, worst seed", max(n for _, n in shares), "voices"))
    for noise in NOISES:
        told_of = Counter(grown(noise, FIRST_SEED + seed) for seed in range(seeds))
        said = f"growth by 3 amid noise ({noise}) reported as {dict(told_of)}: share CHANGED"
        figures.append(_told(said, told_of["CHANGED"] / seeds, "share"))
    return figures


def _quiet(seeds: int, days: int) -> Figure:
    alarms = total = 0
    for noise, raised, among in false_alarms(seeds, days):
        print(f"  quiet, {noise}: {raised} alarms in {among:,} provider-days")
        alarms, total = alarms + raised, total + among
    return _told(f"false alarms in {total:,} quiet provider-days", 1_000 * alarms / total, "per 1,000", "allowed", 1.0)


def _told(
    name: str, value: float, unit: str, baseline: str | None = None, baseline_value: float | None = None
) -> Figure:
    beside = "" if baseline is None else f" ({baseline}: {baseline_value:g})"
    print(f"{name}: {value:.3g} {unit}{beside}")
    return figure(name, value, unit, baseline, baseline_value)


def main() -> None:
    """Run, print, and write where asked."""
    asked = arguments(__doc__, "few seeds, some seconds").parse_args()
    finish(asked, measure(quick=asked.quick))


if __name__ == "__main__":
    main()
