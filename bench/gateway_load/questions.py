"""The questions: variable sets that do not repeat, as request bodies."""

import json
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

from gateway_load.population import PROVIDERS, QUERIES, Population, handles, recipe
from renown.gateway import Filter
from renown.gateway.paging import encode_cursor, fingerprint

FIRST = 50

_FIRST_PAGES = 0.6  # of all requests; the others ask for any page
_COUNTRIES = (None, "GB", "US")
_TOPICS = (None, ["automotive"], ["football", "music"], ["automotive", "football", "news"])


class Questions:
    """Rankings with weights, country, topics and page at random; no set of variables comes twice.

    Every page that is asked for is full: `FIRST` entries.
    """

    def __init__(self, population: Population, seed: int) -> None:
        self._population = population
        self._random = Random(seed)  # noqa: S311 - a bench, not a secret
        self._weights: set[tuple[int, ...]] = set()
        self._filters = [
            (topics, country, population.matching(topics, country) // FIRST)
            for topics, country in product(_TOPICS, _COUNTRIES)
        ]

    def rankings(self, count: int) -> list[str]:
        """So many bodies of `filtered-ranking.graphql`, each with weights never used before."""
        query = _query("filtered-ranking")
        return [_body(query, self._variables()) for _ in range(count)]

    def _variables(self) -> dict[str, Any]:
        topics, country, pages = self._random.choice(self._filters)
        page = 0 if self._random.random() < _FIRST_PAGES else self._random.randrange(pages)
        weights = self._fresh_weights()
        return {
            "topics": topics,
            "country": country,
            "weights": [{"provider": provider, "weight": weight} for provider, weight in weights],
            "first": FIRST,
            "after": self._cursor(topics, country, weights, page * FIRST - 1) if page else None,
        }

    def _fresh_weights(self) -> list[tuple[str, int]]:
        while True:
            # The first is a prime that divides no other, so that no two are the same proportions.
            drawn = (997, *(self._random.randint(1, 996) for _ in PROVIDERS[1:]))
            if drawn not in self._weights:
                self._weights.add(drawn)
                return list(zip(PROVIDERS, drawn, strict=True))

    def _cursor(
        self, topics: list[str] | None, country: str | None, weights: list[tuple[str, int]], position: int
    ) -> str:
        """As Renown writes it; the peers read the position from it."""
        asked = Filter(topics=tuple(topics or ()), country=country)
        return encode_cursor(self._population.snapshot, fingerprint(asked.canonical, recipe(weights).hash), position)


def lookups() -> list[str]:
    """Bodies of `one-voice.graphql`, one a voice."""
    query = _query("one-voice")
    return [_body(query, {"network": "twitter", "handle": handle}) for handle in handles()]


def shuffled(bodies: list[str], seed: int) -> list[str]:
    """The same in another order."""
    return Random(seed).sample(bodies, len(bodies))  # noqa: S311 - a bench, not a secret


def write(bodies: list[str], path: Path) -> Path:
    """One a line."""
    path.write_text("\n".join(bodies) + "\n", encoding="utf-8")
    return path


def _query(name: str) -> str:
    return (QUERIES / f"{name}.graphql").read_text(encoding="utf-8")


def _body(query: str, variables: dict[str, Any]) -> str:
    return json.dumps({"query": query, "variables": variables}, separators=(",", ":"))
