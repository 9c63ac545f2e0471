"""Build a frozen reference from columns of scores: tables, equating and consensus, in one pass. Never in a query."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np

from renown.claims import Scale
from renown.scoring.arrays import Floats
from renown.scoring.equate import Link, equated, knots_of
from renown.scoring.factor import Factor, drift, first_guess, improved, unexplained
from renown.scoring.normal import place_of
from renown.scoring.posterior import MOST_LOADING
from renown.scoring.published import CITATION, published_loading
from renown.scoring.ranks import mid_shares, normal_scores
from renown.scoring.reference import Consensus, FrozenReference, ScaleTable, independent_sources
from renown.scoring.witnesses import copies, merged, noise_correlation

FEWEST_VOICES = 30
_FEWEST_WITNESSES, _FEWEST_ROWS = 4, 200
_ROUNDS = 12
# More voices than these change no third digit; the percentiles are of all of them.
_FITTED_ON = 20_000
# One factor leaves about 0.02 over where it holds.
_MISFIT = 0.1


@dataclass(frozen=True, slots=True)
class Source:
    """A provider whose scale is fitted: its slug and scale, the networks it reads, and what its scores are from.

    `eras` are the days (ISO) on which its scale changed, oldest first. One that is `apart` has a table of its own and
    no part in the consensus.
    """

    provider: str
    scale: Scale
    reads: tuple[str, ...]
    source: str
    eras: tuple[str, ...] = ()
    apart: bool = False


def fit_reference(
    scores: Floats,
    sources: Sequence[Source],
    *,
    built_at: str,
    ages_days: Floats | None = None,
    days: Floats | None = None,
    on_round: Callable[[int, int], None] = lambda _done, _of: None,
) -> FrozenReference:
    """The reference of these scores [n, p], NaN where there is none; a scale that fewer than 30 are on has no table.

    `days` [n, p] since the epoch say which era of its provider a score is of. The consensus is of the era that most
    voices are in; another era's percentiles stand for the same places. `on_round` is told how many rounds are done, and
    of how many.
    """
    columns = sorted(_columns_of(scores, sources, days), key=lambda column: not column.is_main)
    known = np.zeros(len(scores), dtype=np.bool_)
    for column in columns:
        known |= ~np.isnan(column.scores)
    shared = [column for column in columns if column.is_main and not column.source.apart]
    consensus, laid = _shared_scale(shared, ages_days, on_round)
    tables: dict[str, list[ScaleTable]] = {}
    for column in columns:
        slug = column.source.provider
        main = next(iter(tables.get(slug, ())), None)
        tables.setdefault(slug, []).append(_table(column, laid.get(slug) if column.is_main else None, main))
    return FrozenReference(built_at, int(known.sum()), tuple(chain.from_iterable(tables.values())), consensus)


@dataclass(frozen=True, slots=True, eq=False)
class _Column:
    """The scores [n] of one era of a provider, more being better; the era with most voices is the main one."""

    number: int
    source: Source
    since: str | None
    is_main: bool
    scores: Floats


@dataclass(frozen=True, slots=True)
class _Laid:
    """The scores [n] that were fitted on, and where they were laid."""

    scores: Floats
    link: Link


def _columns_of(scores: Floats, sources: Sequence[Source], days: Floats | None) -> Iterator[_Column]:
    for number, source in enumerate(sources):
        turned = scores[:, number] if source.scale.higher_is_more else -scores[:, number]
        starts = [np.datetime64(day, "D").astype(int) for day in source.eras]
        era = np.zeros(len(turned), np.intp) if days is None else np.searchsorted(starts, days[:, number], side="right")
        held = ~np.isnan(turned)
        counts = np.bincount(era[held], minlength=len(starts) + 1)
        for at in np.flatnonzero(counts >= FEWEST_VOICES).tolist():
            since = source.eras[at - 1] if at else None
            yield _Column(number, source, since, at == int(counts.argmax()), np.where(era == at, turned, np.nan))


def _shared_scale(
    columns: Sequence[_Column], ages_days: Floats | None, on_round: Callable[[int, int], None]
) -> tuple[Consensus | None, dict[str, _Laid]]:
    """The consensus of these columns, and where it laid each provider's scores."""
    if not columns:
        return None, {}
    scores = np.column_stack([column.scores for column in columns])
    rows = np.flatnonzero((~np.isnan(scores)).any(axis=1))
    rows = rows[:: -(-rows.size // _FITTED_ON)]
    ages = None if ages_days is None else ages_days[rows][:, [column.number for column in columns]]
    fitted = _fit(scores[rows], [column.source for column in columns], ages, on_round)
    laid = zip(columns, scores[rows].T, fitted.links, strict=True)
    return fitted.consensus, {column.source.provider: _Laid(some, link) for column, some, link in laid}


@dataclass(frozen=True, slots=True)
class _Fitted:
    links: tuple[Link, ...]
    consensus: Consensus


@dataclass(frozen=True, slots=True)
class _Matter:
    """What is fitted: scores and their own normal scores [n, p], who is which witness, ages [n, q] by witness."""

    scores: Floats
    own: Floats
    groups: Sequence[Sequence[int]]
    correlation: Floats
    ages: Floats | None

    @property
    def complete(self) -> bool:
        """Whether everybody is covered by all: then percentiles are comparable as they are."""
        return not np.isnan(self.scores).any()

    def witness(self, column: int) -> int:
        return next(number for number, members in enumerate(self.groups) if column in members)

    def link(self, column: int, z: Floats, factor: Factor) -> Link:
        """One column anew, standing for its whole witness while it is placed."""
        witnesses, number = merged(z, self.groups), self.witness(column)
        witnesses[:, number] = z[:, column]
        link = equated(self.scores[:, column], witnesses, number, factor, self.ages)
        return replace(link, z=self.own[:, column]) if self.complete else link


def _fit(
    scores: Floats, sources: Sequence[Source], ages: Floats | None, on_round: Callable[[int, int], None]
) -> _Fitted:
    own = np.column_stack([normal_scores(scores[:, j]) for j in range(scores.shape[1])])
    groups = copies(own)
    firsts = [members[0] for members in groups]
    slugs = tuple(tuple(sources[j].provider for j in members) for members in groups)
    correlation = noise_correlation([sources[j].reads for j in firsts])
    matter = _Matter(scores, own, groups, correlation, None if ages is None else ages[:, firsts])
    complete = int((~np.isnan(merged(own, groups))).all(axis=1).sum())
    enough = len(groups) >= _FEWEST_WITNESSES and complete >= _FEWEST_ROWS
    basis = "fitted" if enough else "published"
    loadings = None if enough else np.array([max(map(published_loading, members)) for members in slugs])
    factor, z = _rounds(matter, loadings, on_round)
    if enough and unexplained(factor, merged(z, groups), matter.ages) > _MISFIT:
        basis = "equal"
        factor, z = _rounds(matter, _equal(factor), on_round)
    links = tuple(matter.link(j, z, factor) for j in range(len(sources)))
    return _Fitted(links, _consensus(factor, slugs, correlation, basis))


def _rounds(matter: _Matter, loadings: Floats | None, on_round: Callable[[int, int], None]) -> tuple[Factor, Floats]:
    """Reliability and equating in turn, each given the other, until both stand."""
    z = matter.own
    factor = first_guess(~np.isnan(merged(z, matter.groups)), matter.correlation, loadings)
    for number in range(_ROUNDS):
        witnesses = merged(z, matter.groups)
        factor = improved(factor, witnesses, matter.ages, learn_loadings=loadings is None)
        if matter.ages is not None:
            rate = drift(witnesses, matter.ages)
            factor = replace(factor, witnesses=replace(factor.witnesses, rate=rate))
        on_round(number + 1, _ROUNDS)
        if not matter.complete and number + 1 < _ROUNDS:
            z = np.column_stack([matter.link(j, z, factor).z for j in range(matter.scores.shape[1])])
    return factor, z


def _equal(factor: Factor) -> Floats:
    """One loading for all: what to do when more than one thing is measured, and nothing says which one counts."""
    loadings = factor.witnesses.loadings
    return np.full(loadings.size, min(float(np.sqrt((loadings**2).mean())), MOST_LOADING))


def _consensus(factor: Factor, slugs: tuple[tuple[str, ...], ...], correlation: Floats, basis: str) -> Consensus:
    rows = zip(*(array.tolist() for array in _columns(factor)), strict=True)
    rate = factor.witnesses.rate
    return Consensus(
        witnesses=slugs,
        loadings=tuple(round(float(load), 6) for load in factor.witnesses.loadings),
        correlation=tuple(tuple(round(float(each), 6) for each in row) for row in correlation),
        groups=tuple((code, round(mean, 6), round(variance, 6), size) for code, mean, variance, size in rows),
        half_life=round(float(np.log(2) / rate), 6) if rate > 0 else None,
        basis=_BASES[basis],
        sources=independent_sources(correlation.tolist()),
    )


def _columns(factor: Factor) -> tuple[np.ndarray, ...]:
    groups = factor.groups
    return groups.codes, groups.means, groups.variances, groups.sizes


_BASES = {
    "fitted": "fitted to the scores by expectation-maximisation",
    "published": f"too few providers or people to fit any; published: {CITATION}",
    "equal": "equal, because the scores have more than one thing in common and nothing says which counts",
}


def _table(column: _Column, laid: _Laid | None, main: ScaleTable | None) -> ScaleTable:
    values = column.scores[~np.isnan(column.scores)]
    levels, shares = knots_of(values, mid_shares(values))
    anchors, error = 0, None
    if laid is not None:
        held = ~np.isnan(laid.link.z)
        latent = np.interp(levels, *knots_of(laid.scores[held], laid.link.z[held]))
        anchors, error = laid.link.anchors, laid.link.error
    elif main is not None:
        latent = np.interp(100 * shares, main.percentiles, main.latent)
    else:
        latent = place_of(shares)
    return ScaleTable(
        provider=column.source.provider,
        scores=tuple(float(level) for level in levels),
        percentiles=tuple(round(100 * float(share), 6) for share in shares),
        latent=tuple(round(float(each), 6) for each in latent),
        voices=values.size,
        anchors=anchors,
        error=None if error is None else round(error, 6),
        mean=round(float(values.mean()), 6),
        deviation=round(float(values.std()), 6),
        source=column.source.source,
        since=column.since,
    )
