"""Movement: what a change of value and place between two moments came from, a part a cause, adding up exactly.

Between then and now lie worlds that never were: some causes are as they are now, the others as they were then. The part
of a cause is what switching it from then to now does to the value and the place. That depends on what was switched
before, so the part is the mean over all orders in which the causes can be switched. It is the one split of its kind in
which parts add up, causes that do the same get the same, and one that does nothing gets nothing. It needs 2^k worlds
for k causes.

Source: L. S. Shapley, A Value for n-Person Games, 1953.

Where so many worlds cost too much, one order stands for all: `ORDER`, with k + 1 worlds. First the measure changes
(recipe, provider's method), then who is measured (universe, peers), then how old the scores are; the voice's own change
comes last. So its own part is what is left on the measure and among the voices of now: what a reader can check against
today's ranking.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import permutations
from math import factorial

from renown.scoring.places import UNIT


class Cause(StrEnum):
    """Why a voice moved."""

    OWN_CHANGE = "OWN_CHANGE"
    PEERS = "PEERS"
    UNIVERSE = "UNIVERSE"
    PROVIDER_METHOD = "PROVIDER_METHOD"
    RECIPE = "RECIPE"
    STALENESS = "STALENESS"


ORDER = (
    Cause.RECIPE,
    Cause.PROVIDER_METHOD,
    Cause.UNIVERSE,
    Cause.PEERS,
    Cause.STALENESS,
    Cause.OWN_CHANGE,
)


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a voice stands in one world: its value in whole millionths, and its place, from 1."""

    units: int
    place: int


@dataclass(frozen=True, slots=True)
class CausePart:
    """What one cause did: to the value, in whole millionths, and to the place, in whole places (up is positive)."""

    cause: Cause
    units: int
    places: int

    @property
    def points(self) -> float:
        """What it did to the value, to six decimals."""
        return self.units / UNIT


World = Callable[[frozenset[Cause]], Stand | None]


def split(world: World, changed: Collection[Cause], *, every_order: bool = True) -> tuple[CausePart, ...]:
    """A part for each cause, in the order of `Cause`; they add up to the change from none switched to all `changed`.

    `world` says where the voice stands with these causes as they are now, None where it is unranked there; it is asked
    once a world. A step into such a world moves nothing, and the step out of it moves the whole way. A cause that is
    not in `changed`, or changes no world, gets exactly 0.

    With `every_order` the parts are Shapley's, in whole units by the largest remainder (of equal remainders the part
    that is negative first, then by `ORDER`); without, they are those of `ORDER`.

    Raises:
        ValueError: the voice is unranked then or now.
    """
    causes = [cause for cause in ORDER if cause in changed]
    orders = permutations(causes) if every_order else [causes]
    held = cache(world)
    units, places = dict.fromkeys(ORDER, 0), dict.fromkeys(ORDER, 0)
    for order in orders:
        for cause, before, after in _steps(order, held):
            units[cause] += after.units - before.units
            places[cause] += before.place - after.place
    shares = factorial(len(causes)) if every_order else 1
    units, places = _whole(units, shares), _whole(places, shares)
    return tuple(CausePart(cause, units[cause], places[cause]) for cause in Cause)


def _steps(order: Iterable[Cause], world: World) -> Iterator[tuple[Cause, Stand, Stand]]:
    """Each cause of the order with where the voice stood before it was switched, and after."""
    switched: frozenset[Cause] = frozenset()
    stand = _ranked(world(switched))
    for cause in order:
        switched |= {cause}
        before, stand = stand, world(switched) or stand
        yield cause, before, stand
    _ = _ranked(world(switched))


def _ranked(stand: Stand | None) -> Stand:
    if stand is None:
        raise ValueError("there is no movement of a voice that is unranked then or now")
    return stand


def _whole(sums: dict[Cause, int], shares: int) -> dict[Cause, int]:
    """The sums over so many shares as whole numbers with the same total, which is whole; 0 stays 0."""
    whole = {cause: divmod(total, shares) for cause, total in sums.items()}
    missing = sum(rest for _, rest in whole.values()) // shares
    # A rest of 0 is never topped up: there are always more rests than units missing.
    largest_first = sorted(whole, key=lambda cause: (-whole[cause][1], sums[cause] > 0))
    return {cause: whole[cause][0] + (cause in largest_first[:missing]) for cause in sums}
