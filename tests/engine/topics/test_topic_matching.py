"""Which topics a text speaks of, and by which words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renown.engine.topics import Matcher, Topic, Vocabulary, shipped_vocabulary

_TOPICS = Vocabulary(
    [
        Topic("automotive", "Automotive", words=("cars", "汽车"), hashtags=("carlife",)),
        Topic("tyres", "Tyres", ("automotive",), ("tyres", "Michelin", "winter tyres"), ("tyresafety",)),
        Topic("restaurants", "Restaurants", words=("Michelin star", "straße & co")),
        Topic("health", "Health", words=("health", "winter tyres illness"), is_sensitive=True),
        Topic("diabetes", "Diabetes", ("health",), ("diabetes",)),
    ]
)
_MATCHER = Matcher(_TOPICS)


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("New tyres!", {"tyres": ("tyres",), "automotive": ("tyres",)}),
        ("CARS, cars and (Cars)", {"automotive": ("cars",)}),
        ("Michelin's best", {"tyres": ("michelin",), "automotive": ("michelin",)}),
        ("a Michelin star", {"restaurants": ("michelin star",)}),
        ("a Michelin\n  STAR", {"restaurants": ("michelin\n  star",)}),
        ("WINTER TYRES or Tyres", {"tyres": ("winter tyres", "tyres"), "automotive": ("winter tyres", "tyres")}),
        ("STRASSE & Co", {"restaurants": ("strasse & co",)}),
        ("\uff43\uff41\uff52\uff53", {"automotive": ("cars",)}),
        ("我的汽车很好", {"automotive": ("汽车",)}),
        ("#TyreSafety", {"tyres": ("#tyresafety",), "automotive": ("#tyresafety",)}),
        ("\uff03Winter_Tyres", {"tyres": ("#winter_tyres",), "automotive": ("#winter_tyres",)}),
    ],
)
def test_a_text_speaks_of_what_it_names(text, topics):
    """By words, phrases and hashtags, in any case and spelling; of wider topics too, by the same words."""
    assert _MATCHER.topics_of(text) == topics


@pytest.mark.parametrize(
    "text",
    [
        "",
        "scars, carsick and oscars",
        "https://cars.example/tyres and www.tyres.example",
        "mail cars@tyres.example to @tyres and @cars",
        "winter. #other tyre",
        "5-star, Michelines",
        "carlife without its sign",
        "ca\u0301rs",
    ],
)
def test_what_only_looks_like_a_word_of_a_topic_is_none(text):
    """Part of a word, an address, a handle, a hashtag's word without its sign, another letter."""
    assert _MATCHER.topics_of(text) == {}


def test_a_phrase_does_not_reach_over_a_hashtag():
    """Nor over the end of a sentence: what is between belongs to something else."""
    assert set(_MATCHER.topics_of("It is Michelin. Star of them all")) == {"tyres", "automotive"}
    assert _MATCHER.topics_of("michelin #carlife star") == {
        "tyres": ("michelin",),
        "automotive": ("michelin", "#carlife"),
    }


def test_sensitive_topics_are_masked_unless_asked_for():
    """With all that is below them; and they hide the same words from the others either way."""
    assert _MATCHER.topics_of("diabetes and health") == {}
    assert set(Matcher(_TOPICS, sensitive=True).topics_of("diabetes and health")) == {"diabetes", "health"}
    assert _MATCHER.topics_of("winter tyres illness") == {}
    assert set(Matcher(_TOPICS, sensitive=True).topics_of("winter tyres illness")) == {"health"}


def test_a_masked_topic_gives_its_wider_ones_nothing():
    """Else a post on an illness would show by what is wider."""
    vocabulary = Vocabulary([Topic("science", "Science"), Topic("flu", "Flu", ("science",), ("flu",), (), True)])
    assert Matcher(vocabulary).topics_of("flu") == {}
    assert set(Matcher(vocabulary, sensitive=True).topics_of("flu")) == {"flu", "science"}


def test_a_word_can_stand_for_two_topics():
    """Both are spoken of."""
    vocabulary = Vocabulary([Topic("a", "A", words=("java",)), Topic("b", "B", words=("Java",), hashtags=("java",))])
    assert Matcher(vocabulary).topics_of("Java #java") == {"a": ("java", "#java"), "b": ("java", "#java")}


@given(st.text())
def test_any_text_is_read(text):
    """Whatever is found stands in the text as it is folded, and belongs to a topic that there is."""
    found = Matcher(_TOPICS, sensitive=True).topics_of(text)
    assert found.keys() <= _TOPICS.topics.keys()
    assert all(said for said in found.values())


@given(st.lists(st.sampled_from(["winter", "tyres", "michelin", "star", "#carlife", "x"]), max_size=12))
def test_other_words_around_it_hide_no_topic(words):
    """A text between two strange words speaks of the same."""
    text = " ".join(words)
    assert _MATCHER.topics_of(f"xyzzy. {text} .xyzzy") == _MATCHER.topics_of(text)


def test_the_work_grows_as_the_text_does(monkeypatch):
    """From each word on no more is looked at than the longest phrase has words, also where each begins one."""
    looked_at = []
    longest = Matcher._longest
    monkeypatch.setattr(Matcher, "_longest", lambda self, words, at: looked_at.append(at) or longest(self, words, at))
    matcher = Matcher(shipped_vocabulary())
    matcher.topics_of("house of " * 5_000)
    assert len(looked_at) <= 10_000
