"""Each cause alone moves a voice by itself; several together add up; the ends are the two rankings themselves."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from making import NOON, claim
from renown.claims import Account, Scale
from renown.gateway import DEFAULT_RECIPE, Filter
from renown.gateway.building import build
from renown.gateway.eras import Era, EraState, Method, Methods
from renown.gateway.moving import explain
from renown.gateway.ranking import rank_standings
from renown.gateway.worlds import Worlds
from renown.scoring import Normaliser, Recipe, Reference, Weighting
from renown.scoring.era_link import EraLink
from renown.scoring.movement import Cause
from renown.scoring.reference import FrozenReference, ScaleTable
from renown.store import StoredAccount

METRICS = [("klout", "klout.score", Scale(1, 100)), ("peerindex", "peerindex.peerindex", Scale(0, 100))]
FIELDS = [field for _, field, _ in METRICS]
ME = "twitter:me"
EVERYBODY = Filter()
FADING = Recipe(half_life_days=30)
PERCENTILES = Recipe(normaliser=Normaliser.PERCENTILE, reference=Reference.POPULATION)
BY_KLOUT = Recipe(weighting=Weighting.CUSTOM, weights=(("klout", 3), ("peerindex", 1)))
BASE = {"me": (50, 50), "above": (60, 60), "below": (40, 40), "last": (30, 30)}


def _standings(scores, *, moment=NOON, days=None, topics=(), accounts=None):
    """The standings of these scores by handle; `days` is how long before noon each was observed, by handle."""
    handles = accounts or sorted({*scores, *BASE})
    stored = [StoredAccount(Account("twitter", handle), f"twitter:{handle}") for handle in handles]
    claims = [
        claim(f"twitter:{handle}", field, float(value), observed_at=NOON - timedelta(days=age))
        for handle, said in scores.items()
        for field, value, age in zip(FIELDS, said, (days or {}).get(handle, (0, 0)), strict=True)
        if value is not None
    ]
    claims += [claim(f"twitter:{handle}", "topic/cars", 1) for handle in topics]
    return build(claims, stored, METRICS, change=1, as_of=moment)


def _moved(then, now, recipe=DEFAULT_RECIPE, *, recipe_then=None, asked=EVERYBODY):
    return explain(
        rank_standings(then, recipe_then or recipe, asked),
        rank_standings(now, recipe, asked),
        ME,
        {"klout": "Klout"},
    )


def _parts(moved):
    """The parts that are something, and that all of them add up."""
    assert sum(part.places for part in moved.parts) == moved.places[0] - moved.places[1]
    change = round(moved.values[1] * 1e6) - round(moved.values[0] * 1e6)
    assert sum(part.units for part in moved.parts) == change
    return {part.cause: (part.places, part.units) for part in moved.parts if part.places or part.units}


def _said(moved, cause):
    return moved.explanations[[part.cause for part in moved.parts].index(cause)]


def test_nothing_changed_nothing_moved():
    """Between two snapshots of the same scores every part is 0, and the statement says so."""
    moved = _moved(_standings(BASE, moment=NOON - timedelta(days=3)), _standings(BASE))
    assert _parts(moved) == {}
    assert moved.statement == "It stands where it stood: place 2, composite 49.747475."


def test_own_change_alone():
    """Only its own scores rose: all of it is its own."""
    moved = _moved(_standings(BASE), _standings(BASE | {"me": (70, 65)}))
    assert _parts(moved) == {Cause.OWN_CHANGE: (1, 17_601_010)}
    assert _said(moved, Cause.OWN_CHANGE) == "Its own scores changed: Klout 50 to 70; peerindex 50 to 65."


def test_an_own_score_that_came_is_own_change():
    """A first score of another provider is its own change, and is said to have come."""
    any_one = Recipe(minimum_providers=1)
    moved = _moved(_standings(BASE | {"me": (None, 50)}), _standings(BASE | {"me": (90, 50)}), any_one)
    assert _parts(moved).keys() == {Cause.OWN_CHANGE}
    assert _said(moved, Cause.OWN_CHANGE) == "Its own scores changed: Klout came, 90."


def test_peers_alone():
    """Two others fell below it, its own value stands: places of the peers, and no points."""
    moved = _moved(_standings(BASE), _standings(BASE | {"above": (20, 20), "last": (45, 45)}))
    assert _parts(moved) == {Cause.PEERS: (1, 0)}
    assert _said(moved, Cause.PEERS) == "The scores of 2 voices in the ranking changed, and of 2 voices in all."


@pytest.mark.parametrize("recipe", [Recipe(), PERCENTILES], ids=["linear", "percentile"])
def test_a_peer_that_was_erased_moves_by_universe_alone(recipe):
    """One above is gone, with account and all: a place up, and where one is compared with all, points too."""
    rest = {handle: said for handle, said in BASE.items() if handle != "above"}
    moved = _moved(_standings(BASE), _standings(rest, accounts=sorted(rest)), recipe)
    assert _parts(moved).keys() == {Cause.UNIVERSE}
    assert _said(moved, Cause.UNIVERSE).startswith("Into the ranking came 0 voices, and out of it went 1 voice;")


def test_a_voice_that_is_new_since_moves_by_universe_alone():
    """Somebody not known then stands above it now."""
    moved = _moved(_standings(BASE), _standings(BASE | {"newcomer": (99, 99)}))
    assert _parts(moved) == {Cause.UNIVERSE: (-1, 0)}


def test_who_came_to_match_the_filter_is_universe():
    """One above that was known all along speaks on the topic since: it came into the ranking."""
    then, now = _standings(BASE, topics=["me", "below"]), _standings(BASE, topics=["me", "below", "above"])
    assert _parts(_moved(then, now, asked=Filter(topics=("cars",)))) == {Cause.UNIVERSE: (-1, 0)}


def test_a_peer_below_the_lowest_score_of_the_filter_is_a_peer():
    """Who fell below the filter's lowest composite changed its scores: that is the peers' part."""
    moved = _moved(
        _standings(BASE | {"above": (60, 60)}), _standings(BASE | {"above": (5, 5)}), asked=Filter(minimum_score=35)
    )
    assert _parts(moved) == {Cause.PEERS: (1, 0)}


def test_the_recipe_alone():
    """The same scores under another recipe: all is the recipe's, and both are named."""
    standings = _standings(BASE | {"me": (20, 80), "below": (58, 40)})
    moved = _moved(standings, standings, BY_KLOUT, recipe_then=Recipe())
    assert _parts(moved).keys() == {Cause.RECIPE}
    assert _said(moved, Cause.RECIPE) == f"The recipe was {Recipe().hash[:16]} and is {BY_KLOUT.hash[:16]}."


def test_age_alone():
    """Read anew with the same value, the one score weighs more under a half-life: that is age, and nothing else."""
    scores = BASE | {"me": (30, 70)}
    then = _standings(scores, moment=NOON - timedelta(days=60), days={"me": (90, 90)})
    now = _standings(scores, days={"me": (0, 90)})
    moved = _moved(then, now, FADING)
    assert _parts(moved).keys() == {Cause.STALENESS}
    assert moved.values[1] < moved.values[0]
    assert _said(moved, Cause.STALENESS).startswith("Its oldest score was 30.0 days old and is 90.0 days old;")


def test_age_moves_nothing_where_the_recipe_does_not_count_it():
    """Without a half-life no world is made for it."""
    then, now = _standings(BASE, days={"me": (90, 90)}), _standings(BASE, days={"me": (0, 90)})
    assert (
        Cause.STALENESS
        not in Worlds(rank_standings(then, Recipe(), Filter()), rank_standings(now, Recipe(), Filter()), ME).changed
    )


def _table(top, since=None):
    """Klout's scores from 0 to `top`, each as often as any other."""
    curve = {
        "scores": (0.0, top),
        "percentiles": (0.0, 100.0),
        "latent": (-3.0, 3.0),
        "mean": top / 2,
        "deviation": 1.0,
    }
    return ScaleTable("klout", **curve, voices=200, anchors=0, error=None, source="made up", since=since)


# In it Klout doubled its scores on 20 November.
DOUBLED = FrozenReference(built_at="2026-11-22", voices=200, tables=(_table(50.0), _table(100.0, "2026-11-20")))
FROZEN = Recipe(normaliser=Normaliser.PERCENTILE, reference=Reference.FROZEN)
OLD = {"me": (25, 50), "below": (24, 52), "above": (45, 60)}
LATE = dict.fromkeys(OLD, (5, 5))


def _before_and_after(new):
    then, now = _standings(OLD, moment=NOON - timedelta(days=3), days=LATE), _standings(new)
    return replace(then, reference=DOUBLED), replace(now, reference=DOUBLED)


def test_a_provider_s_method_alone():
    """Klout doubled its scores, which then say more beside the others: its method, for the voice and its peers."""
    moved = _moved(*_before_and_after({handle: (2 * klout, other) for handle, (klout, other) in OLD.items()}))
    assert _parts(moved) == {Cause.PROVIDER_METHOD: (1, 12_626_263)}
    assert _said(moved, Cause.PROVIDER_METHOD).startswith("Klout changed its method on 20 November 2026: ")


def test_what_the_method_does_not_explain_is_own():
    """Beside the doubling its Klout score grew by ten: the doubling is the method's, the ten are its own."""
    new = {handle: (2 * klout, other) for handle, (klout, other) in OLD.items()} | {"me": (60, 50)}
    parts = _parts(_moved(*_before_and_after(new)))
    # On the old scale the ten were five: the mean over both orders lies between.
    assert {cause: units for cause, (_, units) in parts.items()} == {
        Cause.PROVIDER_METHOD: 13_888_889,
        Cause.OWN_CHANGE: 3_787_879,
    }


def test_tables_of_both_eras_leave_nothing_to_split():
    """Where each score is read by the table of its own era, a doubling by method moves nobody at all."""
    new = {handle: (2 * klout, other) for handle, (klout, other) in OLD.items()}
    assert _parts(_moved(*_before_and_after(new), FROZEN)) == {}
    parts = _parts(_moved(*_before_and_after(new | {"me": (60, 50)}), FROZEN))
    assert parts == {Cause.OWN_CHANGE: (0, 5_000_000)}


def test_a_change_of_method_that_was_linked_moves_nobody():
    """Where the new scores are read on the old scale, nothing is left to split; that the method changed is said."""
    old = [claim(f"twitter:{handle}", FIELDS[0], float(score[0]), observed_at=NOON) for handle, score in OLD.items()]
    link = EraLink(np.array([0.0, 50.0]), np.array([0.0, 100.0]), pairs=3, error=0.1)
    began = NOON + timedelta(days=1)
    era = Era(number=1, state=EraState.OPEN, began_at=began, opened_at=began, pairs=3, link=link, statement="")
    methods = Methods({FIELDS[0]: Method("Klout", (era,), {1: {each.subject: each for each in old}})})
    new = [claim(each.subject, FIELDS[0], each.value / 2, observed_at=began) for each in old]
    stored = [StoredAccount(Account("twitter", handle), f"twitter:{handle}") for handle in OLD]
    then, now = (
        build(claims, stored, METRICS, change=1, as_of=moment, methods=methods)
        for claims, moment in ((old, NOON), (new, began))
    )
    moved = _moved(then, now, Recipe(minimum_providers=1))
    assert _parts(moved) == {}
    assert _said(moved, Cause.PROVIDER_METHOD).startswith("Klout changed its method on 23 November 2026: ")


def test_shared_places_are_split_like_any():
    """Coming level with another is a place up, and falling back from it one down."""
    level = BASE | {"me": (60, 60)}
    up = _moved(_standings(BASE), _standings(level))
    assert (up.places, _parts(up).keys()) == ((2, 1), {Cause.OWN_CHANGE})
    down = _moved(_standings(level), _standings(level | {"above": (61, 61)}))
    assert (down.places, _parts(down)) == ((1, 2), {Cause.PEERS: (-1, 0)})


def test_a_recipe_and_scores_that_only_together_rank():
    """Then one provider's score and a recipe for it, now the other's: between them it is unranked, and all adds up."""
    of = {slug: Recipe(weighting=Weighting.CUSTOM, weights=((slug, 1),), minimum_providers=1) for slug, *_ in METRICS}
    then, now = _standings(BASE | {"me": (70, None)}), _standings(BASE | {"me": (None, 35)})
    parts = _parts(_moved(then, now, of["peerindex"], recipe_then=of["klout"]))
    assert sum(places for places, _ in parts.values()) == -2


def test_a_long_list_is_split_in_one_order(monkeypatch):
    """Where all orders would cost too much, the parts are those of one, and still add up."""
    monkeypatch.setattr("renown.gateway.moving._MOST_ROWS", 4)
    moved = _moved(_standings(BASE), _standings(BASE | {"me": (70, 65), "above": (80, 80)}))
    assert not moved.every_order
    assert _parts(moved) == {Cause.OWN_CHANGE: (0, 17_601_010)}


SCORES = st.tuples(*[st.none() | st.integers(1, 6).map(lambda tens: 10 * tens)] * 2)
CROWD = st.dictionaries(st.sampled_from(["above", "below", "last", "new", "other"]), SCORES, max_size=5)
RECIPES = st.sampled_from([Recipe(), FADING, FROZEN, PERCENTILES, BY_KLOUT, Recipe(minimum_providers=1)])
AGES = st.dictionaries(st.sampled_from(["me", "above", "below"]), st.tuples(st.integers(0, 90), st.integers(0, 90)))


@settings(max_examples=50, deadline=None)
@given(CROWD, CROWD, RECIPES, RECIPES, AGES)
def test_any_mixture_adds_up_and_ends_in_the_two_rankings(before, after, recipe_then, recipe, days):
    """Whatever changed at once: the worlds at the ends are the rankings themselves, and the parts add up exactly."""
    then = _standings(before | {"me": (30, 40)}, moment=NOON - timedelta(days=1), days=days)
    now = _standings(after | {"me": (50, 20)})
    then, now = replace(then, reference=DOUBLED), replace(now, reference=DOUBLED)
    ends = rank_standings(then, recipe_then, Filter()), rank_standings(now, recipe, Filter())
    worlds, moved = Worlds(*ends, ME), explain(*ends, ME)
    for stand, place, value in zip(
        (worlds.stand(frozenset()), worlds.stand(worlds.changed)), moved.places, moved.values, strict=True
    ):
        assert (stand.place, stand.units) == (place, round(value * 1e6))
    _parts(moved)


def test_without_a_moment_ages_count_from_the_newest_score():
    """The snapshot of today has no moment of its own; its ends agree with its ranking all the same."""
    then = _standings(BASE, moment=NOON - timedelta(days=9), days={"me": (20, 50)})
    now = _standings(BASE | {"me": (80, 20)}, moment=None, days={"me": (2, 40)})
    moved = _moved(then, now, FADING)
    assert _parts(moved)
    assert Worlds(moved.then, moved.now, ME).now.moment == datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_a_reference_that_was_built_anew_is_the_method_s():
    """Two snapshots that compare with other references differ by method, and the sentence names the versions."""
    then, now = _standings(BASE, moment=NOON - timedelta(days=1)), _standings(BASE)
    built = [FrozenReference(each.snapshot, 200, ()) for each in (then, now)]
    then, now = (replace(each, reference=reference) for each, reference in zip((then, now), built, strict=True))
    moved = _moved(then, now)
    assert Worlds(moved.then, moved.now, ME).changed == {Cause.PROVIDER_METHOD}
    one, other = (each.version[:16] for each in built)
    assert _said(moved, Cause.PROVIDER_METHOD) == f"The frozen reference was {one} and is {other}."
