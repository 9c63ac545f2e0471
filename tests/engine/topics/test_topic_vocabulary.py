"""The vocabulary: what is shipped, what is wider than what, and which files are refused."""

import pytest

from renown.claims.fields import slug_of
from renown.engine.topics import Topic, Vocabulary, read_vocabulary, shipped_vocabulary
from renown.errors import BadImport
from renown.gateway.vocabulary import TOPIC_PARENTS

_HEAD = "slug,name,parents,words,hashtags,sensitive\n"


def test_the_shipped_topics_are_slugs_with_words_and_known_parents():
    """Some 190, each a slug of the house, with something that speaks of it, and wider topics that there are."""
    topics = shipped_vocabulary().topics
    assert len(topics) > 150
    for slug, topic in topics.items():
        assert slug_of(slug) == slug
        assert topic.words
        assert set(topic.parents) <= topics.keys()


def test_no_word_of_the_shipped_topics_stands_for_two():
    """What a post speaks of is never a matter of order."""
    words = [word.casefold() for topic in shipped_vocabulary().topics.values() for word in topic.words]
    assert len(words) == len(set(words))


def test_the_gateway_and_the_engine_agree_on_wider_topics():
    """What the gateway calls the wider topic is one in the vocabulary too."""
    shipped = shipped_vocabulary()
    for slug, parent in TOPIC_PARENTS.items():
        assert parent in shipped.wider(slug)


def test_wider_topics_come_nearest_first_and_once():
    """Also where two ways lead to the same."""
    vocabulary = Vocabulary(
        [Topic("a", "A", ("b", "c")), Topic("b", "B", ("d",)), Topic("c", "C", ("d",)), Topic("d", "D")]
    )
    assert vocabulary.wider("a") == ("b", "c", "d")
    assert vocabulary.wider("nothing") == ()


def test_a_circle_of_parents_comes_to_an_end():
    """Each of the others is wider, and nothing is wider than itself."""
    vocabulary = Vocabulary([Topic("a", "A", ("b",)), Topic("b", "B", ("c",)), Topic("c", "C", ("a", "c"))])
    assert vocabulary.wider("a") == ("b", "c")
    assert vocabulary.wider("c") == ("a", "b")


def test_what_is_below_a_sensitive_topic_is_sensitive():
    """However far below; what is above it is not."""
    health = Topic("health", "Health", ("life",), is_sensitive=True)
    below = (Topic("flu", "Flu", ("infections",)), Topic("infections", "Infections", ("health",)))
    vocabulary = Vocabulary([Topic("life", "Life"), health, *below])
    assert vocabulary.sensitive == {"health", "flu", "infections"}


@pytest.mark.parametrize("slug", ["mental-health", "christianity", "lgbtq", "ethnicity", "party-politics-uk", "cancer"])
def test_what_tells_of_persons_is_sensitive(slug):
    """Health, religion, sexuality, ethnicity, political leaning."""
    assert slug in shipped_vocabulary().sensitive


@pytest.mark.parametrize("slug", ["automotive", "politics", "football", "medical-research", "fitness", "society"])
def test_what_people_just_talk_about_is_not(slug):
    """To speak on politics is no leaning."""
    assert slug not in shipped_vocabulary().sensitive


def test_the_digest_is_of_what_is_said():
    """Not of the order; one word more is another vocabulary."""
    one, two = Topic("a", "A", words=("x",)), Topic("b", "B")
    assert Vocabulary([one, two]).digest == Vocabulary([two, one]).digest
    assert Vocabulary([one]).digest != Vocabulary([Topic("a", "A", words=("x", "y"))]).digest


def test_a_file_of_ones_own_is_read():
    """Several in one cell are parted by a bar; a mark of the byte order is no part of it."""
    rows = "bread,Bread,food,bread | sourdough bread,realbread,\nfood,Food,,,,yes\n"
    found = read_vocabulary(("\ufeff" + _HEAD + rows).encode(), "mine.csv")
    assert found.topics["bread"] == Topic("bread", "Bread", ("food",), ("bread", "sourdough bread"), ("realbread",))
    assert found.sensitive == {"bread", "food"}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"slug,name\nfood,Food\n", "has no column parents, words, hashtags, sensitive"),
        (b"\xff\xfe", "no text in UTF-8"),
        (_HEAD.encode(), "no vocabulary"),
        ((_HEAD + "Real Food,Food,,,,\n").encode(), "'real-food' would be one"),
        ((_HEAD + "food,Food,,,,\nfood,Food,,,,\n").encode(), "line 3, column slug: 'food' was named already"),
        ((_HEAD + "bread,Bread,food,,,\n").encode(), "names 'food', which is no topic"),
        ((_HEAD + 'food,"Food\n').encode(), "is no CSV"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_the_reason(content, told):
    """As a whole, with each line that is wrong."""
    with pytest.raises(BadImport) as refused:
        read_vocabulary(content, "mine.csv")
    assert told in " ".join([str(refused.value), *map(str, refused.value.refusals)])
