"""What posts speak of: a vocabulary of topics, and how a text is matched with it."""

from renown.engine.topics.klout_ontology import is_of_klout, read_klout_ontology
from renown.engine.topics.matching import Matcher
from renown.engine.topics.vocabulary import Topic, Vocabulary, read_vocabulary, shipped_vocabulary

__all__ = [
    "Matcher",
    "Topic",
    "Vocabulary",
    "is_of_klout",
    "read_klout_ontology",
    "read_vocabulary",
    "shipped_vocabulary",
]
