"""Klout's API v2 ("Partner API v2", 2012 to 25 May 2018): identity first, then user, score, topics, influence.

Two spellings are both right: the score resource says `scoreDelta`, users and influence payloads say `scoreDeltas`.
Ids are strings of digits, up to 20 of them. Sources: mashery/iodocs' description of the API; recorded bodies in
clarkf/KloutSimple, nbartels/jklout2 and fkurkowski/klout.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from renown.emulators import mashery
from renown.emulators.answers import JSON, answer, json_answer
from renown.emulators.dataset import Dataset, KloutPart, KloutTopic
from renown.emulators.wire_format import View, WireFormat, keyed

_IDENTITY_TYPE = "application/json; charset=utf-8"
_USER_TYPE = "application/json;charset=UTF-8"
_BAD_KEY = b'{"error":403, "description":"Invalid or unprovided API key. All calls must have a key."}'
_CALLBACK = re.compile(r"[A-Za-z_$][\w$.]*", re.ASCII)
_SHOWN = 5  # entries of each influence list that a key without a partner contract saw


class _User(NamedTuple):
    handle: str
    twitter_id: str | None
    klout: KloutPart


class _Klout:
    """The views. They run behind the key."""

    def __init__(self, data: Dataset) -> None:
        users = [_User(a.handle, a.twitter_id, a.klout) for a in data.accounts if a.klout]
        self._by_handle = {user.handle.casefold(): user for user in users}
        self._by_twitter_id = {user.twitter_id: user for user in users if user.twitter_id}
        self._by_id = {user.klout.id: user for user in users}

    def identity_by_name(self, request: Request) -> Response:
        name = request.query_params.get("screenName")
        if not name:
            return _invalid("screenName")
        return _klout_identity(self._by_handle.get(name.casefold()))

    def identity_by_twitter_id(self, request: Request) -> Response:
        twitter_id = request.path_params["id"]
        if not twitter_id.isdecimal():
            return _invalid("id")
        return _klout_identity(self._by_twitter_id.get(twitter_id))

    def of_user(self, word: Callable[[_User], Response]) -> View:
        """The view that says of the user with the Klout id in the path what `word` says."""

        def respond(request: Request) -> Response:
            klout_id = request.path_params["id"]
            if not klout_id.isdecimal():
                return _invalid("id")
            user = self._by_id.get(klout_id)
            return word(user) if user else _not_found()

        return respond

    def influence(self, user: _User) -> Response:
        """The counts are whole, the lists are cut. No empty list is on record."""
        influencers, influencees = user.klout.influencers, user.klout.influencees
        body = {
            "myInfluencers": self._entities(influencers),
            "myInfluencees": self._entities(influencees),
            "myInfluencersCount": len(influencers),
            "myInfluenceesCount": len(influencees),
        }
        return json_answer(body, content_type=_USER_TYPE, assumed=not (influencers and influencees))

    def _entities(self, handles: tuple[str, ...]) -> list[dict[str, Any]]:
        """The first few, from high to low score."""
        users = sorted((self._by_handle[handle.casefold()] for handle in handles), key=lambda u: -u.klout.score)
        return [{"entity": {"id": user.klout.id, "payload": _user_body(user)}} for user in users[:_SHOWN]]


def _klout_identity(user: _User | None) -> Response:
    if user is None:
        return _not_found()
    return json_answer({"id": user.klout.id, "network": "ks"}, content_type=_IDENTITY_TYPE)


def _twitter_identity(user: _User) -> Response:
    if user.twitter_id is None:
        return _not_found()
    return json_answer({"id": user.twitter_id, "network": "tw"}, content_type=_IDENTITY_TYPE)


def _user(user: _User) -> Response:
    return json_answer(_user_body(user), content_type=_USER_TYPE)


def _score(user: _User) -> Response:
    """Every recorded score came with its deltas."""
    klout = user.klout
    body = _given(score=klout.score, scoreDelta=klout.deltas, bucket=klout.bucket)
    return json_answer(body, content_type=_USER_TYPE, assumed=klout.deltas is None)


def _topics(user: _User) -> Response:
    """No empty array is on record."""
    topics = [_topic_body(topic) for topic in user.klout.topics]
    return json_answer(topics, content_type=_USER_TYPE, assumed=not topics)


def _user_body(user: _User) -> dict[str, Any]:
    klout = user.klout
    score = _given(score=klout.score, bucket=klout.bucket)
    return _given(kloutId=klout.id, nick=user.handle, score=score, scoreDeltas=klout.deltas)


def _topic_body(topic: KloutTopic) -> dict[str, Any]:
    return _given(
        id=topic.id,
        displayName=topic.displayName,
        name=topic.name or topic.displayName,
        slug=topic.slug or re.sub(r"[^a-z0-9]+", "-", topic.displayName.lower()).strip("-"),
        imageUrl=topic.imageUrl,
        displayType=topic.displayType,
        topicType=topic.topicType,
    )


def _given(**fields: Any) -> dict[str, Any]:
    """Bodies of some years lacked a field altogether; none is on record with a null."""
    return {name: value for name, value in fields.items() if value is not None}


def _not_found() -> Response:
    """Clients confirm the status 404; no source keeps the body."""
    return answer(b'{"error":404, "description":"Not Found"}', JSON, status=404, assumed=True)


def _invalid(name: str) -> Response:
    """A malformed id gave an object with `validationErrors`; its inside and its status are our choice."""
    return json_answer({"validationErrors": [{"field": name}]}, status=400, assumed=True)


def _bad_key() -> Response:
    headers = mashery.PROXY | {"X-Mashery-Error-Code": "ERR_403_DEVELOPER_INACTIVE"}
    return answer(_BAD_KEY, JSON, status=403, headers=headers)


def _with_callback(view: View) -> View:
    """JSONP for browser code. That `callback` was used is on record, the exact wrapping is not."""

    def wrapped(request: Request) -> Response:
        plain = view(request)
        callback = request.query_params.get("callback", "")
        if plain.status_code != 200 or not _CALLBACK.fullmatch(callback):
            return plain
        return answer(callback.encode() + b"(" + plain.body + b");", "application/javascript", assumed=True)

    return wrapped


def _routes(data: Dataset) -> list[Route]:
    klout = _Klout(data)
    views: dict[str, View] = {
        "/identity.json/twitter": klout.identity_by_name,
        "/identity.json/tw/{id}": klout.identity_by_twitter_id,
        "/identity.json/klout/{id}/tw": klout.of_user(_twitter_identity),
        "/user.json/{id}": klout.of_user(_user),
        "/user.json/{id}/score": klout.of_user(_score),
        "/user.json/{id}/topics": klout.of_user(_topics),
        "/user.json/{id}/influence": klout.of_user(klout.influence),
        # Networks no account of a data set is on.
        "/identity.json/gp/{id}": lambda _request: _not_found(),
        "/identity.json/ig/{id}": lambda _request: _not_found(),
        "/identity.json/fb/{id}": lambda _request: _not_found(),
    }
    key = {"key": data.key}
    return [Route(f"/v2{path}", keyed(_with_callback(view), key, _bad_key)) for path, view in views.items()]


WIRE_FORMAT = WireFormat(
    base_path="/v2",
    routes=_routes,
    no_such_path=mashery.service_not_found,
    over_rate=mashery.over_rate,
    over_qps=mashery.over_qps,
    gzips=True,
)
