"""Reading a question by the small grammar, and saying how it was read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renown.claims import VoiceKind
from renown.errors import BadRequest, UnknownName
from renown.gateway import Filter, Question, in_plain_words, read_question

AUTOMOTIVE = Filter(topics=("automotive",), country="GB")


@pytest.mark.parametrize(
    ("text", "filter_", "first"),
    [
        ("top UK automotive voices", AUTOMOTIVE, None),
        ("the top 10 automotive voices in the UK", AUTOMOTIVE, 10),
        ("Who leads on automotive in Great Britain?", AUTOMOTIVE, None),
        ("best British automotive influencers", AUTOMOTIVE, None),
        ("AUTOMOTIVE, u.k.", AUTOMOTIVE, None),
        ("uk automotive voices.", AUTOMOTIVE, None),
        (
            "Top 10 British football publications on twitter",
            Filter(topics=("football",), country="GB", networks=("twitter",), kinds=(VoiceKind.PUBLICATION,)),
            10,
        ),
        ("most influential people in London", Filter(place="london", kinds=(VoiceKind.PERSON,)), None),
        ("top voices in Milton Keynes on twitter", Filter(place="milton keynes", networks=("twitter",)), None),
        ("news and music voices in Germany", Filter(topics=("news", "music"), country="DE"), None),
        ("top voices", Filter(), None),
        ("top 3 brands", Filter(kinds=(VoiceKind.ORGANISATION,)), 3),
        ("voices of Trinidad and Tobago", Filter(country="TT"), None),
    ],
)
def test_a_question_is_read(demo_standings, text, filter_, first):
    """Country or demonym, topic, network, kind, place and number are read in any order and any case."""
    assert read_question(text, demo_standings) == Question(filter_, first)


@pytest.mark.parametrize(
    ("text", "word", "hint"),
    [
        ("top UK automotiv voices", "automotiv", "'automotive'"),
        ("top Brittish football voices", "brittish", "'british'"),
        ("top footbal voices on twiter", "footbal", "'football'"),
        ("top football voices on twiter", "twiter", "'twitter'"),
        ("top 3 10 voices", "10", ""),
        ("top qqqqqqqq voices", "qqqqqqqq", "Known: "),
    ],
)
def test_an_unknown_word_is_named_with_the_nearest(demo_standings, text, word, hint):
    """The first word that is not known is named, and the nearest known ones are suggested."""
    with pytest.raises(UnknownName) as refusal:
        read_question(text, demo_standings)
    assert refusal.value.code == "UNKNOWN_WORD"
    assert refusal.value.name == word
    assert hint in refusal.value.next_step


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "The question is empty"),
        (" \t\n", "The question is empty"),
        ("voices " * 50, "The question is over 200 characters"),
        ("top UK French voices", "names two countries, GB and FR"),
        ("UK voices in Germany", "names two countries, GB and DE"),
    ],
)
def test_what_cannot_be_a_question_is_refused(demo_standings, text, says):
    """An empty or long question, or one of two countries, is refused with its reason."""
    with pytest.raises(BadRequest, match=says) as refusal:
        read_question(text, demo_standings)
    assert refusal.value.code == "BAD_QUESTION"


@given(text=st.text(max_size=210))
def test_any_text_is_read_or_refused(demo_standings, text):
    """Whatever is typed: a question, or a refusal that says what to do."""
    try:
        question = read_question(text, demo_standings)
    except BadRequest as refusal:
        assert refusal.next_step  # noqa: PT017 - either outcome is right
    else:
        assert isinstance(question, Question)


@pytest.mark.parametrize(
    ("filter_", "words"),
    [
        (Filter(), "The top 5 voices, by composite score."),
        (
            AUTOMOTIVE,
            "The top 5 voices, known to speak on automotive, whose country is United Kingdom (GB), by composite score.",
        ),
        (
            Filter(place="london", kinds=(VoiceKind.PERSON,)),
            "The top 5 people, whose claimed place says 'london', by composite score.",
        ),
        (
            Filter(list="tyres", providers=("klout",), networks=("twitter",), text="uk", minimum_score=40.5),
            "The top 5 voices, with an account on twitter, on the list 'tyres', scored by klout, "  # noqa: ISC004 - one text
            "whose name, handle or description says 'uk', with a composite of at least 40.5, by composite score.",
        ),
    ],
)
def test_what_was_understood_is_said_in_plain_words(filter_, words):
    """Every condition of a filter is in the sentence."""
    assert in_plain_words(filter_, 5) == words
