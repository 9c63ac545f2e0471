"""The bench's voices: kept as claims for Renown, written as JSON for the peers. All of them are synthetic.

The peers get what Renown itself answers from: ids, sources, moments, and the reason where a score is missing.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from renown.api import Context, build
from renown.api.ids import encode_id
from renown.claims import Absence, Account, Claim, Provenance, ProvenanceKind
from renown.demo import load_synthetic
from renown.gateway import Gateway
from renown.scoring import Combiner, Normaliser, Recipe, Reference, Weighting
from renown.settings import Settings, sqlite_url

VOICES, SEED = 1_000, 1
PROVIDERS = ("klout", "kred", "peerindex", "renown")
LOOKED_UP = 100
"""How many voices are asked for one by one."""

QUERIES = Path(__file__).parents[2] / "tests" / "contract"


def recipe(weights: Sequence[tuple[str, float]]) -> Recipe:
    """What `filtered-ranking.graphql` asks for with these weights."""
    return Recipe(
        normaliser=Normaliser.PERCENTILE,
        reference=Reference.POPULATION,
        combiner=Combiner.MEAN,
        weighting=Weighting.CUSTOM,
        weights=tuple(weights),
    )


@dataclass(frozen=True)
class Population:
    """Where the voices are held, and what the questions are made from.

    `topics` and `countries` are of each voice; `known` is how many of the providers have a score of it.
    """

    database: Path
    ranked: Path
    voices: Path
    snapshot: str
    topics: list[list[str]]
    countries: list[str | None]
    known: list[int]

    def matching(self, topics: list[str] | None, country: str | None) -> int:
        """How many a ranking with this filter has, where at least two providers must have a score."""
        return sum(
            known >= 2 and (country is None or country == where) and (topics is None or not set(topics).isdisjoint(on))
            for on, where, known in zip(self.topics, self.countries, self.known, strict=True)
        )


async def make(folder: Path) -> Population:
    """Makes the voices and writes all three files."""
    database, ranked, voices = folder / "renown.db", folder / "ranked.json", folder / "voices.json"
    await keep_voices(database)
    async with await Gateway.open(_settings(database)) as gateway:
        standings = await gateway.snapshots.current()
        rows = await _rows(gateway, standings.voices)
        providers = [{"id": encode_id("Provider", slug), "slug": slug} for slug in PROVIDERS]
        ranked.write_text(json.dumps({"snapshot": standings.snapshot, "providers": providers, "voices": rows}))
        voices.write_text(json.dumps(await _answers(gateway)))
    return Population(
        database,
        ranked,
        voices,
        standings.snapshot,
        [row["topics"] for row in rows],
        [row["country"] for row in rows],
        [sum(value is not None for value in row["values"]) for row in rows],
    )


async def keep_voices(database: Path) -> None:
    """Makes the voices and keeps them in a new SQLite file."""
    async with await Gateway.open(_settings(database)) as gateway:
        await load_synthetic(gateway, VOICES, SEED)
        await gateway.keep(*_profiles())


def _settings(database: Path) -> Settings:
    return Settings(_env_file=None, database_url=sqlite_url(database))  # pyright: ignore[reportCallIssue]


def _profiles() -> tuple[list[Claim], list[Account]]:
    """A name and a number of followers for each."""
    draws = np.random.default_rng(SEED)
    nobody = Provenance(
        kind=ProvenanceKind.DECLARED,
        source=f"synthetic, seed {SEED}, not a real account",
        adapter="synthetic@1",
        observed_at=datetime(2024, 1, 1, tzinfo=UTC),
        frozen=True,
    )
    accounts = [Account("twitter", f"synthetic_{number:06d}") for number in range(1, VOICES + 1)]
    said = zip(accounts, draws.integers(10, 1_000_000, VOICES).tolist(), strict=True)
    claims = [
        Claim(subject=account.key, field=field, value=value, provenance=nobody)
        for account, followers in said
        for field, value in (("name", f"Synthetic voice {account.handle[-6:]}"), ("followers", followers))
    ]
    return claims, accounts


async def _rows(gateway: Gateway, voices: Sequence[str]) -> list[dict[str, Any]]:
    """Everybody, in the order of the standings, with the score each provider has or the reason why not."""
    held, rows = await gateway.records(set(voices)), []
    for voice in voices:
        record = held[voice]
        name, country = record.shown("name"), record.shown("country")
        scores = [gateway.score(record, slug) for slug in PROVIDERS]
        rows.append(
            {
                "key": voice,
                "id": encode_id("Voice", voice),
                "name": {"id": encode_id("Claim", name.id), "value": name.value} if name else None,
                "country": country.value if country else None,
                "topics": [topic for topic, _ in record.topics()],
                "values": [float(score.value) if isinstance(score, Claim) else None for score in scores],
                "scores": [_score(score) for score in scores],
            }
        )
    return rows


def _score(found: Claim | Absence) -> dict[str, Any]:
    if not isinstance(found, Claim):
        return {"__typename": "Absence", "reason": found.reason, "message": found.message}
    said = found.provenance
    return {
        "__typename": "Score",
        "id": encode_id("Claim", found.id),
        "value": found.value,
        "provenance": {
            "kind": said.kind,
            "source": said.source,
            "adapter": said.adapter,
            "observedAt": said.observed_at.isoformat(),
            "frozen": said.frozen,
            "freshUntil": said.fresh_until and said.fresh_until.isoformat(),
        },
    }


async def _answers(gateway: Gateway) -> list[dict[str, Any]]:
    """The voices that are looked up, as Renown answers; the peers hold all of it, composite and range as well."""
    schema, query = build(gateway.settings), (QUERIES / "one-voice.graphql").read_text(encoding="utf-8")
    voices = []
    for handle in handles():
        asked = {"network": "twitter", "handle": handle}
        answer = await schema.execute(query, variable_values=asked, context_value=Context(gateway))
        if answer.errors or answer.data is None:
            raise SystemExit(f"Renown cannot answer for {handle}: {answer.errors}")
        voice = answer.data["voice"]
        for score in voice["scores"]:
            if provenance := score.get("provenance"):
                provenance["frozen"] = provenance["freshness"] == "FROZEN"
        voices.append({"key": f"twitter:{handle}", **voice})
    return voices


def handles() -> list[str]:
    """Whom `one-voice.graphql` is asked about."""
    return [f"synthetic_{number:06d}" for number in range(1, LOOKED_UP + 1)]
