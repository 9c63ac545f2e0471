"""Faults as texts, for the command line and the control endpoint.

    5xx=0.1                       a tenth of the calls fail so; without a share, all of them. Likewise 500, hang, html,
                                  empty, truncated, over-rate, over-qps
    latency=50ms,p99=400ms        how long answers take: the median and, if they spread, what 99 of 100 stay under
    quota=1000                    so many calls, then the day's quota is used up
    pace=10                       more than so many within a second are too many
    flapping=30s                  up and down in turn, both within so long
    polls=3                       how often Kred says `processing` first; polls=never: it never completes
    retry-after=120,date          when to come back; `date`: as an HTTP date, else in seconds
    algorithm-change=500,seed=7   other scores after so many calls, or from a moment on: 2012-08-15T00:00:00Z
    klout-era=2012                the bodies of Klout v2 as they were then; or 2013
    unknown-user=batch-404        how Klout v1 tells it; or empty-404, no-users
    seed=7                        of everything drawn

A length of time has its unit: ms, s or m.
"""

import math
import re
from collections.abc import Callable, Iterable
from datetime import datetime
from types import MappingProxyType
from typing import Any, get_args

from renown.emulators.faults import AlgorithmChange, Fail, RetryAfter

_DURATION = re.compile(r"([0-9.]+)(ms|s|m)", re.ASCII)
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0}


def read_faults(texts: Iterable[str]) -> dict[str, Any]:
    """The fields of a `Behaviour` that these texts ask for.

    Raises:
        ValueError: a text that cannot be read, or one field asked for twice; names the text.
    """
    fields: dict[str, Any] = {}
    for text in texts:
        try:
            asked = _read(text)
            if shares := asked.pop("shares", None):
                asked["shares"] = _joined(fields.pop("shares", {}), shares)
            _joined(fields, asked)
        except ValueError as error:
            raise ValueError(f"the fault {text!r} cannot be read: {error}") from None
        fields |= asked
    return fields


def _read(text: str) -> dict[str, Any]:
    """The fields one text asks for."""
    first, *more = text.split(",")
    name, _, value = (part.strip() for part in first.partition("="))
    options = {option.partition("=")[0].strip(): option.partition("=")[2].strip() for option in more}
    way = name.replace("-", "_")
    if way in get_args(Fail):
        fields = {"shares": {way: _number(value)}} if value else {"fail": way}
    elif name in _READERS:
        fields = _READERS[name](value, options)
    else:
        ways = ", ".join(way.replace("_", "-") for way in get_args(Fail))
        raise ValueError(f"there is no {name!r}; there is {ways}, {', '.join(_READERS)}")
    if options:
        raise ValueError(f"{name} has no option {next(iter(options))!r}")
    return fields


def _joined(fields: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    twice = fields.keys() & more.keys()
    if twice:
        raise ValueError(f"{min(twice)} is asked for twice")
    return fields | more


_Reader = Callable[[str, dict[str, str]], dict[str, Any]]


def _latency(value: str, options: dict[str, str]) -> dict[str, Any]:
    spread = options.pop("p99", None)
    fields = {"delay_seconds": _duration(value)}
    return fields | ({"delay_p99_seconds": _duration(spread)} if spread is not None else {})


def _polls(value: str, _options: dict[str, str]) -> dict[str, Any]:
    return {"polls_before_complete": math.inf if value == "never" else _whole(value)}


def _retry_after(value: str, options: dict[str, str]) -> dict[str, Any]:
    return {"retry_after": RetryAfter(_whole(value), as_date=options.pop("date", None) is not None)}


def _algorithm_change(value: str, options: dict[str, str]) -> dict[str, Any]:
    seed = _whole(options.pop("seed", "0"))
    if value.isdecimal():
        return {"algorithm_change": AlgorithmChange(after_calls=int(value), seed=seed)}
    return {"algorithm_change": AlgorithmChange(at=datetime.fromisoformat(value), seed=seed)}


def _of(field: str, convert: Callable[[str], object]) -> _Reader:
    return lambda value, _options: {field: convert(value)}


def _number(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        raise ValueError(f"{value!r} is no number") from None


def _whole(value: str) -> int:
    try:
        return int(value)
    except ValueError:
        raise ValueError(f"{value!r} is no whole number") from None


def _duration(value: str) -> float:
    match = _DURATION.fullmatch(value)
    if match is None:
        raise ValueError(f"{value!r} is no length of time such as 50ms, 2s or 1m")
    return _number(match[1]) * _SECONDS[match[2]]


_READERS: MappingProxyType[str, _Reader] = MappingProxyType(
    {
        "latency": _latency,
        "quota": _of("quota_calls", _whole),
        "pace": _of("calls_per_second", _whole),
        "flapping": _of("flapping_seconds", _duration),
        "polls": _polls,
        "retry-after": _retry_after,
        "algorithm-change": _algorithm_change,
        "klout-era": _of("klout_era", str),
        "unknown-user": _of("klout_unknown_user", str),
        "seed": _of("seed", _whole),
    }
)
