"""A lock file computes its ranking again by itself, byte for byte, and shows whatever was changed in it."""

import asyncio
import json
import random
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lock_stage import RECIPES, TYRES, changed, locked

from renown.errors import BadRequest
from renown.gateway import DEFAULT_RECIPE, Filter, Gateway
from renown.gateway.lock import lock
from renown.gateway.lock_file import read_lock_file
from renown.gateway.verifying import Verdict, verify
from renown.scoring import FrozenReference, Normaliser, Recipe, Reference
from renown.scoring.reference import ScaleTable
from renown.settings import Settings, sqlite_url

UK = Filter(country="GB", minimum_score=30.0)


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
async def test_a_lock_says_what_the_ranking_says(demo, recipe):
    """Places, values, ranges and tiers in the file are those of the ranking, under every kind of recipe."""
    ranked, content = await locked(demo, recipe, UK)
    entries, drawn = json.loads(content)["entries"], ranked.draws(slice(0, len(ranked)))
    assert len(entries) > 10
    for name, said in (
        ("voice", list(ranked.voices)),
        ("place", ranked.ranking.places.tolist()),
        ("shared", ranked.ranking.shared.tolist()),
        ("value", ranked.values.tolist()),
        ("place_low", drawn.place_low.tolist()),
        ("place_high", drawn.place_high.tolist()),
        ("value_low", drawn.value_low.tolist()),
        ("value_high", drawn.value_high.tolist()),
        ("tier", ranked.tiers(len(ranked)).tolist()),
    ):
        assert [entry[name] for entry in entries] == said


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
async def test_a_lock_computed_again_is_the_same(demo, recipe):
    """The file alone gives the same bytes again, under every kind of recipe."""
    _, content = await locked(demo, recipe, UK)
    verified = verify(content)
    assert (verified.verdict, verified.findings, verified.laid_out) == (Verdict.SAME, (), False)
    assert verified.file.content == content


async def test_a_lock_holds_the_frozen_reference(demo):
    """A recipe that compares with the frozen reference has it in its lock, and nobody else's scores; a change shows."""
    frozen = FrozenReference("2026-11-22", 500, tuple(_table(slug) for slug in ("klout", "peerindex")))
    standings = replace(await demo.snapshots.current(), reference=frozen)
    recipe = Recipe(normaliser=Normaliser.PERCENTILE, reference=Reference.FROZEN)
    content = (await lock(demo, await demo.rank(TYRES, recipe, standings=standings))).content
    held = json.loads(content)
    assert (held["reference"]["version"], held["others"]) == (frozen.version, {})
    assert verify(content).verdict is Verdict.SAME
    bent = verify(changed(content, lambda held: held["reference"]["canonical"]["tables"][0].update(voices=7)))
    assert (bent.verdict, len(bent.findings)) == (Verdict.ALTERED, 1)
    assert "the reference is of version" in bent.findings[0]


def _table(provider):
    points = tuple(range(0, 101, 5))
    percentiles, latent = tuple(100 * (n / 100) ** 2 for n in points), tuple((n - 50) / 20 for n in points)
    return ScaleTable(provider, points, percentiles, latent, 500, 0, None, 40.0, 15.0, "made up")


async def test_a_lock_of_the_past_is_the_same(demo):
    """So does that of a ranking as it stood at a moment."""
    now = await demo.snapshots.current()
    moment = demo.now().replace(year=2013, month=1, day=1)
    past = await demo.snapshots.current(moment)
    ranked = await demo.rank(Filter(), DEFAULT_RECIPE, standings=past)
    assert 0 < len(ranked) < len(await demo.rank(Filter(), DEFAULT_RECIPE, standings=now))
    content = (await lock(demo, ranked)).content
    assert verify(content).verdict is Verdict.SAME
    moments = [claim["observed_at"] for each in json.loads(content)["candidates"] for claim in each["claims"]]
    assert max(moments) <= moment.isoformat()


async def test_a_lock_without_anybody_is_the_same(demo):
    """A ranking nobody is in has a lock as well."""
    _, content = await locked(demo, DEFAULT_RECIPE, Filter(list="tyres", minimum_score=99.0))
    assert (verify(content).verdict, json.loads(content)["entries"]) == (Verdict.SAME, [])
    _, content = await locked(demo, DEFAULT_RECIPE, Filter(voices=("twitter:nobody",)))
    assert (verify(content).verdict, json.loads(content)["candidates"]) == (Verdict.SAME, [])


async def test_the_others_have_no_names(demo):
    """Of those who are no candidates a lock holds the scores, where they are compared with, and never a name."""
    ranked, content = await locked(demo, RECIPES["population"])
    strangers = set(ranked.standings.voices) - {ranked.standings.voices[row] for row in ranked.candidates}
    assert strangers
    assert [voice for voice in strangers if voice.partition(":")[2] in content.decode()] == []
    others = json.loads(content)["others"]
    assert sum(count for _, count in others["peerindex"]) > 6
    assert json.loads((await locked(demo, RECIPES["within"]))[1])["others"] == {}


async def test_the_order_in_which_figures_came_is_no_matter(demo, tmp_path):
    """Two stores that learnt the same in another order lock the same ranking with the same bytes."""
    held = await demo.store.all_latest()
    accounts = [stored.account for stored in await demo.store.accounts()]
    contents = set()
    for order in (held, held[::-1]):
        url = sqlite_url(tmp_path / f"{len(contents)}.db")
        async with await Gateway.open(Settings(_env_file=None, database_url=url)) as gateway:
            await gateway.keep(order, accounts if order is held else accounts[::-1])
            contents.add((await locked(gateway, RECIPES["population"], UK))[1])
    assert len(contents) == 1


@pytest.fixture(scope="session")
def tyres_lock(demo_database):
    """The lock file of the tyre brands, as bytes."""

    async def make():
        url = sqlite_url(demo_database)
        async with await Gateway.open(Settings(_env_file=None, database_url=url)) as gateway:
            return (await locked(gateway, RECIPES["population"]))[1]

    return asyncio.run(make())


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False))
def test_how_a_file_is_laid_out_is_no_matter(tyres_lock, chance: random.Random):
    """Other white space, another order of keys, candidates and claims, numbers written otherwise: the same bytes."""

    def shuffled(value, name=""):
        if isinstance(value, dict):
            items = [(key, shuffled(each, key)) for key, each in value.items()]
            return dict(chance.sample(items, len(items)))
        if isinstance(value, list):
            items = [shuffled(each) for each in value]
            return chance.sample(items, len(items)) if name in {"candidates", "claims", "entries"} else items
        return value

    text = json.dumps(shuffled(json.loads(tyres_lock)), indent=chance.choice([None, 1, 4]))
    text = re.sub(r"(?<=[\s:\[,])\d+\.\d+(?=[,\s\]}])", lambda found: f"{float(found[0]):.17e}", text)
    verified = verify(text.encode())
    assert (verified.verdict, verified.laid_out) == (Verdict.SAME, True)
    assert verified.file.content == tyres_lock


def _claim(held):
    return next(each for each in held["candidates"] if each["voice"] == "twitter:pirelliuk")["claims"][0]


def _first(held):
    return held["entries"][0]


CHANGES = {
    "value": (lambda held: _claim(held).update(value=93), "klout.score of twitter:pirelliuk is 93 of 2012-08-15"),
    "moment": (lambda held: _claim(held).update(observed_at="2012-08-16T00:00:00+00:00"), "klout.score of twitter:pir"),
    "source": (lambda held: _claim(held).update(source="hearsay"), "what is written there has the id"),
    "no moment": (lambda held: _claim(held).update(observed_at="lately"), "none, for want of a moment"),
    "place": (lambda held: _first(held).update(place=2), "place of twitter:goodyear_uk: 2 in the file, 1 computed"),
    "range": (lambda held: _first(held).update(value_low=1.5), "value low of twitter:goodyear_uk: 1.5 in the file"),
    "tier": (lambda held: _first(held).update(tier=7), "tier of twitter:goodyear_uk: 7 in the file"),
    "left out": (lambda held: held["entries"].pop(), "place of twitter:bridgestonetyre: nothing in the file, 6 comp"),
    "made up": (
        lambda held: held["candidates"].pop(),
        "shared of twitter:pirelliuk: False in the file, nothing computed",
    ),
    "recipe": (lambda held: held["recipe"].update(draws=100), "recipe hash: "),
    "no recipe": (lambda held: held["recipe"].clear(), "It cannot be computed: This is not a recipe"),
    "seed": (lambda held: held.update(seed="1"), "seed: 1 in the file"),
    "population": (lambda held: held["others"].update(klout=[[90.0, 5]]), "value of twitter:"),
    "filter": (lambda held: held["filter"].update(minimum_score="x"), "It cannot be computed"),
    "twice": (lambda held: held["candidates"][0]["claims"].append(_claim(held)), "stands in no column of its own"),
    "reference": (
        lambda held: held.update(reference={"version": "0" * 64, "canonical": {"tables": 1}}),
        "reference",
    ),
}


@pytest.mark.parametrize(("change", "said"), CHANGES.values(), ids=CHANGES)
def test_what_was_changed_is_told(change, said, tyres_lock):
    """A value, moment, source, place, range, voice or anything else that was changed is named."""
    verified = verify(changed(tyres_lock, change))
    assert verified.verdict is Verdict.ALTERED
    assert any(said in finding for finding in verified.findings), verified.findings


def test_another_version_may_compute_otherwise(tyres_lock):
    """Where another version of Renown made the file, what comes out otherwise is a change of the method, not a lie."""
    other = changed(tyres_lock, lambda held: (held.update(renown="0.0.9"), _first(held).update(value=51.0)))
    verified = verify(other)
    assert verified.verdict is Verdict.CHANGED
    assert verified.findings[0].startswith("It was made by Renown 0.0.9")
    same = verify(changed(tyres_lock, lambda held: held.update(renown="0.0.9")))
    assert (same.verdict, same.laid_out) == (Verdict.SAME, False)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff",
        b'{"lock":2}',
        b'{"lock":1}',
        b'{"lock":"two"}',
        b"[" * 100_000,
        b'{"lock":2,"more":1}',
    ],
)
def test_what_is_no_lock_file_is_refused(content):
    """Bytes that are none, or of another version, are refused with one clear error."""
    with pytest.raises(BadRequest, match="This is no lock file of version 2") as refused:
        verify(content)
    assert refused.value.code == "BAD_LOCK"


def test_a_lock_with_a_word_more_is_refused(tyres_lock):
    """A part that is not known here is not passed over."""
    with pytest.raises(BadRequest, match="unknown field"):
        read_lock_file(changed(tyres_lock, lambda held: held.update(remark="trust me")))


async def test_a_lock_that_would_be_too_large_is_refused(demo, monkeypatch):
    """More voices, or more draws of them, than a lock holds are refused with a clear error."""
    monkeypatch.setattr("renown.gateway.lock._MOST_VOICES", 5)
    with pytest.raises(BadRequest, match="at most 5 voices") as refused:
        await locked(demo)
    assert refused.value.code == "TOO_LARGE_TO_LOCK"
