"""Medians over the rounds, and every server beside ours in the same rounds."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from figures import Figure, figure

from gateway_load.loading import Figures


@dataclass(frozen=True)
class Bound:
    """How many times a rival's requests a second ours must reach; the best of them counts where there are several."""

    rivals: tuple[str, ...]
    times: float


@dataclass(frozen=True)
class Mode:
    """One way to be measured: who is ours, and the bounds."""

    name: str
    ours: str
    bounds: tuple[Bound, ...]


@dataclass(frozen=True)
class Measured:
    """What every server did in each round of one mode, by its name."""

    mode: Mode
    rounds: dict[str, list[Figures]]

    def by_processor(self, name: str) -> float | None:
        """What the processor does for a request of this server to what it does for one of ours, the median of all."""
        pairs = zip(self.rounds[self.mode.ours], self.rounds[name], strict=True)
        known = [
            each.processor_us / ours.processor_us for ours, each in pairs if ours.processor_us and each.processor_us
        ]
        return median(known) if known else None

    def ratio(self, rivals: Sequence[str]) -> float | None:
        """Our requests a second to those of the best of these in the same round, the median of all rounds."""
        there = [self.rounds[name] for name in rivals if name in self.rounds]
        if not there:
            return None
        best = [max(each.per_second for each in of_round) for of_round in zip(*there, strict=True)]
        return median(ours.per_second / rival for ours, rival in zip(self.rounds[self.mode.ours], best, strict=True))

    def medians(self, figure: str) -> dict[str, float]:
        """One figure of every server, where it is known."""
        found = {name: _median(rounds, figure) for name, rounds in self.rounds.items()}
        return {name: value for name, value in found.items() if value is not None}


_COLUMNS = (
    ("per_second", "requests/s", 11, ",.0f"),
    ("first_pass", "1st pass", 10, ",.0f"),
    ("p50_ms", "p50 ms", 9, ".2f"),
    ("p99_ms", "p99 ms", 9, ".2f"),
    ("processor_us", "cpu us", 9, ",.0f"),
)


def table(all_measured: Sequence[Measured], first_ms: dict[str, float]) -> str:
    """A table a mode, the bounds below it, and at the end what each server's first request cost."""
    lines = []
    for measured in all_measured:
        heads = "".join(f"{head:>{width}}" for _, head, width, _ in _COLUMNS)
        lines.append(f"{measured.mode.name:<34}{heads}{'ours is':>10}{'by cpu':>9}")
        for name, rounds in measured.rounds.items():
            cells = "".join(_cell(_median(rounds, figure), width, form) for figure, _, width, form in _COLUMNS)
            beside = "" if name == measured.mode.ours else _beside(measured, name)
            lines.append(f"  {name:<32}{cells}{beside}")
        lines += [_verdict(measured, bound) for bound in measured.mode.bounds]
        lines.append("")
    lines.append("The first request to a new process, ms")
    lines += [f"  {name:<32}{first:11,.0f}" for name, first in first_ms.items()]
    return "\n".join(lines)


def figures(all_measured: Sequence[Measured], first_ms: dict[str, float]) -> list[Figure]:
    """Requests a second and latencies of all, with ours as the baseline; and the first requests."""
    found = []
    for measured in all_measured:
        ours = measured.rounds[measured.mode.ours]
        for name, rounds in measured.rounds.items():
            for measure, unit in (
                ("per_second", "requests/s"),
                ("p50_ms", "ms"),
                ("p99_ms", "ms"),
                ("processor_us", "us"),
            ):
                value, baseline = _median(rounds, measure), _median(ours, measure)
                if value is not None and baseline is not None:
                    label = f"{measured.mode.name}: {name}: {measure}"
                    found.append(figure(label, value, unit, measured.mode.ours, baseline))
    return found + [figure(f"first request: {name}", first, "ms") for name, first in first_ms.items()]


def _beside(measured: Measured, name: str) -> str:
    by_processor = measured.by_processor(name)
    return f"{measured.ratio([name]):9.2f}x" + ("" if by_processor is None else f"{by_processor:8.2f}x")


def _verdict(measured: Measured, bound: Bound) -> str:
    ratio, best = measured.ratio(bound.rivals), "the best of " if len(bound.rivals) > 1 else ""
    told = f"  bound: {bound.times:g} times {best}{', '.join(bound.rivals)}"
    return (
        f"{told}: NOT RUN" if ratio is None else f"{told}: {ratio:.2f} {'kept' if ratio >= bound.times else 'MISSED'}"
    )


def _cell(value: float | None, width: int, form: str) -> str:
    return f"{'-':>{width}}" if value is None else f"{value:>{width}{form}}"


def _median(rounds: Sequence[Figures], figure: str) -> float | None:
    known = [value for each in rounds if (value := getattr(each, figure)) is not None]
    return median(known) if known else None
