"""The bodies of Klout's API v2, as they were from 2013 on and as they were in 2012.

Two spellings are both right: the score resource says `scoreDelta`, users and influence payloads say `scoreDeltas`.
Sources: recorded bodies in clarkf/KloutSimple, nbartels/jklout2 and fkurkowski/klout; for 2012 in jasontorres/klout
(26 May 2012) and marcelcaraciolo/PyKlout (7 May 2012).
"""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple, Protocol

from renown.emulators.accounts import KloutPart, KloutTopic
from renown.emulators.answers import given

_SHOWN = 5  # entries of each influence list that a key without a partner contract saw


class User(NamedTuple):
    """An account that Klout knows, with its ids by the code of their network."""

    handle: str
    ids: dict[str, str]
    klout: KloutPart


class Body(NamedTuple):
    """What is sent, and whether a source records this shape."""

    content: Any
    recorded: bool


class Era(Protocol):
    """How the four resources were worded in some years. The users of an influence list come whole, from high to low."""

    def user(self, user: User) -> Body:
        """`/user.json/{id}`."""
        ...

    def score(self, user: User) -> Body:
        """`/user.json/{id}/score`."""
        ...

    def topics(self, user: User) -> Body:
        """`/user.json/{id}/topics`, a bare array."""
        ...

    def payload(self, user: User) -> Body:
        """A user inside an influence list."""
        ...


class Since2013:
    """With names, buckets and the kinds of topics; `displayType` came in 2014, where the data have it."""

    def user(self, user: User) -> Body:
        """Name and bucket beside the score; deltas in the plural."""
        klout = user.klout
        score = given(score=klout.score, bucket=klout.bucket)
        return Body(given(kloutId=klout.id, nick=user.handle, score=score, scoreDeltas=klout.deltas), recorded=True)

    payload = user

    def score(self, user: User) -> Body:
        """Every recorded score came with its deltas, in the singular."""
        klout = user.klout
        content = given(score=klout.score, scoreDelta=klout.deltas, bucket=klout.bucket)
        return Body(content, recorded=klout.deltas is not None)

    def topics(self, user: User) -> Body:
        """No empty array is on record."""
        topics = [
            _topic(topic, topic.name or topic.displayName, displayType=topic.displayType, topicType=topic.topicType)
            for topic in user.klout.topics
        ]
        return Body(topics, recorded=bool(topics))


class Of2012:
    """No names, no buckets, topics without a kind and in lower case; what a payload carried beside the score."""

    def user(self, user: User) -> Body:
        """The id and the score, nothing else."""
        return Body({"kloutId": user.klout.id, "score": {"score": user.klout.score}}, recorded=True)

    def score(self, user: User) -> Body:
        """Every recorded score came with its deltas."""
        klout = user.klout
        return Body(given(score=klout.score, scoreDelta=klout.deltas), recorded=klout.deltas is not None)

    def topics(self, user: User) -> Body:
        """No empty array is on record."""
        topics = [_topic_of_2012(topic) for topic in user.klout.topics]
        return Body(topics, recorded=bool(topics))

    def payload(self, user: User) -> Body:
        """A user with its topics, each recorded with a score, a strength and an age in seconds; or with none."""
        topics = user.klout.topics
        said = [
            {
                "topicData": _topic_of_2012(topic),
                **given(score=topic.score, strength=topic.strength, seconds=topic.seconds),
            }
            for topic in topics
        ]
        whole = all(None not in (topic.score, topic.strength, topic.seconds) for topic in topics)
        return Body({**self.user(user).content, "topics": said}, recorded=whole)


def influence(era: Era, influencers: list[User], influencees: list[User]) -> Body:
    """The counts are whole, the lists are cut. No empty list is on record."""
    shown = [_entities(era, users) for users in (influencers, influencees)]
    content = {
        "myInfluencers": [entity.content for entity in shown[0]],
        "myInfluencees": [entity.content for entity in shown[1]],
        "myInfluencersCount": len(influencers),
        "myInfluenceesCount": len(influencees),
    }
    return Body(content, recorded=all(shown) and all(entity.recorded for entities in shown for entity in entities))


def _entities(era: Era, users: Iterable[User]) -> list[Body]:
    """The first few, from high to low score."""
    highest = sorted(users, key=lambda user: -user.klout.score)[:_SHOWN]
    payloads = [(user.klout.id, era.payload(user)) for user in highest]
    return [Body({"entity": {"id": id_, "payload": said.content}}, said.recorded) for id_, said in payloads]


def _topic_of_2012(topic: KloutTopic) -> dict[str, Any]:
    return _topic(topic, (topic.name or topic.displayName).lower())


def _topic(topic: KloutTopic, name: str, **kinds: str | None) -> dict[str, Any]:
    return given(
        id=topic.id,
        displayName=topic.displayName,
        name=name,
        slug=topic.slug or re.sub(r"[^a-z0-9]+", "-", topic.displayName.lower()).strip("-"),
        imageUrl=topic.imageUrl,
        **kinds,
    )
