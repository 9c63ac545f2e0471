"""What a report card is made of: columns of a snapshot, a sample of the claims in them, and what the log says of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from renown.claims import Claim, Freshness
from renown.gateway.report_readings import Courses, changes_of, courses_of, steps_of
from renown.gateway.standings import Standings
from renown.providers import Declaration
from renown.scoring import report_card as card
from renown.scoring.arrays import Floats
from renown.scoring.report_card import Measure
from renown.scoring.report_grades import PERIOD_DAYS
from renown.store import Store

_PERIOD = timedelta(days=PERIOD_DAYS)
SAMPLE = 1_000
_MOST_READINGS = 300_000
_SECONDS_A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Material:
    """All that one provider's card is made of.

    `claims` are its newest claims on a sample of the voices it scores; `courses` what was read of the accounts of
    these within the period, by provider. The period ends at the newest reading of the sample.
    """

    standings: Standings
    declaration: Declaration
    moment: datetime
    claims: tuple[Claim, ...]
    courses: Mapping[str, Courses]

    @property
    def others(self) -> dict[str, int]:
        """The columns of those it is compared with, by slug: all that recipes count unasked, but itself."""
        apart = {*self.standings.apart, self.declaration.slug}
        return {slug: at for at, slug in enumerate(self.standings.providers) if slug not in apart}

    def column(self, at: int) -> Floats:
        """The scores [n] of a column, more being more influence."""
        return _sign(self.standings, at) * self.standings.raw[:, at]


async def material_of(
    store: Store, standings: Standings, declaration: Declaration, fields: Mapping[str, str], now: datetime
) -> Material:
    """What there is on a provider; `fields` are those of each provider's score, by slug."""
    at = standings.column(declaration.slug)
    rows = np.flatnonzero(~np.isnan(standings.raw[:, at]))
    if rows.size > SAMPLE:
        # The same voices for the same snapshot: a figure does not change because it is looked at again.
        rows = np.sort(np.random.default_rng(standings.change).choice(rows, SAMPLE, replace=False))
    held = await store.claims_by_id(standings.claims[rows, at].tolist(), now)
    end = datetime.fromtimestamp(float(np.nanmax(standings.observed[rows, at])), UTC) if rows.size else now
    read = await store.readings(
        [claim.subject for claim in held.values()],
        list(fields.values()),
        (end - _PERIOD, end),
        limit=_MOST_READINGS,
        now=now,
    )
    by_field = courses_of(read)
    return Material(
        standings=standings,
        declaration=declaration,
        moment=standings.as_of or now,
        claims=tuple(held.values()),
        courses={slug: by_field.get(field, {}) for slug, field in fields.items()},
    )


def measures_of(material: Material) -> tuple[Measure, ...]:
    """Every measure of a provider, in the order of its report card."""
    at = material.standings.column(material.declaration.slug)
    own = material.column(at)
    others = {slug: material.column(column) for slug, column in material.others.items()}
    scored = ~np.isnan(own)
    sampled = None if len(material.claims) == scored.sum() else f"a sample of {len(material.claims):,} voices"
    fresh = [claim.provenance.freshness_at(material.moment) is Freshness.FRESH for claim in material.claims]
    ages = material.moment.timestamp() - material.standings.observed[scored, at]
    return (
        card.coverage(scored[_on_its_networks(material)]),
        card.freshness(np.array(fresh, dtype=bool), sampled),
        card.age(ages / _SECONDS_A_DAY),
        card.agreement(own, others),
        _herding(material, sampled),
        _jump_rate(material, sampled),
        card.monotonicity(own, list(others.values())),
    )


def _herding(material: Material, sampled: str | None) -> Measure:
    standings, slug = material.standings, material.declaration.slug
    sign, own = _sign(standings, standings.column(slug)), material.courses[slug]
    changes = {}
    for other, at in material.others.items():
        mine, theirs = changes_of(own, material.courses[other])
        changes[other] = sign * mine, _sign(standings, at) * theirs
    return card.herding(changes, sampled)


def _jump_rate(material: Material, sampled: str | None) -> Measure:
    scale = material.standings.scales[material.standings.column(material.declaration.slug)]
    steps, owners = steps_of(material.courses[material.declaration.slug])
    return card.jump_rate(steps, owners, None if scale.maximum is None else scale.maximum - scale.minimum, sampled)


def _on_its_networks(material: Material) -> np.ndarray:
    marked, networks = material.standings.networks, material.declaration.networks
    known = [marked[network].mask for network in networks if network in marked]
    return np.logical_or.reduce(known) if known else np.zeros(len(material.standings.voices), dtype=bool)


def _sign(standings: Standings, at: int) -> float:
    return 1.0 if standings.scales[at].higher_is_more else -1.0
