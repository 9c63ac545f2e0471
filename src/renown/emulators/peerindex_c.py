"""PeerIndex's last API (February 2013 on): `/1/actor/{basic|extended|topic|graph}` by exactly one identifier.

Sources: LondiniumJS/revolution's raw dump of April 2013 (extended, topic, graph); georgeludwig/pi4j's model classes
(basic); developers.peerindex.com/docs/read/terminology (statuses); sakaru/peerindex-nodejs (the bad key).
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from renown.emulators import mashery
from renown.emulators.accounts import BENCHMARK_TOPICS, PeerIndexPart
from renown.emulators.answers import given, json_answer
from renown.emulators.dataset import Dataset
from renown.emulators.wire_format import View, WireFormat, keyed

_VERSION = "1.1"
_ALWAYS_LOCATED_BY = {"place_type", "geoname_id", "longitude", "country_code", "latitude", "place_name"}


class _Actor(NamedTuple):
    handle: str
    twitter_id: str | None
    peerindex: PeerIndexPart


class _Body(NamedTuple):
    content: dict[str, Any]
    recorded: bool


class _PeerIndex:
    """Finds the actor a call names and words the views of it. Runs behind the key."""

    def __init__(self, data: Dataset) -> None:
        actors = [_Actor(a.handle, a.twitter_id, a.peerindex) for a in data.accounts if a.peerindex]
        self._by_handle = {actor.handle.casefold(): actor for actor in actors}
        self._by = {
            "peerindex_id": {actor.peerindex.id: actor for actor in actors},
            "twitter_id": {actor.twitter_id: actor for actor in actors if actor.twitter_id},
            "twitter_screen_name": self._by_handle,
        }

    def view(self, word: Callable[[_Actor], _Body | None]) -> View:
        """The view that says of the asked actor what `word` says; its None is no data."""

        def respond(request: Request) -> Response:
            given = [(name, request.query_params[name]) for name in self._by if name in request.query_params]
            if len(given) != 1:
                return _refusal(400, f"exactly one of {', '.join(self._by)}")
            name, value = given[0]
            actor = self._by[name].get(value.casefold())
            body = word(actor) if actor else None
            return json_answer(body.content, assumed=not body.recorded) if body else _refusal(404, "no data")

        return respond

    def graph(self, actor: _Actor) -> _Body:
        influenced_by, influences = actor.peerindex.influenced_by, actor.peerindex.influences
        content = given(
            influenced_by=self._ids(influenced_by),
            version=_VERSION,
            peerindex_id=actor.peerindex.id,
            influences=self._ids(influences),
            peerindex=actor.peerindex.peerindex,
        )
        return _Body(content, recorded=bool(influenced_by and influences and "peerindex" in content))

    def _ids(self, handles: tuple[str, ...]) -> list[dict[str, str]]:
        return [{"peerindex_id": self._by_handle[handle.casefold()].peerindex.id} for handle in handles]


def _basic(actor: _Actor) -> _Body:
    """No recorded body: the fields are those a client's model read."""
    content = given(
        version=_VERSION,
        peerindex_id=actor.peerindex.id,
        peerindex=actor.peerindex.peerindex,
        twitter=_twitter(actor),
    )
    return _Body(content, recorded=False)


def _extended(actor: _Actor) -> _Body:
    """Recorded with all four scores and the Twitter id, and with a whole location or none."""
    peerindex = actor.peerindex
    location = given(
        county=peerindex.county,
        place_type=peerindex.place_type,
        geoname_id=peerindex.geoname_id,
        longitude=peerindex.longitude,
        country_code=peerindex.country_code,
        latitude=peerindex.latitude,
        place_name=peerindex.place_name,
    )
    whole = {
        "peerindex": peerindex.peerindex,
        "demographics": {"location": location} if location else {},
        "authority": peerindex.authority,
        "audience": peerindex.audience,
        "version": _VERSION,
        "peerindex_id": peerindex.id,
        "activity": peerindex.activity,
        "twitter": _twitter(actor),
    }
    content = given(**whole)
    return _Body(
        content, recorded=len(content) == len(whole) and (not location or location.keys() >= _ALWAYS_LOCATED_BY)
    )


def _topic(actor: _Actor) -> _Body | None:
    """Some actors had no topics at all; what the resource then said is not on record."""
    scores = actor.peerindex.topics
    if not scores:
        return None
    topics = [
        {"name": name, "topic_score": scores[name], "id": topic_id}
        for name, topic_id in BENCHMARK_TOPICS.items()
        if name in scores
    ]
    content = given(
        benchmark_topics=topics,
        version=_VERSION,
        peerindex_id=actor.peerindex.id,
        peerindex=actor.peerindex.peerindex,
    )
    return _Body(content, recorded="peerindex" in content)


def _twitter(actor: _Actor) -> dict[str, str] | None:
    return {"id": actor.twitter_id} if actor.twitter_id else None


def _refusal(status: int, error: str) -> Response:
    """The statuses 400 and 404 are documented, their bodies are our choice."""
    return json_answer({"error": error}, status=status, assumed=True)


def _routes(data: Dataset) -> list[Route]:
    peerindex = _PeerIndex(data)
    words = {"basic": _basic, "extended": _extended, "topic": _topic, "graph": peerindex.graph}
    return [
        Route(
            f"/1/actor/{name}{suffix}",
            keyed(peerindex.view(word), {"api_key": data.key}, mashery.developer_inactive),
        )
        for name, word in words.items()
        for suffix in ("", ".json")
    ]


WIRE_FORMAT = WireFormat(
    base_path="/1",
    routes=_routes,
    no_such_path=lambda: mashery.service_not_found(assumed=True),
    over_rate=mashery.over_rate,
    over_qps=mashery.over_qps,
)
