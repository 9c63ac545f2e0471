"""Klout's API v1 (2010 to the end of 2012): scores, profiles and topics of up to five Twitter users at once.

Sources: recordings of July 2011 in zigotto/klout-api (bodies, the order of users, the empty 404); fixtures of
dalecaru/klout-rb (who influences whom, "No users"); rogeliorv/kloutpy (five users, a whole batch refused, 25 ties);
developer.klout.com/docs/read/Profile_Detail (statuses). XML is not emulated: of it only one element's name is known.
"""

from collections.abc import Callable
from hashlib import sha256
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from renown.emulators import mashery
from renown.emulators.accounts import KloutPart, KloutProfile
from renown.emulators.answers import answer, given, php_json_answer
from renown.emulators.dataset import Dataset
from renown.emulators.jsonp import with_callback
from renown.emulators.wire_format import View, WireFormat, keyed

_MOST_USERS = 5
_MOST_TIES = 25
_PROFILE = KloutProfile.__struct_fields__  # in the recorded order


class _User(NamedTuple):
    handle: str
    twitter_id: str | None
    klout: KloutPart


class _Row(NamedTuple):
    content: dict[str, Any]
    recorded: bool


class _Klout:
    """The views. They run behind the key."""

    def __init__(self, data: Dataset) -> None:
        users = [_User(a.handle, a.twitter_id, a.klout) for a in data.accounts if a.klout]
        self._by_handle = {user.handle.casefold(): user for user in users}

    def about(self, word: Callable[[_User], _Row]) -> View:
        """The view that says of each asked user what `word` says, in an order that is not the asked one."""

        def respond(request: Request) -> Response:
            names = [name.casefold() for name in request.query_params.get("users", "").split(",") if name]
            if not 0 < len(names) <= _MOST_USERS:
                return _bad_request()
            behaviour = request.app.state.behaviour
            known = [name for name in names if name in self._by_handle]
            if not known or (len(known) < len(names) and behaviour.klout_unknown_user == "batch-404"):
                return _unknown(behaviour.klout_unknown_user, len(names))
            rows = [word(self._by_handle[name]) for name in sorted(known, key=_shuffled(behaviour.seed))]
            # What was said of the others when only some were known is on no record.
            recorded = len(known) == len(names) and all(row.recorded for row in rows)
            return php_json_answer({"status": 200, "users": [row.content for row in rows]}, assumed=not recorded)

        return respond

    def influencers(self, user: _User) -> _Row:
        """Who influences the user, from high to low as in the fixture."""
        return self._ties(user, "influencers", user.klout.influencers, -1)

    def influencees(self, user: _User) -> _Row:
        """Whom the user influences, from low to high as in the fixture."""
        return self._ties(user, "influencees", user.klout.influencees, 1)

    def _ties(self, user: _User, name: str, handles: tuple[str, ...], direction: int) -> _Row:
        """No empty list is on record. The highest scores are told, where there are too many."""
        others = sorted((self._by_handle[handle.casefold()] for handle in handles), key=lambda u: -u.klout.score)
        told = sorted(others[:_MOST_TIES], key=lambda u: direction * u.klout.score)
        return _Row({"twitter_screen_name": user.handle, name: [_pair(other) for other in told]}, bool(told))


def _pair(user: _User) -> dict[str, Any]:
    """A user with the score, to two decimals as on record."""
    return {"twitter_screen_name": user.handle, "kscore": _php(round(user.klout.score, 2))}


def _score(user: _User) -> _Row:
    return _Row(_pair(user), recorded=True)


def _profile(user: _User) -> _Row:
    """Recorded with every field, some of them empty."""
    profile = {name: _php(getattr(user.klout.profile, name, None)) for name in _PROFILE}
    score = {"kscore": _php(round(user.klout.score, 2)), **profile}
    content = given(twitter_id=user.twitter_id, twitter_screen_name=user.handle, score=given(**score))
    return _Row(content, recorded=user.twitter_id is not None and None not in score.values())


def _topics(user: _User) -> _Row:
    """Names alone, in lower case. No empty list is on record."""
    topics = [(topic.name or topic.displayName).lower() for topic in user.klout.topics]
    return _Row({"twitter_screen_name": user.handle, "topics": topics}, recorded=bool(topics))


def _php(value: Any) -> Any:
    """PHP wrote a whole number without its decimals."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _shuffled(seed: int) -> Callable[[str], bytes]:
    """An order of names that is the same however they were asked for."""
    return lambda name: sha256(f"{seed} {name}".encode()).digest()


def _unknown(way: str, asked: int) -> Response:
    """Empty and recorded for one user; that a batch was refused as a whole is known from a client's words."""
    if way == "no-users":
        return php_json_answer({"status": 200, "headers": [], "body": {"error": "No users"}})
    return answer(b"", "text/html", status=404, assumed=asked > 1)


def _bad_request() -> Response:
    """The documented status for one; nobody wrote down what too many users got."""
    return answer(b"", "text/html", status=403, assumed=True)


def _routes(data: Dataset) -> list[Route]:
    klout = _Klout(data)
    words = {
        "klout": _score,
        "users/show": _profile,
        "users/topics": _topics,
        "soi/influenced_by": klout.influencers,
        "soi/influencer_of": klout.influencees,
    }
    key = {"key": data.key}
    return [
        Route(f"/1/{path}.json", keyed(with_callback(klout.about(word)), key, _bad_key)) for path, word in words.items()
    ]


def _bad_key() -> Response:
    return mashery.developer_inactive(assumed=True)


WIRE_FORMAT = WireFormat(
    base_path="/1",
    routes=_routes,
    no_such_path=lambda: mashery.service_not_found(assumed=True),
    over_rate=mashery.over_rate,
    over_qps=mashery.over_qps,
)
