"""Filters: who is looked at, and a reason for everybody who is not."""

import numpy as np
import pytest
from gateway_stage import TYRES, handles
from hypothesis import given
from hypothesis import strategies as st

from renown.claims import VoiceKind
from renown.errors import BadRequest, UnknownName
from renown.gateway import DEFAULT_RECIPE, Filter
from renown.gateway.ranking import rank_standings
from renown.scoring import Recipe

PROVIDERS = ("klout", "kred", "peerindex", "renown")
TOPICS = ("automotive", "football", "news", "tyres", "music")

filters = st.builds(
    Filter,
    topics=st.lists(st.sampled_from(TOPICS), max_size=2).map(tuple),
    country=st.sampled_from([None, "GB", "gb", "FR"]),
    place=st.sampled_from([None, "London", "nowhere"]),
    networks=st.sampled_from([(), ("twitter",)]),
    kinds=st.lists(st.sampled_from(VoiceKind), max_size=2).map(tuple),
    list=st.sampled_from([None, "tyres"]),
    minimum_score=st.sampled_from([None, 0.0, 40.0, 75.5, 100.0]),
    providers=st.lists(st.sampled_from(PROVIDERS), max_size=2).map(tuple),
    text=st.sampled_from([None, "BBC", "uk"]),
)


@given(asked=filters, minimum=st.integers(1, 4))
def test_everybody_is_ranked_or_left_out_for_a_reason(demo_standings, asked, minimum):
    """Whatever is asked: those considered, less those excluded by reason, are those ranked."""
    ranked = rank_standings(demo_standings, Recipe(minimum_providers=minimum), asked)
    assert ranked.considered - sum(exclusion.count for exclusion in ranked.excluded) == len(ranked)
    assert ranked.considered == len(demo_standings.voices)
    assert all(exclusion.reason and exclusion.count > 0 for exclusion in ranked.excluded)
    assert len({exclusion.reason for exclusion in ranked.excluded}) == len(ranked.excluded)
    assert not set(ranked.voices) & set(ranked.unranked)


@given(asked=filters)
def test_a_filter_is_found_again_by_its_text(asked):
    """The canonical text of a filter gives an equal question, and the same text again."""
    again = Filter.from_canonical(asked.canonical)
    assert again.canonical == asked.canonical
    assert (set(again.topics), again.country, again.minimum_score) == (
        set(asked.topics),
        asked.country,
        asked.minimum_score,
    )


def test_the_order_of_alternatives_is_not_part_of_the_question():
    """Two topics in either order are the same question."""
    one, other = Filter(topics=("news", "music")), Filter(topics=("music", "news"))
    assert one.canonical == other.canonical == '{"topics":["music","news"]}'


@pytest.mark.parametrize("text", ["", "[]", "{", '{"topic":["news"]}', '{"country":1}', '{"kinds":["ROBOT"]}', "null"])
def test_what_is_no_filter_is_refused(text):
    """Text that no filter has is a ValueError."""
    with pytest.raises(ValueError, match=r".+"):
        Filter.from_canonical(text)


def _left(standings, **asked):
    return handles(rank_standings(standings, DEFAULT_RECIPE, Filter(**asked)).voices)


def test_topics_are_alternatives_and_conditions_add_up(demo_standings):
    """Any of several topics will do; country, kind, list, text and provider must all hold."""
    tyres = [handle.casefold() for handle in TYRES]
    assert sorted(_left(demo_standings, list="tyres")) == sorted(tyres)
    assert set(_left(demo_standings, topics=("tyres", "football"))) > set(tyres)
    assert _left(demo_standings, topics=("tyres", "football"), text="pirelli") == ["pirelliuk"]
    assert set(_left(demo_standings, topics=("automotive",), kinds=(VoiceKind.PERSON,))) == {"jeremyclarkson"}
    assert sorted(_left(demo_standings, providers=("klout",))) == sorted(tyres)
    assert _left(demo_standings, country="FR") == []


def test_voices_are_those_compared(demo_standings):
    """A comparison keeps those named who are known, and counts all others as not compared."""
    ranked = rank_standings(
        demo_standings, DEFAULT_RECIPE, Filter(voices=("twitter:pirelliuk", "twitter:contiuk", "twitter:nobody"))
    )
    assert handles(ranked.voices) == ["pirelliuk", "contiuk"]
    assert [(e.reason, e.count) for e in ranked.excluded] == [("not one of those compared", 44)]


def test_a_place_is_looked_for_inside_what_is_claimed(demo_standings):
    """A place matches as part of the claimed place, in upper or lower case."""
    found = _left(demo_standings, place="LONDON")
    assert "mayoroflondon" in found
    assert all("london" in demo_standings.place[demo_standings.rows[f"twitter:{handle}"]] for handle in found)


def test_a_minimum_is_of_the_composite(demo_standings):
    """The minimum is compared with the composite, and who is below it is counted."""
    everybody = rank_standings(demo_standings, DEFAULT_RECIPE, Filter())
    best = rank_standings(demo_standings, DEFAULT_RECIPE, Filter(minimum_score=70.0))
    assert best.voices == everybody.voices[: int(np.count_nonzero(everybody.values >= 70))]
    assert [exclusion.reason for exclusion in best.excluded] == ["composite below 70"]


@pytest.mark.parametrize(
    ("asked", "code", "hint"),
    [
        (Filter(topics=("automotiv",)), "UNKNOWN_TOPIC", "'automotive'"),
        (Filter(list="tires"), "UNKNOWN_LIST", "'tyres'"),
        (Filter(networks=("twiter",)), "UNKNOWN_NETWORK", "'twitter'"),
        (Filter(providers=("clout",)), "UNKNOWN_PROVIDER", "'klout'"),
    ],
)
def test_a_name_that_is_not_known_is_an_error_with_the_nearest(demo_standings, asked, code, hint):
    """An unknown topic, list, network or provider is named, and the nearest known one suggested."""
    with pytest.raises(UnknownName, match=f"Did you mean {hint}") as refusal:
        rank_standings(demo_standings, DEFAULT_RECIPE, asked)
    assert refusal.value.code == code


@pytest.mark.parametrize("country", ["", "G", "GBR", "1B", "U.K."])
def test_what_is_no_country_code_is_refused(demo_standings, country):
    """A country is asked for by its two letters."""
    with pytest.raises(BadRequest) as refusal:
        rank_standings(demo_standings, DEFAULT_RECIPE, Filter(country=country))
    assert refusal.value.code == "UNKNOWN_COUNTRY"
