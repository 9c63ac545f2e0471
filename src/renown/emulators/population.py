"""Invented accounts in any number, for load: nobody among them is real, and the data set that holds them says so.

Each account has a hidden standing, and each provider sees it through its own noise or not at all.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple, cast

import numpy as np

from renown.emulators.accounts import (
    BENCHMARK_TOPICS,
    Account,
    KloutDeltas,
    KloutPart,
    KloutProfile,
    KloutTopic,
    KredPart,
    PeerIndexPart,
)

DEMO_KEY = "demo-key"
DEMO_APP_ID = "0badcafe"

_LOT = 1_000  # accounts drawn at once, whole lots always: what is drawn does not depend on how many are wanted
_KNOWN_TO_KLOUT, _KNOWN_TO_KRED, _KNOWN_TO_PEERINDEX = 0.9, 0.5, 0.8
_MOST_TIES = 7  # influencers or influencees of one account
_LEVELS = 13  # of Kred's outreach, 0 to 12
_TOPICS = tuple(
    # Half of Klout's topic ids were too large for a signed 64-bit number.
    KloutTopic(id=str(10**19 + n if n % 2 else 900 + n), displayName=f"Synthetic Topic {n}", displayType="visible")
    for n in range(12)
)
_BENCHMARKS = tuple(BENCHMARK_TOPICS)


class _Draw(NamedTuple):
    """The chances of one account: `seen` are noisy views of its standing, 0 to 1."""

    knows: tuple[float, float, float]
    seen: tuple[float, ...]
    changes: tuple[float, float, float]
    level: int
    topics: tuple[int, int]
    ties: tuple[float, ...]


def population(size: int, seed: int) -> Iterator[Account]:
    """So many accounts `synthetic_000001`, `synthetic_000002`, ...; the first ones do not depend on how many follow.

    Raises:
        ValueError: a negative size or seed.
    """
    if size < 0 or seed < 0:
        raise ValueError(f"a size and a seed are 0 or more, not {size} and {seed}")
    on_klout: list[str] = []
    for start in range(0, size, _LOT):
        for number, draw in enumerate(_draws(seed, start)[: size - start], start + 1):
            handle = f"synthetic_{number:06d}"
            by_klout, by_kred, by_peerindex = draw.knows
            yield Account(
                handle=handle,
                twitter_id=str(9 * 10**17 + number),
                klout=_klout(draw, number, on_klout) if by_klout < _KNOWN_TO_KLOUT else None,
                kred=_kred(draw) if by_kred < _KNOWN_TO_KRED else None,
                peerindex=_peerindex(draw, number) if by_peerindex < _KNOWN_TO_PEERINDEX else None,
            )
            if by_klout < _KNOWN_TO_KLOUT:
                on_klout.append(handle)


def bucket_of(score: float) -> str | None:
    """Klout's band of ten for a score; its label below 10 is on no record, its highest held eleven."""
    low = min(int(score) // 10 * 10, 90)
    return f"{low}-{100 if low == 90 else low + 9}" if low else None


def _draws(seed: int, start: int) -> list[_Draw]:
    chance = np.random.default_rng([seed, start])
    standing = chance.beta(2, 4, _LOT)[:, None]  # few stand high
    columns: tuple[np.ndarray[Any, Any], ...] = (
        chance.random((_LOT, 3)),
        np.clip(standing + chance.normal(0, 0.1, (_LOT, 8)), 0, 1),
        chance.normal(0, (0.2, 0.5, 1.0), (_LOT, 3)),
        chance.integers(0, _LEVELS, _LOT),
        chance.integers(0, len(_BENCHMARKS), (_LOT, 2)),
        chance.random((_LOT, 2 * _MOST_TIES)),
    )
    return [_Draw(*cast("Any", row)) for row in zip(*(column.tolist() for column in columns), strict=True)]


def _klout(draw: _Draw, number: int, earlier: list[str]) -> KloutPart:
    """Ties lead to earlier accounts only, so that whoever is named exists."""
    score = 1 + 99 * draw.seen[0]
    day, week, month = draw.changes
    first, many = draw.topics
    return KloutPart(
        id=str(10**17 + number),
        score=score,
        bucket=bucket_of(score),
        deltas=KloutDeltas(dayChange=day, weekChange=week, monthChange=month),
        topics=_TOPICS[first : first + many],
        influencers=_tied(earlier, draw.ties[: draw.level % _MOST_TIES]),
        influencees=_tied(earlier, draw.ties[_MOST_TIES : _MOST_TIES + many]),
        profile=KloutProfile(
            slope=round(month, 2),
            network_score=round(1 + 99 * draw.seen[1], 2),
            amplification_score=round(1 + 99 * draw.seen[2], 2),
            true_reach=int(10 ** (1 + 5 * draw.seen[0])),
            delta_1day=round(day, 2),
            delta_5day=round(week, 2),
        ),
    )


def _kred(draw: _Draw) -> KredPart:
    return KredPart(influence=1 + int(999 * draw.seen[3]), outreach=draw.level)


def _peerindex(draw: _Draw, number: int) -> PeerIndexPart:
    overall, authority, activity, audience = (int(100 * seen) for seen in draw.seen[4:])
    first, many = draw.topics
    return PeerIndexPart(
        id=f"00000000-0000-3000-8000-{number:012d}",
        peerindex=overall,
        authority=authority,
        activity=activity,
        audience=audience,
        topics=dict.fromkeys(_BENCHMARKS[first : first + many], authority),
    )


def _tied(earlier: list[str], chances: tuple[float, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(earlier[int(chance * len(earlier))] for chance in chances)) if earlier else ()
