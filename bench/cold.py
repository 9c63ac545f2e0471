"""Voices nobody asked about before: Renown against Mercurius on undici, three providers at 5 ms each behind both.

    python bench/cold.py [--quick] [--json FILE]

Both make the same four calls for a voice (Klout wants two, one after the other), and answer `one-voice.graphql`.
Renown keeps every claim with its provenance in a SQLite file before it answers; the peer keeps nothing. The answers are
compared first, and the calls that arrive are counted. Rounds take turns; medians are shown.
"""

from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from cold_trial.checks import check_answers, check_wire
from cold_trial.measuring import Figures, Voices, measured, slowest_provider_ms
from cold_trial.servers import Gateway, Providers, ours, peer, providers
from figures import Figure, arguments, figure, finish
from gateway_load.loading import compiled

_DELAY_SECONDS = 0.005
_ROUNDS, _QUICK_ROUNDS = 5, 2
_VOICES = {1: 200, 16: 800}
"""How many voices a round, by how many are asked about at a time."""
_QUICK_VOICES = {1: 30, 16: 96}
_WARM_UP = 64
_MOST_OF_SLOWEST = 1.3

_DIFFERENCE = (
    "Before it answers Renown has written all claims with their digests, counted the calls against the day's quota,"
    " seen to it that nobody else asks the same, and drawn the composite's range from 200 draws of the method; the peer"
    " has done none of that."
)

Rounds = dict[tuple[str, int], list[Figures]]


def main() -> None:
    """Check, measure in turns, print the table and write the JSON."""
    asked = arguments(__doc__, f"{_QUICK_ROUNDS} short rounds in the place of {_ROUNDS}").parse_args()
    rounds, voices = (_QUICK_ROUNDS, _QUICK_VOICES) if asked.quick else (_ROUNDS, _VOICES)
    with (
        TemporaryDirectory(prefix="renown-cold-") as name,
        providers(_DELAY_SECONDS) as upstream,
        ours(upstream, Path(name)) as renown,
        peer(upstream, Path(name)) as mercurius,
    ):
        gateways = [renown, *([mercurius] if mercurius else [])]
        slowest = slowest_provider_ms(upstream, 50)
        took = _rounds(gateways, upstream, compiled(Path(name)), rounds, voices)
    print(_table(gateways, took, slowest))
    finish(asked, _figures(gateways, took, slowest))


def _rounds(gateways: list[Gateway], upstream: Providers, program: Path, rounds: int, voices: dict[int, int]) -> Rounds:
    check_wire(upstream)
    questions = Voices()
    took: Rounds = {(gateway.name, at_once): [] for gateway in gateways for at_once in voices}
    for gateway in gateways:
        gateway.ask(questions.next(1)[0])  # the first has what it needs loaded, and may come too late for its deadline
    check_answers(gateways, questions.next(3))
    for gateway in gateways:
        measured(program, gateway, upstream, questions.next(_WARM_UP), 4)
    for _ in range(rounds):
        for at_once, count in voices.items():
            for gateway in gateways:
                figures = measured(program, gateway, upstream, questions.next(count), at_once)
                took[gateway.name, at_once].append(figures)
    return took


def _middle(figures: list[Figures], what: str) -> float:
    return median(getattr(each, what) for each in figures)


def _calls(figures: list[Figures]) -> str:
    """Calls a voice by kind, over all rounds."""
    voices = sum(each.voices for each in figures)
    kinds = sorted({kind for each in figures for kind in each.calls})
    return ", ".join(f"{kind} {sum(each.calls.get(kind, 0) for each in figures) / voices:.3g}" for kind in kinds)


def _table(gateways: list[Gateway], took: Rounds, slowest: float) -> str:
    lines = [
        f"Slowest provider alone (Klout, two calls): {slowest:.1f} ms",
        f"{'at a time':<11}{'gateway':<22}{'voices/s':>9}{'p50 ms':>8}{'p99 ms':>8}{'x slowest':>11}{'cpu ms':>7} calls",  # noqa: E501 - a table's head
    ]
    for at_once in sorted({at_once for _, at_once in took}):
        for gateway in gateways:
            figures = took[gateway.name, at_once]
            p50 = _middle(figures, "p50_ms")
            lines.append(
                f"{at_once:<11}{gateway.name:<22}{_middle(figures, 'per_second'):>9.1f}{p50:>8.1f}"
                f"{_middle(figures, 'p99_ms'):>8.1f}{p50 / slowest:>11.2f}{_middle(figures, 'processor_ms'):>7.2f} "
                f"{_calls(figures)}"
            )
    if len(gateways) > 1:
        lines.append(_DIFFERENCE)
        lines += [
            f"Renown's voices a second, {at_once} at a time: {_ratio(gateways, took, at_once):.2f} of the peer's"
            for at_once in sorted({at_once for _, at_once in took})
        ]
    p50 = _middle(took["Renown", 1], "p50_ms")
    missed = "" if p50 <= _MOST_OF_SLOWEST * slowest else "  MISSED"
    lines.append(f"Renown's p50, one at a time: {p50 / slowest:.2f} times the slowest provider's own time{missed}")
    return "\n".join(lines)


def _ratio(gateways: list[Gateway], took: Rounds, at_once: int) -> float:
    """Ours to the peer's, round by round."""
    mine, theirs = (took[gateway.name, at_once] for gateway in gateways)
    return median(a.per_second / b.per_second for a, b in zip(mine, theirs, strict=True))


def _figures(gateways: list[Gateway], took: Rounds, slowest: float) -> list[Figure]:
    told = []
    for (name, at_once), figures in took.items():
        p50, rate = _middle(figures, "p50_ms"), _middle(figures, "per_second")
        where = f"{name}, {at_once} at a time"
        told.append(figure(f"{where}: p50", p50, "ms", "slowest provider", slowest))
        told.append(figure(f"{where}: processor", _middle(figures, "processor_ms"), "ms/voice"))
        rival = next((each for each in gateways if each.name != name), None)
        theirs = _middle(took[rival.name, at_once], "per_second") if rival else None
        told.append(figure(f"{where}: throughput", rate, "voices/s", rival.name if rival else None, theirs))
    return told


if __name__ == "__main__":
    main()
