"""A synthetic population for load and benchmarks: nobody in it is real, and every claim in it says so.

Each voice has a hidden standing; each provider sees it through its own noise, or not at all. The same seed gives the
same voices, and a smaller population is the beginning of a larger one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from renown.claims import Account, Claim, Provenance, ProvenanceKind, Scale, Value, VoiceKind, topic_field
from renown.demo.loading import Loaded
from renown.gateway import Gateway

ADAPTER = "synthetic@1"

_AT_ONCE = 1_000  # voices
_NEWEST = datetime(2024, 1, 1, tzinfo=UTC)
_DAYS = 365
_NETWORK = "twitter"


@dataclass(frozen=True, slots=True)
class _Witness:
    """One provider: the share of voices it does not know, how much it errs, how many decimals it gives."""

    provider: str
    missing: float
    noise: float
    decimals: int


_WITNESSES = (
    _Witness("klout", missing=0.1, noise=0.4, decimals=2),
    _Witness("peerindex", missing=0.2, noise=0.6, decimals=0),
    _Witness("renown", missing=0.3, noise=0.8, decimals=6),
    _Witness("kred", missing=0.5, noise=0.5, decimals=0),
)
# An empty country is one that nobody knows.
_COUNTRIES = {"GB": 0.4, "US": 0.2, "DE": 0.1, "FR": 0.1, "IN": 0.1, "": 0.1}
_TOPICS = {"automotive": 0.4, "football": 0.2, "music": 0.2, "news": 0.1, "politics": 0.1}


async def load_synthetic(
    gateway: Gateway, size: int, seed: int, advance: Callable[[int], None] = lambda _voices: None
) -> Loaded:
    """Keeps a population of so many voices; `advance` is told of each lot of voices that is kept."""
    kept = 0
    for claims, accounts in _population(_declared(gateway), size, seed):
        await gateway.keep(claims, accounts)
        kept += len(claims)
        advance(len(accounts))
    return Loaded(kept, size)


_Metrics = list[tuple[_Witness, str, Scale]]
_Columns = dict[str, tuple[str | None, list[Any]]]


def _declared(gateway: Gateway) -> _Metrics:
    declared = [(w, gateway.registry.provider(w.provider).declaration.primary_metric) for w in _WITNESSES]
    return [(witness, metric.field, metric.scale) for witness, metric in declared if metric is not None]


def _population(metrics: _Metrics, size: int, seed: int) -> Iterator[tuple[list[Claim], list[Account]]]:
    source = f"synthetic, seed {seed}, not a real account"
    for start in range(0, size, _AT_ONCE):
        # One generator a lot: the lots do not depend on how many follow.
        draws = np.random.default_rng([seed, start])
        columns = _columns(draws, metrics)
        observed = draws.integers(0, _DAYS, _AT_ONCE).tolist()
        accounts = [Account(_NETWORK, f"synthetic_{start + at + 1:06d}") for at in range(min(_AT_ONCE, size - start))]
        claims = [
            Claim(subject=account.key, field=field, value=value, provenance=provenance)
            for at, account in enumerate(accounts)
            for field, value, provenance in _said(columns, at, source, _NEWEST - timedelta(days=observed[at]))
        ]
        yield claims, accounts


def _columns(draws: np.random.Generator, metrics: _Metrics) -> _Columns:
    """By field, or kind of field: the provider that says it, and its values, None where it says nothing."""
    standing = draws.standard_normal(_AT_ONCE)
    columns: _Columns = {
        "country": (None, _choices(draws, _COUNTRIES)),
        "topic": (None, _choices(draws, _TOPICS)),
    }
    for witness, field, scale in metrics:
        seen = standing + witness.noise * draws.standard_normal(_AT_ONCE)
        top = 1000.0 if scale.maximum is None else scale.maximum
        scores = np.round(scale.minimum + (top - scale.minimum) / (1 + np.exp(-seen)), witness.decimals)
        unknown = draws.random(_AT_ONCE) < witness.missing
        columns[field] = (
            witness.provider,
            [None if missing else score for missing, score in zip(unknown.tolist(), scores.tolist(), strict=True)],
        )
    return columns


def _choices(draws: np.random.Generator, shares: dict[str, float]) -> list[str]:
    return draws.choice(list(shares), _AT_ONCE, p=list(shares.values())).tolist()


def _said(columns: _Columns, at: int, source: str, observed_at: datetime) -> Iterator[tuple[str, Value, Provenance]]:
    """What is said of one voice: field, value, and that all of it is made up."""
    nobody = Provenance(
        kind=ProvenanceKind.DECLARED,
        source=source,
        adapter=ADAPTER,
        observed_at=observed_at,
        frozen=True,  # nobody will ever say anything newer
    )
    yield "kind", str(VoiceKind.UNKNOWN), nobody
    for field, (provider, values) in columns.items():
        value = values[at]
        if field == "topic":
            yield topic_field(value), 1.0, nobody
        elif value not in {None, ""}:
            yield field, value, replace(nobody, provider=provider) if provider else nobody
