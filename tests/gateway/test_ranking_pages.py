"""Pages of a ranking: everybody once, whatever comes in meanwhile, and one clear error for what is no page."""

import base64
import json
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from making import claim
from renown.claims import Account
from renown.errors import BadCursor, BadPage, BadRequest
from renown.gateway import DEFAULT_RECIPE, Filter
from renown.gateway.asked import ask_ranking
from renown.gateway.paging import decode_cursor, encode_cursor
from renown.scoring import Normaliser, Recipe, Reference

AUTOMOTIVE = "top UK automotive voices"


def _shown(asked):
    return list(asked.ranked.voices[asked.page.start : asked.page.stop])


async def _walk(gateway, first, between=None, **question):
    """Every page from the first to the last; `between` is awaited after each."""
    pages, after = [], None
    while True:
        asked = await ask_ranking(gateway, DEFAULT_RECIPE, first=first, after=after, **question)
        pages.append(asked)
        if asked.page.stop == asked.page.total:
            return pages
        after = asked.cursor(asked.page.stop - 1)
        if between:
            await between(len(pages))


@pytest.mark.parametrize("first", [1, 5, 20, 100])
async def test_walking_all_pages_gives_everybody_once(demo, first):
    """Pages of any size put together are the whole ranking, in its order."""
    pages = await _walk(demo, first)
    whole = (await demo.rank(Filter())).voices
    assert [voice for page in pages for voice in _shown(page)] == list(whole)
    assert all(len(_shown(page)) == first for page in pages[:-1])


async def test_a_walk_stays_in_its_snapshot(demo):
    """Claims that come in between two pages change nothing on the pages still to come, however many they are."""
    whole = list((await demo.rank(Filter())).voices)

    async def arrive(number):
        voice = Account("twitter", f"newcomer_{number}")
        fields = ("klout.score", "peerindex.peerindex")
        await demo.keep([claim(voice.key, field, 99.0) for field in fields], [voice])
        await demo.keep([claim(whole[-1], "klout.score", 100.0, observed_at=datetime(2026, 1, number, tzinfo=UTC))], [])
        await demo.rank(Filter())

    pages = await _walk(demo, 4, arrive)
    assert [voice for page in pages for voice in _shown(page)] == whole
    assert len({page.ranked.standings.snapshot for page in pages}) == 1
    after = (await demo.rank(Filter())).voices
    assert after[0].startswith("twitter:newcomer")
    assert len(after) == len(whole) + len(pages) - 1


async def test_a_phrase_and_its_filter_are_the_same_question(demo):
    """A cursor of the phrase goes on under the filter it stands for, and says the same in plain words."""
    phrase = await ask_ranking(demo, DEFAULT_RECIPE, of=AUTOMOTIVE, first=3)
    asked = Filter(topics=("automotive",), country="GB")
    after = phrase.cursor(2)
    rest = await ask_ranking(demo, DEFAULT_RECIPE, asked=asked, first=3, after=after)
    assert _shown(rest) == list(phrase.ranked.voices[3:6])
    assert (
        rest.understood_as
        == phrase.understood_as
        == ("The top 3 voices, known to speak on automotive, whose country is United Kingdom (GB), by composite score.")
    )


async def test_the_number_in_the_phrase_is_the_page(demo):
    """A question for the top 5 shows five, unless `first` says otherwise."""
    assert len(_shown(await ask_ranking(demo, DEFAULT_RECIPE, of="top 5 UK voices"))) == 5
    assert len(_shown(await ask_ranking(demo, DEFAULT_RECIPE, of="top 5 UK voices", first=2))) == 2


@pytest.mark.parametrize("first", [0, -1, 101, 100_000])
async def test_a_page_that_is_none_is_refused(demo, first):
    """A page holds 1 to 100; anything else is one clear error."""
    with pytest.raises(BadPage, match=f"A page holds 1 to 100, and {first} were asked for"):
        await ask_ranking(demo, DEFAULT_RECIPE, first=first)


async def test_a_number_in_a_phrase_is_bounded_too(demo):
    """A question for the top 100000 is refused as a page of that size is."""
    with pytest.raises(BadPage):
        await ask_ranking(demo, DEFAULT_RECIPE, of="top 100000 voices")


async def test_a_cursor_of_another_question_is_refused(demo):
    """A cursor goes with its filter and its recipe, and with no other."""
    after = (await ask_ranking(demo, DEFAULT_RECIPE, of=AUTOMOTIVE)).cursor(0)
    other = Recipe(normaliser=Normaliser.PERCENTILE, reference=Reference.POPULATION)
    for recipe, question in ((DEFAULT_RECIPE, {}), (other, {"of": AUTOMOTIVE})):
        with pytest.raises(BadCursor):
            await ask_ranking(demo, recipe, after=after, **question)


def _cursor_of(text):
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


GARBAGE = [
    "",
    "garbage",
    "\0",
    "ünïcode",
    "\ud800",
    encode_cursor("2"),
    encode_cursor("2", "mark", "3"),
    encode_cursor(2, "mark", 3),
    encode_cursor("2", "mark", 3, 4),
    encode_cursor("two", "mark", 3),
    encode_cursor("-1", "mark", 3),
    encode_cursor("999999", "mark", 3),
    encode_cursor("9" * 5000, "mark", 3),
    encode_cursor("2@yesterday", "mark", 3),
    encode_cursor("2@2012-09-15T00:00:00", "mark", 3),
    encode_cursor("2@0001-01-01T00:00:00+01:00", "mark", 3),
    encode_cursor("2", "mark", 3),
    encode_cursor("2", "mark", 2**70),
    _cursor_of("[" * 100_000),
    _cursor_of("9" * 10_000),
    _cursor_of(json.dumps(["2", "mark", True])),
]


async def test_what_is_no_cursor_is_refused(demo):
    """Whatever is sent as a cursor and is none gives one clear error that names it."""
    for cursor in GARBAGE:
        with pytest.raises(BadCursor, match="is not a cursor of this connection"):
            await ask_ranking(demo, DEFAULT_RECIPE, after=cursor)


@given(cursor=st.text(max_size=60) | st.binary(max_size=40).map(lambda raw: base64.urlsafe_b64encode(raw).decode()))
def test_any_text_is_a_cursor_or_refused(cursor):
    """No text given as a cursor raises anything but BadCursor."""
    with pytest.raises(BadCursor):
        decode_cursor(cursor, str, str, int)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(snapshot=st.text(max_size=12) | st.from_regex(r"\A[0-9]{1,3}@[0-9T:+.-]{1,25}\Z"), position=st.integers())
async def test_any_snapshot_is_known_or_refused(demo, snapshot, position):
    """A cursor that names any snapshot and position gives a page or BadCursor, nothing else."""
    mark = decode_cursor((await ask_ranking(demo, DEFAULT_RECIPE)).cursor(0), str, str, int)[1]
    try:
        asked = await ask_ranking(demo, DEFAULT_RECIPE, after=encode_cursor(snapshot, mark, position))
    except BadCursor:
        return
    except BadRequest as refusal:
        assert refusal.code == "EMPTY_RANKING"  # noqa: PT017 - a snapshot before anybody was scored
    else:
        assert asked.page.start <= asked.page.stop <= asked.page.total


async def test_past_the_end_there_is_an_empty_page(demo):
    """After the last voice, and wherever a cursor points beyond, a page holds nobody."""
    asked = await ask_ranking(demo, DEFAULT_RECIPE)
    for position in (asked.page.total - 1, asked.page.total + 5, 10**9):
        page = (await ask_ranking(demo, DEFAULT_RECIPE, after=asked.cursor(position))).page
        assert page.start == page.stop == page.total


async def test_an_empty_ranking_says_why(demo, empty):
    """Where nobody is left, the error counts who was left out and for which reason."""
    with pytest.raises(BadRequest) as refusal:
        await ask_ranking(demo, Recipe(minimum_providers=3), of="top UK tyres voices")
    assert refusal.value.code == "EMPTY_RANKING"
    assert refusal.value.sentence == (
        "The ranking is empty: 46 voices are known and none is left "
        "(not known to speak on tyres: 40; fewer than 3 providers have a score: 6)."
    )
    with pytest.raises(BadRequest, match="0 voices are known and none is left") as refusal:
        await ask_ranking(empty, DEFAULT_RECIPE)
    assert refusal.value.code == "EMPTY_RANKING"


async def test_a_phrase_and_a_filter_are_one_too_many(demo):
    """Asked with both, it is not clear which is meant."""
    with pytest.raises(BadRequest) as refusal:
        await ask_ranking(demo, DEFAULT_RECIPE, of=AUTOMOTIVE, asked=Filter())
    assert refusal.value.code == "AMBIGUOUS_QUESTION"
