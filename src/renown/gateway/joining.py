"""Snapshots of some voices become one of all: parts follow one another, or take the place of what is out of date."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from renown.gateway.bitset import Bitset
from renown.gateway.claim_ids import ClaimIds
from renown.gateway.labels import Labels
from renown.gateway.spreading import Spread
from renown.gateway.standings import Standings
from renown.gateway.texts import Places, Texts


def joined(parts: Sequence[Standings]) -> Standings:
    """All of one snapshot's parts, at least one, whose voices follow one another: as if built at once."""
    first = parts[0]
    voices = Texts.joined([_texts(part.voices) for part in parts])
    families = {
        family: _marked([getattr(part, family) for part in parts], [len(part.voices) for part in parts])
        for family in ("topics", "lists", "networks")
    }
    return replace(
        first,
        voices=voices,
        rows=Places(voices),
        raw=np.concatenate([part.raw for part in parts]),
        observed=np.concatenate([part.observed for part in parts]),
        claims=ClaimIds(np.concatenate([part.claims.packed for part in parts])),
        kept_until=np.concatenate([part.kept_until for part in parts]),
        country=Labels.joined([part.country for part in parts]),
        kind=Labels.joined([part.kind for part in parts]),
        place=Texts.joined([part.place for part in parts]),
        text=Texts.joined([part.text for part in parts]),
        accounts=np.concatenate([part.accounts for part in parts]),
        held=frozenset[str]().union(*(part.held for part in parts)),
        without={place: said for part in parts for place, said in part.without.items()},
        **families,
    )


def advanced(base: Standings, anew: Standings) -> Standings:
    """The snapshot that `anew` is of, whose voices are all that changed since the `base`: as if built from nothing.

    Neither may hold a score back. What did not change is shared; the `base` stays as it is for who reads it still.
    """
    spread = Spread.of(base.voices, anew.voices)
    voices = spread.texts(_texts(base.voices), _texts(anew.voices))
    found = replace(
        anew,
        voices=voices,
        rows=Places(voices),
        raw=spread.array(base.raw, anew.raw),
        observed=spread.array(base.observed, anew.observed),
        claims=ClaimIds(spread.array(base.claims.packed, anew.claims.packed)),
        kept_until=spread.array(base.kept_until, anew.kept_until),
        country=spread.labels(base.country, anew.country),
        kind=spread.labels(base.kind, anew.kind),
        place=spread.texts(base.place, anew.place),
        text=spread.texts(base.text, anew.text),
        topics=spread.marked(base.topics, anew.topics),
        lists=spread.marked(base.lists, anew.lists),
        networks=spread.marked(base.networks, anew.networks),
        accounts=spread.array(base.accounts, anew.accounts),
    )
    found.follow(base, spread, anew.raw)
    return found


def _texts(voices: Sequence[str]) -> Texts:
    return voices if isinstance(voices, Texts) else Texts.of(voices)


def _marked(families: Sequence[Mapping[str, Bitset]], sizes: Sequence[int]) -> dict[str, Bitset]:
    names = {name: None for marked in families for name in marked}
    return {
        name: Bitset.of(
            np.concatenate(
                [
                    marked[name].mask if name in marked else np.zeros(size, np.bool_)
                    for marked, size in zip(families, sizes, strict=True)
                ]
            )
        )
        for name in names
    }
