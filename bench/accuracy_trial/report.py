"""The trials as a table to read and as JSON to compare with another run."""

from collections.abc import Iterator, Sequence
from typing import Any

from figures import Figure, figure

from accuracy_trial.measures import TOP
from accuracy_trial.scenarios import title
from accuracy_trial.trial import MC4_ON_SMALL, OURS, OURS_ON_SMALL, SMALL
from accuracy_trial.verdicts import SPREADSHEET, Result, Spread, Verdict

_UNITS = {"tau": "Kendall tau-b", "ndcg": f"NDCG@{TOP}"}


def table(results: Sequence[Result], found: Sequence[Verdict], voices: int) -> str:
    """All methods of each scenario, best first by tau, then every target with what was found."""
    lines = [
        f"{voices} voices, {_seeds(results)} paired seeds. Mean over the seeds (standard deviation); higher is better.",
        "Judged on the same voices: those whom two providers know at least. Bounds are 95 %, two-sided, on the mean of",
        f"the paired differences. MC4, and ours beside it, on {SMALL} of those voices, drawn anew for each seed. An",
        "oracle is a provider alone: to choose it, one would have to know the truth.",
    ]
    for result in results:
        lines += ["", title(result.scenario), *_methods(result)]
    lines += ["", "Targets", *map(_line, found), "", _summary(found)]
    return "\n".join(lines)


def as_json(results: Sequence[Result], found: Sequence[Verdict]) -> list[Figure]:
    """The same as a list of {name, value, unit, baseline, baseline_value, ratio}; null where there is no baseline.

    For tau and NDCG the baseline of ours is the best rival, and that of the others the mean of raw.
    """
    entries = [entry for result in results for entry in _entries(result)]
    entries += [
        figure(f"target {each.target}, wanted {each.wanted}", each.found, "met" if each.met else "MISSED")
        for each in found
    ]
    return [*entries, figure("targets missed", _missed(found), "targets", "targets", len(found))]


def _seeds(results: Sequence[Result]) -> str:
    """How many; fewer for some scenarios where the run was stopped."""
    counts = sorted({len(result.trials) for result in results})
    return " to ".join(str(count) for count in dict.fromkeys((counts[0], counts[-1]))) if counts else "no"


def _methods(result: Result) -> Iterator[str]:
    names = [name for name in result.trials[0].scores if name not in {OURS_ON_SMALL, MC4_ON_SMALL}]
    best_first = sorted(names, key=lambda name: -result.spread(name, "tau").mean)
    yield f"    {'':28}{_UNITS['tau']:>20}{_UNITS['ndcg']:>20}"
    for name in (*best_first, OURS_ON_SMALL, MC4_ON_SMALL):
        shown = "".join(f"{_shown(result.spread(name, measure)):>20}" for measure in _UNITS)
        yield f"  {'> ' if name == OURS else '  '}{name:28}{shown}"
    inside = result.inside
    yield f"    90 % intervals of ours hold {inside.mean:.1%} of the truths (sd {inside.deviation:.1%})"


def _shown(spread: Spread) -> str:
    return f"{spread.mean:.4f} ({spread.deviation:.4f})"


def _line(verdict: Verdict) -> str:
    return f"  {'met   ' if verdict.met else 'MISSED'}  {verdict.target}: {verdict.said}; wanted {verdict.wanted}"


def _summary(found: Sequence[Verdict]) -> str:
    missed = _missed(found)
    return f"MISSED: {missed} of {len(found)} targets." if missed else f"All {len(found)} targets are met."


def _missed(found: Sequence[Verdict]) -> int:
    return sum(not verdict.met for verdict in found)


def _entries(result: Result) -> Iterator[dict[str, Any]]:
    where = f"scenario {result.scenario}"
    for measure, unit in _UNITS.items():
        for name in result.trials[0].scores:
            baseline = _baseline(result, name, measure)
            value, other = result.spread(name, measure).mean, result.spread(baseline, measure).mean
            yield figure(f"{where}: {name}", value, unit, baseline, other)
            yield figure(f"{where}: {name}, standard deviation", result.spread(name, measure).deviation, unit)
    yield figure(f"{where}: truths inside the 90 % interval", result.inside.mean, "share", "nominal", 0.9)


def _baseline(result: Result, name: str, measure: str) -> str:
    small = {OURS_ON_SMALL: MC4_ON_SMALL, MC4_ON_SMALL: OURS_ON_SMALL}
    return small.get(name) or (result.best(measure) if name == OURS else SPREADSHEET)
