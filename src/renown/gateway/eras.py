"""Eras: the spans between a provider's changes of method, and what its values are worth across them.

While a change is suspected, what the provider says since is held back, and the last old value of each voice stands.
Once an era is open its values are brought back, through its link, to the scale of the era before, and so on to the
first. What the provider said stays what it said: only the columns that rankings read are brought back.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from renown.claims import Claim
from renown.providers import Registry
from renown.scoring.era_link import EraLink
from renown.store import EraStep, Store


class EraState(StrEnum):
    """Where a suspicion stands. UNDECIDED and DISMISSED change no value."""

    SUSPECTED = "SUSPECTED"
    UNDECIDED = "UNDECIDED"
    OPEN = "OPEN"
    DISMISSED = "DISMISSED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Era:
    """A provider's values since `began_at`, which are, may be or turned out not to be by a method of their own.

    `number` counts its suspicions from 1. `pairs` people were read on both sides. `opened_at` and `link` only of an
    open era.
    """

    number: int
    state: EraState
    began_at: datetime
    opened_at: datetime | None
    pairs: int
    link: EraLink | None
    statement: str

    @classmethod
    def of(cls, step: EraStep) -> "Era":
        """The era as its newest step has it."""
        state = EraState(step.state)
        return cls(
            number=step.number,
            state=state,
            began_at=step.began_at,
            opened_at=step.at if state is EraState.OPEN else None,
            pairs=step.pairs,
            link=None if step.link is None else EraLink.from_json(step.link),
            statement=step.statement,
        )


def eras_in(steps: Iterable[EraStep]) -> dict[str, tuple[Era, ...]]:
    """The eras of each provider, by number, from their steps in the order of keeping."""
    newest = {(step.provider, step.number): step for step in steps}
    found: dict[str, list[Era]] = {}
    for (provider, _), step in sorted(newest.items()):
        found.setdefault(provider, []).append(Era.of(step))
    return {provider: tuple(eras) for provider, eras in found.items()}


@dataclass(frozen=True)
class Method:
    """How to read one provider's scores: its eras that are open or suspected, and what was said before each.

    `before` holds, by the era's number, each subject's last claim of before it began.
    """

    name: str
    eras: tuple[Era, ...]
    before: Mapping[int, Mapping[str, Claim]]

    @cached_property
    def opened(self) -> tuple[Era, ...]:
        """The eras with a link, oldest first."""
        return tuple(sorted((era for era in self.eras if era.link), key=lambda era: era.began_at))

    @cached_property
    def suspected(self) -> Era | None:
        """The suspicion that is open, where one is."""
        return next((era for era in self.eras if era.state is EraState.SUSPECTED), None)

    def is_held(self, claim: Claim) -> bool:
        """Whether a claim may not be used yet."""
        return self.suspected is not None and claim.provenance.observed_at >= self.suspected.began_at

    def value(self, claim: Claim) -> float:
        """A claim's value on the scale of the first era."""
        value, eras = float(claim.value), self._eras_of(claim)
        for at in reversed(range(len(eras))):
            era, link = eras[at], eras[at].link
            older = self.before.get(era.number, {}).get(claim.subject)
            if link is None:
                continue
            if older is not None and len(self._eras_of(older)) == at:
                value = link.read_beside(value, float(older.value))
            else:
                value = link.read(value)
        return value

    def said(self, claim: Claim) -> str:
        """What provenance adds to a value computed from a claim; empty where no change of method concerns it."""
        return "".join(
            f"; linked across {self.name}'s change of method of {_day(era)}"
            f" ({era.pairs} pairs, standard error {era.link.error:.2g})"
            for era in self._eras_of(claim)
            if era.link
        )

    def why_held(self) -> str:
        """Why a voice without an old value has none."""
        day = _day(self.suspected) if self.suspected else ""
        return f"held while {self.name}'s change of method of {day} is measured"

    def _eras_of(self, claim: Claim) -> tuple[Era, ...]:
        return tuple(era for era in self.opened if era.began_at <= claim.provenance.observed_at)


@dataclass(frozen=True)
class Methods:
    """How to read scores, by their field; a field that is not among them is read as it is."""

    by_field: Mapping[str, Method] = field(default_factory=dict)

    def value(self, claim: Claim) -> float:
        """A claim's value as the columns have it."""
        method = self.by_field.get(claim.field)
        return float(claim.value) if method is None else method.value(claim)

    def said(self, claim: Claim, *, is_held: bool) -> str:
        """What provenance adds to a value computed from a claim that is, or is not, held in place of a newer one."""
        method = self.by_field.get(claim.field)
        if method is None:
            return ""
        return f"{method.said(claim)}; {method.why_held()}" if is_held else method.said(claim)

    def era(self, field_: str) -> int:
        """The number of the open era of a field; 0 for the first."""
        method = self.by_field.get(field_)
        return method.opened[-1].number if method and method.opened else 0

    def why_held(self, field_: str) -> str:
        """What is said of those who have no value of a field but one that is held back."""
        method = self.by_field.get(field_)
        return "" if method is None else method.why_held()


UNCHANGED = Methods()


@dataclass(frozen=True)
class StandingClaims:
    """The claims that stand, the ids of those kept in place of a newer one, and the subjects left without, by field."""

    claims: Sequence[Claim]
    held: frozenset[str]
    without: Mapping[str, frozenset[str]]


def standing_values(claims: Sequence[Claim], methods: Methods) -> StandingClaims:
    """The latest claims, each that is held back replaced by the subject's last one of the old era, or left out."""
    if not any(method.suspected for method in methods.by_field.values()):
        return StandingClaims(claims, frozenset(), {})
    standing: list[Claim] = []
    held: set[str] = set()
    without: dict[str, set[str]] = {}
    for claim in claims:
        method = methods.by_field.get(claim.field)
        if method is None or method.suspected is None or not method.is_held(claim):
            standing.append(claim)
        elif older := method.before.get(method.suspected.number, {}).get(claim.subject):
            standing.append(older)
            held.add(older.id)
        else:
            without.setdefault(claim.field, set()).add(claim.subject)
    return StandingClaims(standing, frozenset(held), {field_: frozenset(who) for field_, who in without.items()})


async def methods_by(
    steps: Sequence[EraStep],
    store: Store,
    registry: Registry,
    *,
    as_of: datetime | None,
    upto_change: int,
    now: datetime,
) -> Methods:
    """How scores were to be read after the steps written by a change; of what was observed by `as_of`."""
    by_field = {}
    eras_of = eras_in(steps)
    for declaration in (provider.declaration for provider in registry.scored):
        eras = [era for era in eras_of.get(declaration.slug, ()) if as_of is None or era.began_at <= as_of]
        counting = [era for era in eras if era.link or era.state is EraState.SUSPECTED]
        if counting and (metric := declaration.primary_metric):
            before = {
                era.number: await store.last_before(metric.field, era.began_at, as_of, upto_change, now)
                for era in counting
            }
            by_field[metric.field] = Method(declaration.name, tuple(counting), before)
    return Methods(by_field)


def _day(era: Era) -> str:
    return f"{era.began_at:%d %B %Y}"
