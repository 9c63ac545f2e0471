"""Build a frozen reference from columns of scores: tables, equating and consensus, in one pass. Never in a query."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from renown.claims import Scale
from renown.scoring.arrays import Floats
from renown.scoring.equate import Link, equated, knots_of
from renown.scoring.factor import Factor, drift, first_guess, improved, unexplained
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
    """A provider whose scale is fitted: its slug and scale, the networks it reads, and what its scores are from."""

    provider: str
    scale: Scale
    reads: tuple[str, ...]
    source: str


def fit_reference(
    scores: Floats,
    sources: Sequence[Source],
    *,
    built_at: str,
    ages_days: Floats | None = None,
    on_round: Callable[[int, int], None] = lambda _done, _of: None,
) -> FrozenReference:
    """The reference of these scores [n, p], NaN where there is none; a provider with fewer than 30 has no table.

    `on_round` is told how many rounds are done, and of how many.
    """
    held = [j for j in range(len(sources)) if (~np.isnan(scores[:, j])).sum() >= FEWEST_VOICES]
    turned = np.column_stack(
        [scores[:, j] if sources[j].scale.higher_is_more else -scores[:, j] for j in held] or [np.empty(len(scores))]
    )[:, : len(held)]
    kept = [sources[j] for j in held]
    known = (~np.isnan(turned)).any(axis=1)
    turned = turned[known]
    some = slice(None, None, -(-len(turned) // _FITTED_ON) or 1)
    ages = None if ages_days is None else ages_days[known][:, held][some]
    fitted = _fit(turned[some], kept, ages, on_round) if held else None
    tables = tuple(_table(turned[:, j], source, turned[some, j], fitted, j) for j, source in enumerate(kept))
    return FrozenReference(built_at, int(known.sum()), tables, fitted and fitted.consensus)


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


def _table(column: Floats, source: Source, fitted_on: Floats, fitted: _Fitted | None, number: int) -> ScaleTable:
    values = column[~np.isnan(column)]
    levels, shares = knots_of(values, mid_shares(values))
    link = fitted.links[number] if fitted else Link(normal_scores(fitted_on), 0, None)
    held = ~np.isnan(fitted_on) & ~np.isnan(link.z)
    at, z = knots_of(fitted_on[held], link.z[held])
    return ScaleTable(
        provider=source.provider,
        scores=tuple(float(level) for level in levels),
        percentiles=tuple(round(100 * float(share), 6) for share in shares),
        latent=tuple(round(float(each), 6) for each in np.interp(levels, at, z)),
        voices=values.size,
        anchors=link.anchors,
        error=None if link.error is None else round(link.error, 6),
        mean=round(float(values.mean()), 6),
        deviation=round(float(values.std()), 6),
        source=source.source,
    )
