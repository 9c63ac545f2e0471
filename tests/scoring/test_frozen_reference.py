"""The frozen reference: tables, equating, consensus; and the laws that hold under it."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from population import CENTRES, LOADINGS, PROVIDERS, SCALES, SPREADS, covered, fit, people

from renown.claims import Scale
from renown.errors import BadRecipe
from renown.scoring import (
    NO_REFERENCE,
    Combiner,
    Consensus,
    FrozenReference,
    Normaliser,
    Recipe,
    Weighting,
    blend,
    perturb,
    points_of,
    rank,
    reweigh,
    rounded,
    stands_on,
)

CONSENSUS = Recipe(
    normaliser=Normaliser.EQUATED, combiner=Combiner.CONSENSUS, weighting=Weighting.RELIABILITY, minimum_providers=1
)
FEW = settings(max_examples=40, deadline=None)
TRUTH, SCORES = people(1500)
PARTIAL = covered(SCORES, 0.7)
REFERENCE = fit(PARTIAL)


def values(scores, recipe=CONSENSUS, reference=REFERENCE, **given):
    """What a recipe makes of scores of the four providers."""
    return blend(scores, SCALES, PROVIDERS, recipe, reference, **given).values


def test_a_reference_survives_its_canonical_json():
    """Read back from its canonical JSON it is the same version, and places scores alike."""
    again = FrozenReference.from_canonical(REFERENCE.canonical_text)
    assert again == REFERENCE
    assert again.version == REFERENCE.version
    assert np.array_equal(values(PARTIAL[:50], reference=again), values(PARTIAL[:50]), equal_nan=True)
    with pytest.raises(ValueError, match="not the canonical JSON"):
        FrozenReference.from_canonical("{}")


def test_loadings_come_near_the_truth():
    """From 1,500 people, seven scores in ten known, every reliability is found to within 0.06."""
    assert REFERENCE.consensus.basis.startswith("fitted")
    assert np.abs(np.array(REFERENCE.consensus.loadings) - LOADINGS).max() < 0.06


def test_nobodys_score_depends_on_who_else_is_there():
    """Under a frozen reference each voice alone has the value it has among all."""
    among_all = values(PARTIAL[:40])
    alone = np.concatenate([values(PARTIAL[row : row + 1]) for row in range(40)])
    assert np.array_equal(among_all, alone, equal_nan=True)


@FEW
@given(st.integers(0, 1499), st.integers(0, 3), st.floats(0, 400))
def test_a_better_score_is_never_a_worse_consensus(voice, provider, gain):
    """Monotone in every provider, also where the others contradict it and beyond the ends of its table."""
    better = PARTIAL[[voice]].copy()
    better[0, provider] += gain
    before, after = values(PARTIAL[[voice]]), values(better)
    assert np.isnan(before[0]) or after[0] >= before[0] - 1e-9


def test_units_do_not_matter():
    """A provider that reports in another unit gives everybody the same consensus."""
    rescaled = PARTIAL * [1, 7.5, 1, 1] + [0, -20, 0, 0]
    assert np.allclose(values(rescaled, reference=fit(rescaled)), values(PARTIAL), atol=1e-6, equal_nan=True)


def test_less_may_be_more():
    """A scale on which less is more, turned round, gives everybody the same consensus."""
    scales = (SCALES[0], Scale(0, 1000, higher_is_more=False), *SCALES[2:])
    turned = PARTIAL * [1, -1, 1, 1] + [0, 1000, 0, 0]
    said = blend(turned, scales, PROVIDERS, CONSENSUS, fit(turned, scales=scales)).values
    assert np.allclose(said, values(PARTIAL), atol=1e-6, equal_nan=True)


def test_equating_undoes_whom_a_provider_covers():
    """A provider that covers the better half only gives its median voice about the 75th percentile, not the 50th."""
    better_half = SCORES.copy()
    better_half[TRUTH < 0, 0] = np.nan
    reference = fit(better_half)
    middle = np.array([np.nanmedian(better_half[:, 0])])
    own = reference.percentiles("klout", middle)[0]
    equated = (
        100
        * blend(
            np.array([[middle[0], *[np.nan] * 3]]),
            SCALES,
            PROVIDERS,
            Recipe(normaliser=Normaliser.EQUATED, minimum_providers=1),
            reference,
        ).values[0]
        / 100
    )
    assert abs(own - 50) < 2
    assert abs(equated - 75) < 6
    assert reference.table("klout").anchors > 500
    assert 0 < reference.table("klout").error < 3


def test_with_few_people_in_common_the_own_percentile_stands_in():
    """Under 30 anchors a scale is not equated, and its statement says so."""
    apart = SCORES[:200].copy()
    apart[:100, 0], apart[100:, 1:] = np.nan, np.nan
    reference = fit(apart)
    assert reference.table("klout").error is None
    assert "too few people in common" in reference.table("klout").statement
    assert "own percentile" in stands_on(Normaliser.EQUATED, "klout", reference)


def test_a_provider_without_a_table_is_read_on_its_declared_scale():
    """Under 30 voices there is no table: LINEAR stands in, and the provenance says which and why."""
    reference = fit(np.where(np.arange(1500)[:, np.newaxis] < [29, 1500, 1500, 1500], SCORES, np.nan))
    assert reference.table("klout") is None
    recipe = Recipe(normaliser=Normaliser.PERCENTILE, minimum_providers=1)
    assert values(np.array([[44.0, np.nan, np.nan, np.nan]]), recipe, reference)[0] == 44
    assert stands_on(Normaliser.PERCENTILE, "klout", reference).startswith("LINEAR on the declared scale")
    assert not np.isnan(values(np.array([[44.0, 500.0, np.nan, np.nan]]), reference=reference)[0])


def test_with_no_reference_at_all_every_scale_is_linear():
    """FROZEN without a reference is LINEAR; the consensus is refused with the command that makes one."""
    recipe = Recipe(normaliser=Normaliser.PERCENTILE, minimum_providers=1)
    assert values(np.array([[44.0, 500.0, 20.0, 80.0]]), recipe, NO_REFERENCE)[0] == pytest.approx(
        (44 + 50 + 20 + 80) / 4
    )
    with pytest.raises(BadRecipe, match="none is held") as refusal:
        values(SCORES[:3], reference=NO_REFERENCE)
    assert refusal.value.code == "NO_REFERENCE"


@pytest.mark.parametrize("normaliser", [Normaliser.PERCENTILE, Normaliser.EQUATED])
def test_beyond_the_ends_of_a_table_better_is_still_better(normaliser):
    """Scores above and below all that the table was built from keep their order."""
    scores = np.full((6, 4), np.nan)
    scores[:, 0] = [-30, -20, 0, 80, 110, 130]
    said = values(scores, Recipe(normaliser=normaliser, minimum_providers=1))
    assert (np.diff(said) > 0).all()
    assert 0 <= said.min() < said.max() <= 100


def test_each_era_has_its_table():
    """Of a provider that doubled its scale one day, 20 before it stands where 40 stands after."""
    days = np.where(np.arange(1500) < 700, 15_000, 16_000)[:, np.newaxis] * np.ones(4)
    halved = SCORES.copy()
    halved[:700, 0] /= 2
    reference = fit(halved, days=days, klout={"eras": (str(np.datetime64(15_500, "D")),)})
    assert [table.since for table in reference.tables if table.provider == "klout"] == ["2012-06-09", None]
    recipe = Recipe(normaliser=Normaliser.EQUATED, minimum_providers=1)
    both = np.full((2, 4), np.nan)
    both[:, 0] = [20, 40]
    said = values(both, recipe, reference, days=np.array([[15_000.0] * 4, [16_000.0] * 4]))
    assert abs(said[0] - said[1]) < 4


def test_a_near_copy_adds_no_weight():
    """Klout's copy under another name changes nobody by a point, and the two share what Klout had."""
    copied = np.column_stack([SCORES, 2 * SCORES[:, 0] + 3])
    providers, scales = (*PROVIDERS, "klout-again"), (*SCALES, Scale(0, 300))
    reads = (("twitter",), ("bluesky",), ("github",), ("youtube",), ("twitter",))
    reference = fit(copied, providers=providers, reads=reads, scales=scales)
    assert ("klout", "klout-again") in reference.consensus.witnesses
    before, after = fit(SCORES), blend(copied, scales, providers, CONSENSUS, reference)
    assert np.abs(after.values - values(SCORES, reference=before)).max() < 0.01
    assert np.allclose(after.weights[:, 0], after.weights[:, 4])
    mean = Recipe(normaliser=Normaliser.EQUATED, weighting=Weighting.RELIABILITY)
    said, alone = blend(copied, scales, providers, mean, reference), values(SCORES, mean, before)
    assert np.abs(said.values - alone).max() < 0.1


def test_a_provider_of_pure_noise_gets_no_say():
    """Fitted beside three that agree, it has a loading near 0, never below, and next to no weight."""
    _, scores = people(1500, loadings=np.array([0.94, 0.90, 0.64, 0.0]))
    reference = fit(scores)
    assert 0 <= reference.consensus.loadings[3] < 0.1
    assert blend(scores, SCALES, PROVIDERS, CONSENSUS, reference).weights[:, 3].mean() < 0.02


def test_with_too_few_providers_published_reliabilities_stand_in():
    """Three providers do not identify the model: the loadings are the published ones, with their citation."""
    reference = fit(SCORES[:, :3], providers=PROVIDERS[:3], reads=(("twitter",),) * 3, scales=SCALES[:3])
    assert reference.consensus.loadings == (0.94, 0.90, 0.64)
    assert "Sociagility" in reference.consensus.basis
    assert "n = 39" in reference.consensus.basis
    assert reference.consensus.sources == pytest.approx(1.6, abs=0.05)


def test_where_one_factor_does_not_hold_all_count_alike():
    """Two pairs of providers that measure two things: no evidence says which counts, so the loadings are equal."""
    (_, one), (_, other) = people(1500), people(1500, seed=9)
    reference = fit(np.column_stack([one[:, :2], other[:, 2:]]))
    assert reference.consensus.basis.startswith("equal")
    assert len(set(reference.consensus.loadings)) == 1


def test_wandering_standings_are_found_and_old_scores_count_less():
    """Scores up to two years old of standings that halve in a year: one finds it, and the newer score pulls more."""
    random = np.random.default_rng(4)
    ages = random.uniform(0, 730, (3000, 4))
    now, then = random.standard_normal((2, 3000))
    kept = 0.5 ** (ages / 365)
    standing = kept * now[:, np.newaxis] + np.sqrt(1 - kept**2) * then[:, np.newaxis]
    noise = random.standard_normal((3000, 4))
    scores = CENTRES + SPREADS * (LOADINGS * standing + np.sqrt(1 - LOADINGS**2) * noise)
    reference = fit(scores, ages_days=ages)
    assert reference.consensus.half_life is not None
    young_and_old = np.array([[0.0, 730, np.nan, np.nan], [730, 0.0, np.nan, np.nan]])
    weights = blend(
        np.tile([40.0, 500.0, np.nan, np.nan], (2, 1)), SCALES, PROVIDERS, CONSENSUS, reference, ages_days=young_and_old
    ).weights
    assert weights[0, 0] > weights[1, 0]


@FEW
@given(st.integers(0, 1499))
def test_the_points_of_a_consensus_add_up(voice):
    """Shapley's points add up to the rounded value to the last decimal; the absent have none and no weight."""
    blended = blend(PARTIAL[[voice]], SCALES, PROVIDERS, CONSENSUS, REFERENCE)
    if np.isnan(blended.values[0]):
        return
    (points,) = points_of(blended, np.array([0]), PROVIDERS, CONSENSUS, REFERENCE)
    assert sum(Decimal(str(each)) for each in points.tolist()) == Decimal(str(float(rounded(blended.values)[0])))
    absent = np.isnan(PARTIAL[voice])
    assert not points[absent].any()
    assert not blended.weights[0][absent].any()


def test_the_posterior_holds_the_nominal_and_most_of_the_truth():
    """Ranges hold nominal place and value; nine true percentiles in ten, give or take, lie within theirs."""
    rows = np.flatnonzero(~np.isnan(values(PARTIAL)))
    drawn = perturb(PARTIAL, SCALES, PROVIDERS, CONSENSUS, REFERENCE, rows=rows)
    shown = rounded(values(PARTIAL)[rows])
    ranking = rank(values(PARTIAL))
    places = dict(zip(ranking.rows.tolist(), ranking.places.tolist(), strict=True))
    mine = np.array([places[row] for row in rows.tolist()])
    assert ((drawn.place_low <= mine) & (mine <= drawn.place_high)).all()
    assert ((drawn.value_low <= shown) & (shown <= drawn.value_high)).all()
    truth = 100 * (np.argsort(np.argsort(TRUTH[rows])) + 0.5) / rows.size
    assert 0.85 < ((drawn.value_low <= truth) & (truth <= drawn.value_high)).mean() < 0.95


def test_the_order_of_the_rows_does_not_matter_to_the_draws():
    """Shuffled input gives each voice the same drawn places under the consensus."""
    some = PARTIAL[:60][~np.isnan(values(PARTIAL[:60]))]
    order = np.random.default_rng(5).permutation(len(some))
    first = perturb(some, SCALES, PROVIDERS, CONSENSUS, REFERENCE, rows=slice(None))
    second = perturb(some[order], SCALES, PROVIDERS, CONSENSUS, REFERENCE, rows=slice(None))
    assert np.array_equal(first.places[:, order], second.places)


def test_columns_that_are_normalised_already_can_be_weighed_again():
    """`reweigh` of what `blend` normalised gives the same values, the consensus among them."""
    blended = blend(PARTIAL[:50], SCALES, PROVIDERS, CONSENSUS, REFERENCE)
    again = reweigh(blended.normalised, PROVIDERS, CONSENSUS, REFERENCE)
    assert np.array_equal(again.values, blended.values, equal_nan=True)


def test_a_group_that_the_reference_never_met_is_taken_for_the_population():
    """Of a voice covered in a way nobody was when the reference was built, nothing is known beforehand."""
    consensus = Consensus((("a",), ("b",)), (0.9, 0.9), ((1.0, 0.0), (0.0, 1.0)), ((3, 1.0, 0.5, 10),), None, "", 2.0)
    means, variances = consensus.priors.priors(np.array([[True, True], [True, False]]))
    assert means.tolist() == [1.0, 0.0]
    assert variances.tolist() == [0.5, 1.0]
