"""A frozen reference in force: what is compared with it, what it says of itself, and that the past stays as it was."""

from datetime import timedelta

import numpy as np
import pytest

from making import NOON, claim
from renown.claims import Account
from renown.errors import BadImport, BadRequest
from renown.gateway import DEFAULT_RECIPE, Filter, Gateway
from renown.gateway.distributions import read_distributions
from renown.gateway.recipes import CONSENSUS_RECIPE
from renown.gateway.referencing import build_reference, put_in_force
from renown.gateway.walking import find_claims
from renown.scoring import Normaliser, Recipe

N = 60
EQUATED = Recipe(normaliser=Normaliser.EQUATED)


def scores(seed=1):
    """Claims of Klout and Kred on sixty people, who agree but for noise. Synthetic."""
    random = np.random.default_rng(seed)
    truth = random.standard_normal(N)
    klout = 40 + 15 * truth + 5 * random.standard_normal(N)
    kred = 500 + 150 * truth + 80 * random.standard_normal(N)
    told = []
    for at in range(N):
        told.append(claim(f"twitter:voice_{at}", "klout.score", round(float(np.clip(klout[at], 1, 100)), 2)))
        told.append(claim(f"twitter:voice_{at}", "kred.influence", round(float(np.clip(kred[at], 1, 1000)))))
    return told


@pytest.fixture
async def held(empty: Gateway) -> Gateway:
    """A gateway that holds them."""
    await empty.keep(scores(), [Account("twitter", f"voice_{at}") for at in range(N)])
    return empty


async def in_force(gateway):
    """A reference of what is held, put in force."""
    reference = await build_reference(gateway)
    await put_in_force(gateway, reference)
    return reference


async def test_with_a_reference_the_consensus_is_meant(held):
    """Without one the default recipe is the linear mean; once one is in force it is the consensus, and ranks all."""
    assert await held.default_recipe() == DEFAULT_RECIPE
    reference = await in_force(held)
    assert await held.default_recipe() == CONSENSUS_RECIPE
    assert await held.recipe_names.find("default") == CONSENSUS_RECIPE
    ranked = await held.rank(Filter(), await held.default_recipe())
    assert (len(ranked), ranked.interval_kind) == (N, "POSTERIOR")
    assert ranked.standings.reference == reference


async def test_somebodys_arrival_moves_nobody(held):
    """Under the frozen reference a newcomer changes no value of those who were there; under POPULATION it does."""
    await in_force(held)
    before = await held.rank(Filter(), EQUATED)
    kept = dict(zip(before.voices, before.values.tolist(), strict=True))
    newcomer = [claim("twitter:new", "klout.score", 99.0), claim("twitter:new", "kred.influence", 999)]
    await held.keep(newcomer, [Account("twitter", "new")])
    after = await held.rank(Filter(), EQUATED)
    now = dict(zip(after.voices, after.values.tolist(), strict=True))
    assert {voice: now[voice] for voice in kept} == kept
    assert len(now) == N + 1


async def test_an_older_snapshot_keeps_its_reference(held):
    """What was computed under one reference can be computed again after another came into force."""
    first = await in_force(held)
    ranked = await held.rank(Filter(), EQUATED)
    composite = (await held.entries(ranked, 0, 1))[0].claim
    await held.keep(scores(seed=2), [])
    second = await in_force(held)
    assert first.version != second.version
    assert (await held.snapshots.named(ranked.standings.snapshot)).reference == first
    assert await find_claims(held, [composite.id]) == [composite]
    assert [each.version for each in await held.store.references()] == [second.version, first.version]


async def test_before_the_first_reference_the_first_counts(held):
    """Asked for a moment before any reference was built, the first one stands, and never a later one."""
    first = await in_force(held)
    await held.keep(scores(seed=2), [])
    await in_force(held)
    assert (await held.snapshots.current(NOON - timedelta(days=400))).reference == first


async def test_provenance_says_what_a_value_stands_on(held):
    """A normalised score names the anchors, the error and the reference; a composite names the reference."""
    reference = await in_force(held)
    blended = (await held.entries(await held.rank(Filter(), CONSENSUS_RECIPE), 0, 1))[0]
    klout = next(part for part in blended.contributions if part.provider == "klout")
    assert "equated through 60 people" in klout.normalised.provenance.source
    assert reference.version[:16] in klout.normalised.provenance.source
    assert f"consensus of reference {reference.version[:16]}" in blended.claim.provenance.source
    assert "Sociagility" in blended.claim.provenance.source
    found = await find_claims(held, [klout.normalised.id, blended.claim.id])
    assert found == [klout.normalised, blended.claim]


async def test_a_score_without_a_table_says_so(demo):
    """With a reference of PeerIndex and no table of Klout, six tyre brands are still ranked, and Klout is linear."""
    await in_force(demo)
    ranked = await demo.rank(Filter(list="tyres"), EQUATED)
    blended = (await demo.entries(ranked, 0, 1))[0]
    klout = next(part for part in blended.contributions if part.provider == "klout")
    assert "LINEAR on the declared scale" in klout.normalised.provenance.source
    assert klout.normalised.value == pytest.approx(100 * (klout.score.value - 1) / 99)
    assert len(await demo.rank(Filter(list="tyres"), CONSENSUS_RECIPE)) == 6


async def test_too_few_people_make_no_reference(empty):
    """Of nobody none can be built: the error says how many there must be."""
    with pytest.raises(BadRequest, match="30 voices") as refusal:
        await build_reference(empty)
    assert refusal.value.code == "TOO_FEW_VOICES"


PUBLISHED = """provider,since,score,percentile,source
peerindex,,10,20,"A published table, 2012"
peerindex,,50,90,"A published table, 2012"
klout,,20,50,"Not used: there are people"
klout,,60,99,"Not used: there are people"
"""


async def test_published_figures_stand_in_where_too_few_are_held(held):
    """A cited distribution makes a table of a scale that nobody is held on; what people make stands."""
    knots = read_distributions(PUBLISHED.encode(), "tables.csv", held.registry)
    reference = await build_reference(held, published=knots)
    peerindex, klout = reference.table("peerindex"), reference.table("klout")
    assert (
        peerindex.source
        == "published: A published table, 2012 (tables.csv, row 2); A published table, 2012 (tables.csv, row 3)"
    )
    assert reference.percentiles("peerindex", np.array([10.0, 30.0, 50.0])).tolist() == [20, 55, 90]
    assert klout.voices == N


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("klont,,10,20,x", "line 2, column 'provider'"),
        ("klout,,ten,20,x", "line 2, column 'score'"),
        ("klout,,10,100,x", "between 0 and 100"),
        ("klout,,10,20,", "column 'source'"),
    ],
)
async def test_bad_figures_are_refused_with_line_and_column(empty, row, words):
    """What cannot be read is named by line and column."""
    with pytest.raises(BadImport, match=words):
        read_distributions(f"provider,since,score,percentile,source\n{row}\n".encode(), "bad.csv", empty.registry)


@pytest.mark.parametrize("rows", ["peerindex,,10,20,x", "peerindex,,10,20,x\npeerindex,,20,10,x"])
async def test_figures_that_make_no_curve_are_refused(held, rows):
    """One figure alone, or figures that fall, make no table."""
    knots = read_distributions(f"provider,since,score,percentile,source\n{rows}\n".encode(), "bad.csv", held.registry)
    with pytest.raises(BadImport, match="peerindex"):
        await build_reference(held, published=knots)
