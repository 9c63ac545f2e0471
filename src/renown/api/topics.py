"""What voices speak on."""

import strawberry

from renown.api.claims import SourcedFloat
from renown.api.connections import Node
from renown.api.describe import object_type, plain, resolver
from renown.api.ids import encode_id
from renown.gateway.vocabulary import TOPIC_PARENTS, topic_name


@object_type
class Topic(Node):
    """What voices speak on."""

    @resolver
    def id(self) -> strawberry.ID:
        """An opaque id, unique in this gateway."""
        return encode_id("Topic", self.slug)

    slug: str = plain("Its short name, as arguments take it: `automotive`.")

    @resolver
    def name(self) -> str:
        """Its name for people."""
        return topic_name(self.slug)

    @resolver
    def parent(self) -> "Topic | None":
        """The wider topic it belongs to."""
        parent = TOPIC_PARENTS.get(self.slug)
        return None if parent is None else Topic(slug=parent)


@object_type
class TopicAffinity:
    """That a voice speaks on a topic: talked about, never liked."""

    topic: Topic = plain("The topic.")
    strength: SourcedFloat = plain("How strongly, 0-1; 1 where the source only names the topic.")
