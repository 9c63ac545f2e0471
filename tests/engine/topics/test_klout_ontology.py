"""Klout's ontology, in the form in which it was published."""

import pytest

from renown.engine.topics import Matcher, is_of_klout, read_klout_ontology
from renown.errors import BadImport

TOPICS = b"""topicId,topicSlug,topicDisplayName,wikiItemId,freebaseMachineId
0,"_ROOT_","_ROOT_","",""
10000000000000016629,"fashion-super","Fashion","Q12684","032tl"
8119426466902417284,"fashion","Fashion","Q12684","032tl"
9223372036854775808,"shoes","Shoes","Q22676","06rrc"
7,"democracy-now!","Democracy Now!","",""
8,"tea","Tea","",""
9,"christian-music","Christian Music","",""
10,"gospel-choirs","Gospel Choirs","",""
11,"r-and-b","R&B","",""
"""
EDGES = b"""parentTopicId,parrentTopicSlug,childTopicId,childTopicSlug
0,"_ROOT_",0,"_ROOT_"
0,"_ROOT_",10000000000000016629,"fashion-super"
10000000000000016629,"fashion-super",8119426466902417284,"fashion"
8119426466902417284,"fashion",9223372036854775808,"shoes"
9223372036854775808,"shoes",8119426466902417284,"fashion"
9,"christian-music",10,"gospel-choirs"
404,"nowhere",8,"tea"
"""


def ontology():
    """The one above; edges may come first."""
    return read_klout_ontology({"edges.csv": EDGES, "topics.csv": TOPICS})


def test_the_two_files_are_recognised_by_their_first_lines():
    """With or without quotes; a vocabulary of ours is none."""
    assert is_of_klout(TOPICS)
    assert is_of_klout(EDGES)
    assert is_of_klout(b'"parentTopicId","parrentTopicSlug"\n')
    assert not is_of_klout(b"slug,name,parents,words,hashtags,sensitive\n")


def test_ids_beyond_64_bits_are_told_apart():
    """2^63 and 10^19 are ids like others; the root is no topic; a super-topic is the topic of its name."""
    topics = ontology().topics
    assert set(topics) == {"fashion", "shoes", "democracy-now", "tea", "christian-music", "gospel-choirs", "r-and-b"}
    assert topics["shoes"].parents == ("fashion",)


def test_a_circle_in_it_does_not_hang():
    """Shoes are fashion, and fashion is said to be shoes."""
    assert ontology().wider("shoes") == ("fashion",)
    assert set(Matcher(ontology()).topics_of("New shoes")) == {"fashion", "shoes"}


def test_short_names_count_only_as_hashtags():
    """Tea, and R&B, whose name has two letters."""
    matcher = Matcher(ontology())
    assert matcher.topics_of("my cup of tea, r&b") == {}
    assert set(matcher.topics_of("#tea #RB")) == {"tea", "r-and-b"}


def test_what_our_vocabulary_calls_sensitive_is_so_there_with_all_below():
    """A name that speaks of a religion is masked."""
    assert ontology().sensitive == {"christian-music", "gospel-choirs"}


def test_edges_alone_are_refused():
    """There is nothing in them to match texts with."""
    with pytest.raises(BadImport, match="None of the files is one of Klout's topics"):
        read_klout_ontology({"edges.csv": EDGES})
