"""The gateway's cache of providers' answers beside aiocache and cashews: hits, calls upstream, the longest waits.

    pip install -r bench/cache_trial/requirements.txt
    python bench/cache.py [--quick] [--json FILE]

All three hold values in memory, before an upstream that takes 5 ms. Rounds take turns; medians are shown. `hits` is the
share of requests that did not wait for the upstream. A stampede is 200 at once for a key that nobody has asked for; it
must cost as many calls as there are keys. The other load is 50 who ask without a pause, most of them for the same few
keys, whose values age meanwhile: on a slow machine the same requests take longer, and more values grow old.
"""

import asyncio
from collections.abc import Awaitable, Callable
from importlib.util import find_spec
from statistics import median
from typing import Any

from cache_trial.contenders import Aiocache, Cashews, Renown
from cache_trial.loads import Maker, Measured, stampede, zipf
from figures import Figure, arguments, figure, finish

_ROUNDS, _QUICK_ROUNDS = 7, 2
_ASKERS, _COLD_KEYS, _QUICK_COLD_KEYS = 200, 50, 5
_KEYS, _FRESH_SECONDS, _REQUESTS, _QUICK_REQUESTS = 1_000, 0.5, 100_000, 10_000

Load = Callable[[Maker, int], Awaitable[Measured]]
Rounds = dict[tuple[str, str], list[Measured]]


def main() -> None:
    """Take turns, print the table and write the JSON."""
    asked = arguments(__doc__, f"{_QUICK_ROUNDS} rounds in the place of {_ROUNDS}").parse_args()
    keys, requests = (_QUICK_COLD_KEYS, _QUICK_REQUESTS) if asked.quick else (_COLD_KEYS, _REQUESTS)
    loads: dict[str, Load] = {
        f"{_ASKERS} at once, {keys} cold keys": lambda make, _: stampede(make, _ASKERS, keys),
        f"Zipf over {_KEYS:,} keys, {_FRESH_SECONDS} s fresh": lambda make, seed: zipf(
            make, requests, _KEYS, _FRESH_SECONDS, seed
        ),
    }
    makers: list[Any] = [Aiocache, *([Cashews] if find_spec("cashews") else []), Renown]
    took = asyncio.run(_rounds(loads, makers, _QUICK_ROUNDS if asked.quick else _ROUNDS))
    print(_table(loads, makers, took))
    if len(makers) < 3:
        print("Without cashews: pip install -r bench/cache_trial/requirements.txt")
    finish(asked, _figures(loads, makers, took))


async def _rounds(loads: dict[str, Load], makers: list[Any], rounds: int) -> Rounds:
    took: Rounds = {(load, maker.name): [] for load in loads for maker in makers}
    for seed in range(rounds):
        for name, load in loads.items():
            for maker in makers:
                took[name, maker.name].append(await load(maker, seed))
    return took


def _median(measured: list[Measured], figure: str) -> float:
    return median(getattr(each, figure) for each in measured)


def _table(loads: dict[str, Load], makers: list[Any], took: Rounds) -> str:
    lines = []
    for load in loads:
        lines.append(f"{load:<44}{'hits':>8}{'calls':>8}{'p50 ms':>9}{'p99 ms':>9}")
        for maker in makers:
            measured = took[load, maker.name]
            lines.append(
                f"  {maker.name:<42}{_median(measured, 'hit_rate'):>8.2%}{_median(measured, 'calls'):>8,.0f}"
                f"{1e3 * _median(measured, 'p50'):>9.3f}{1e3 * _median(measured, 'p99'):>9.3f}"
            )
    return "\n".join(lines)


def _figures(loads: dict[str, Load], makers: list[Any], took: Rounds) -> list[Figure]:
    """Every figure of ours beside that of each other cache."""
    units = {"hit_rate": "share", "calls": "calls", "p50": "s", "p99": "s"}
    figures = []
    for load in loads:
        for measure, unit in units.items():
            own = _median(took[load, Renown.name], measure)
            for other in makers[:-1]:
                base = _median(took[load, other.name], measure)
                figures.append(figure(f"{load}: {measure}", own, unit, other.name, base))
    return figures


if __name__ == "__main__":
    main()
