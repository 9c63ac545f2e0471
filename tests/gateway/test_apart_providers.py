"""Providers that are not blended: held and shown, but counted only by a recipe that names them."""

import pytest
from gateway_stage import find_claim

from making import claim
from renown.claims import Absence, Account, Claim
from renown.errors import BadRecipe, UnknownName
from renown.gateway import DEFAULT_RECIPE, Filter
from renown.gateway.lock import lock
from renown.scoring import Normaliser, Recipe, Weighting

BLENDED = ["klout", "kred", "peerindex", "renown"]
VOICE = Account("twitter", "Synthetic_One")
FIGURES = {"klout.score": 61.0, "peerindex.peerindex": 58.0, "klouchebag.score": 85.0, "tweetlevel.influence": 40.0}


def _weighing(**weights):
    return Recipe(weighting=Weighting.CUSTOM, weights=tuple(weights.items()))


async def _entry(gateway, recipe):
    """The voice's composite under a recipe, from its ranking."""
    ranked = await gateway.rank(Filter(voices=(VOICE.key,)), recipe)
    return (await gateway.entries(ranked, 0, 1))[0]


@pytest.fixture
async def mocked(empty):
    """A gateway that holds a voice with a Klouchebag and a TweetLevel figure beside two real scores."""
    await empty.keep([claim(VOICE.key, field, value) for field, value in FIGURES.items()], [VOICE])
    return empty


async def test_equal_weights_pass_them_over(mocked):
    """Neither value, coverage nor contributions of the default recipe know of them; the scores do."""
    entry = await _entry(mocked, DEFAULT_RECIPE)
    assert [part.provider for part in entry.contributions] == BLENDED
    assert entry.coverage == 0.5
    assert entry.value == pytest.approx(((61 - 1) / 99 * 100 + 58) / 2, abs=1e-6)
    assert isinstance(entry.scores["klouchebag"], Claim)
    assert isinstance(entry.scores["tweetlevel"], Claim)


async def test_a_weight_turns_the_parody_round(mocked):
    """Named by a recipe, 85 of 100 douchebag points are 15 of 100 on the common scale: never blended unsigned."""
    entry = await _entry(mocked, _weighing(klout=1, klouchebag=1))
    parts = {part.provider: part for part in entry.contributions}
    assert list(parts) == [*BLENDED, "klouchebag"]
    assert parts["klouchebag"].normalised.value == 15.0
    assert (parts["klouchebag"].weight, parts["peerindex"].weight) == (0.5, 0.0)
    assert entry.value == pytest.approx(((61 - 1) / 99 * 100 + 15) / 2, abs=1e-6)
    assert entry.coverage == 1.0


async def test_raw_scores_leave_it_alone_and_refuse_it_by_name(mocked):
    """The plain mean is taken without it; a recipe that names it cannot be RAW."""
    entry = await _entry(mocked, Recipe(normaliser=Normaliser.RAW))
    assert entry.value == (61 + 58) / 2
    with pytest.raises(BadRecipe, match="RAW"):
        await _entry(
            mocked,
            Recipe(normaliser=Normaliser.RAW, weighting=Weighting.CUSTOM, weights=(("klout", 1), ("klouchebag", 1))),
        )


@pytest.mark.parametrize("recipe", [_weighing(tweetlevel=1, klout=1), _weighing(tweetlevel=2, klouchebag=1, klout=1)])
async def test_columns_out_of_a_row_rank_the_same(mocked, recipe):
    """Some of the last columns, or all: parts add up, ranges hold the value, and every claim is found again."""
    ranked = await mocked.rank(Filter(voices=(VOICE.key,)), recipe)
    entry = (await mocked.entries(ranked, 0, 1))[0]
    assert sum(part.points for part in entry.contributions) == pytest.approx(entry.value, abs=1e-9)
    assert {part.provider for part in entry.contributions if part.weight} == {slug for slug, _ in recipe.weights}
    drawn = ranked.draws(slice(0, 1))
    assert drawn.value_low[0] <= entry.value <= drawn.value_high[0]
    for part in entry.contributions:
        if part.normalised:
            assert await find_claim(mocked, part.normalised.id) == part.normalised


async def test_the_lock_names_only_claims_that_count(mocked):
    """A figure that no weight counts is not among the sources of a place."""
    ranked = await mocked.rank(Filter(voices=(VOICE.key,)))
    entry = (await mocked.entries(ranked, 0, 1))[0]
    content = (await lock(mocked, ranked)).content.decode()
    assert entry.scores["klout"].id in content
    assert entry.scores["klouchebag"].id not in content


async def test_too_few_counts_those_with_a_say(empty):
    """A voice with the parody's figure and one score has one of four; under weights, one of those named."""
    said = [claim(VOICE.key, "klout.score", 61.0), claim(VOICE.key, "klouchebag.score", 85.0)]
    await empty.keep(said, [VOICE])
    record = (await empty.records([VOICE.key]))[VOICE.key]
    told = [await empty.composite(record, recipe) for recipe in (DEFAULT_RECIPE, _weighing(klout=1, kred=1))]
    assert all(isinstance(absence, Absence) for absence in told)
    assert [absence.message.partition(" providers")[0] for absence in told] == ["1 of 4", "1 of 2"]


async def test_a_slip_in_its_name_is_answered_with_it(mocked):
    """A weight for a misspelt provider suggests it, blended or not."""
    with pytest.raises(UnknownName, match="'tweetlevel'"):
        await _entry(mocked, _weighing(tweetlvel=1))


async def test_a_filter_may_ask_for_it(mocked):
    """Only voices that Klouchebag has a score of: that is a filter, not a weight."""
    assert len(await mocked.rank(Filter(providers=("klouchebag",)))) == 1
    assert len(await mocked.rank(Filter(providers=("kred",)))) == 0


def test_recipes_are_named_as_before():
    """Which providers are blended is their declaration's to say: no recipe's hash knows of it."""
    assert set(DEFAULT_RECIPE.canonical) == {
        *("combiner", "draws", "half_life_days", "minimum_providers", "normaliser", "reference"),
        *("weighting", "weights"),
    }
