"""Leave one out: what each provider's absence would change in a ranking.

Places are compared as for the range of a place: the recipe's minimum of providers does not count again, so that a
ranking by two providers still says what one of them alone would make of it. Who would fall short of it is told apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from renown.gateway.bitset import Bitset
from renown.gateway.dry_run import FAR, DryRun, Move
from renown.gateway.filtering import Filter
from renown.gateway.ranking import Ranked, rank_standings
from renown.gateway.standings import Standings

_INSIDE = "inside"  # the one list of the standings a provider is taken from: those who are candidates with it


@dataclass(frozen=True)
class Leaving:
    """A ranking, and those in it ranked anew as if one of its providers had said nothing of anybody there."""

    provider: str
    compared: DryRun

    @property
    def farthest(self) -> Move | None:
        """Who moves most; of several the one placed best. None where nobody moves."""
        return next(iter(self.compared.most_moved), None)

    @cached_property
    def fallen(self) -> tuple[str, ...]:
        """The voice keys of those who are left with fewer providers than the recipe asks for, best placed first."""
        before, after = self.compared.before, self.compared.after
        short = after.blended.answered[before.ranking.rows] < before.recipe.minimum_providers
        return tuple(before.voices[position] for position in np.flatnonzero(short).tolist())

    def statement(self, provider: str, farthest: str) -> str:
        """The same in sentences, with the names of the provider and of who moves most."""
        run, moved, lacking = self.compared, self.farthest, len(self.fallen)
        said = f"Without {provider}, {_count(run.moved, 'place')} of {run.in_both} would change"
        if moved:
            said += f", {run.moved_far} of them by {FAR} or more; most of all {farthest}, from {moved.before} to "
            said += f"{moved.after}"
        said += "." if run.tau is None else f". Both orders agree by {run.tau:.2f} (Kendall's tau)."
        if lacking:
            least = _count(run.before.recipe.minimum_providers, "provider")
            said += f" {_count(lacking, 'voice')} would have fewer than {least}, and fall out of the ranking."
        return said


def leave_each_out(ranked: Ranked) -> list[Leaving]:
    """The ranking without each provider that has a say for anybody ranked, in the order of its columns."""
    return [
        Leaving(ranked.columns.providers[column], DryRun(ranked, _without(ranked, column)))
        for column in _with_a_say(ranked)
    ]


def _with_a_say(ranked: Ranked) -> Iterator[int]:
    says = (ranked.blended.weights[ranked.ranking.rows] > 0).any(axis=0)
    yield from np.flatnonzero(says).tolist()


def _without(ranked: Ranked, column: int) -> Ranked:
    """Those who are ranked, ranked without a provider. Whom the others' scores are compared with stays as it is."""
    recipe = replace(ranked.recipe, minimum_providers=1)
    found = rank_standings(_standings_without(ranked, column), recipe, Filter(list=_INSIDE))
    values = np.full(len(found.candidates), np.nan)
    values[ranked.ranking.rows] = found.blended.values[ranked.ranking.rows]
    return replace(found, ordered=values)


def _standings_without(ranked: Ranked, column: int) -> Standings:
    standings = ranked.standings
    raw = standings.raw.copy()
    raw[ranked.candidates, standings.column(ranked.columns.providers[column])] = np.nan
    inside = Bitset.at(ranked.candidates, len(standings.voices))
    return replace(standings, raw=raw, lists={_INSIDE: inside})


def _count(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number or 'no'} {noun}s"
