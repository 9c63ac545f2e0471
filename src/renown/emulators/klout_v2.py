"""Klout's API v2 ("Partner API v2", 2012 to 25 May 2018): identity first, then user, score, topics, influence.

Ids are strings of digits, up to 20 of them. Sources: mashery/iodocs' description of the API; for the networks beside
it, erfaan/klout, jasontorres/klout, cojohn/node_klout and coffee_klout; for the bodies, see their module. Not emulated:
OAuth, the badge, and the batches of `/tw-user.json`, whose replies no source keeps.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from renown.emulators import mashery
from renown.emulators.accounts import Account, KloutPart
from renown.emulators.answers import JSON, answer, given, json_answer
from renown.emulators.behaviour import KloutEra
from renown.emulators.dataset import Dataset
from renown.emulators.jsonp import with_callback
from renown.emulators.klout_v2_bodies import Body, Era, Of2012, Since2013, User, influence
from renown.emulators.wire_format import View, WireFormat, keyed

_IDENTITY_TYPE = "application/json; charset=utf-8"
_USER_TYPE = "application/json;charset=UTF-8"
_BAD_KEY = b'{"error":403, "description":"Invalid or unprovided API key. All calls must have a key."}'
_ERAS: Mapping[KloutEra, Era] = MappingProxyType({"2012": Of2012(), "2013": Since2013()})
_Word = Callable[[Era, User], Body]
_Answer = Callable[[Request, User], Response]


class _Klout:
    """The views. They run behind the key."""

    def __init__(self, data: Dataset) -> None:
        users = [_user(account, account.klout) for account in data.accounts if account.klout]
        self._by_handle = {user.handle.casefold(): user for user in users}
        self._by_id = {user.klout.id: user for user in users}
        self._by_network = {
            network: {user.ids[network]: user for user in users if network in user.ids}
            for network in ("tw", "gp", "ig", "fb")
        }

    def identity_by_name(self, request: Request) -> Response:
        name = request.query_params.get("screenName")
        if not name:
            return _invalid("screenName")
        user = self._by_handle.get(name.casefold())
        return _identity(user) if user else _not_found()

    def identity_on(self, network: str) -> View:
        """The view that tells the Klout id of an id on this network; Facebook's for third parties were no numbers."""
        return _found(self._by_network[network], lambda _, user: _identity(user), digits=network != "fb")

    def identity_back(self, network: str) -> View:
        """The view that tells the id on this network of a Klout id."""
        return _found(self._by_id, lambda _, user: _identity_back(user, network))

    def identity_itself(self) -> View:
        """The view of a Klout id with no network named, as one client asked. What came back is on no record."""
        return _found(self._by_id, lambda _, user: _identity(user, assumed=True))

    def resource(self, word: _Word, *, by: str = "ks") -> View:
        """The view that says of the user with the id in the path what `word` says, in the words of the era."""

        def respond(request: Request, user: User) -> Response:
            body = word(_ERAS[request.app.state.behaviour.klout_era], user)
            return json_answer(body.content, content_type=_USER_TYPE, assumed=not body.recorded)

        return _found(self._by_id if by == "ks" else self._by_network[by], respond)

    def influence(self, era: Era, user: User) -> Body:
        """What `/user.json/{id}/influence` says."""
        return influence(era, self._named(user.klout.influencers), self._named(user.klout.influencees))

    def _named(self, handles: tuple[str, ...]) -> list[User]:
        return [self._by_handle[handle.casefold()] for handle in handles]


def _user(account: Account, klout: KloutPart) -> User:
    ids = given(tw=account.twitter_id, gp=account.google_plus_id, ig=account.instagram_id, fb=account.facebook_id)
    return User(account.handle, ids, klout)


def _found(users: Mapping[str, User], respond: _Answer, *, digits: bool = True) -> View:
    """The view that responds about the user with the id in the path."""

    def view(request: Request) -> Response:
        asked = request.path_params["id"]
        if digits and not asked.isdecimal():
            return _invalid("id")
        user = users.get(asked)
        return respond(request, user) if user else _not_found()

    return view


def _identity(user: User, *, assumed: bool = False) -> Response:
    return json_answer({"id": user.klout.id, "network": "ks"}, content_type=_IDENTITY_TYPE, assumed=assumed)


def _identity_back(user: User, network: str) -> Response:
    """On record is what it said of Twitter's id."""
    if network not in user.ids:
        return _not_found()
    body = {"id": user.ids[network], "network": network}
    return json_answer(body, content_type=_IDENTITY_TYPE, assumed=network != "tw")


def _not_found() -> Response:
    """Clients confirm the status 404; no source keeps the body."""
    return answer(b'{"error":404, "description":"Not Found"}', JSON, status=404, assumed=True)


def _invalid(name: str) -> Response:
    """A malformed id gave an object with `validationErrors`; its inside and its status are our choice."""
    return json_answer({"validationErrors": [{"field": name}]}, status=400, assumed=True)


def _bad_key() -> Response:
    headers = mashery.PROXY | {"X-Mashery-Error-Code": "ERR_403_DEVELOPER_INACTIVE"}
    return answer(_BAD_KEY, JSON, status=403, headers=headers)


def _routes(data: Dataset) -> list[Route]:
    klout = _Klout(data)
    words: dict[str, _Word] = {
        "": lambda era, user: era.user(user),
        "/score": lambda era, user: era.score(user),
        "/topics": lambda era, user: era.topics(user),
        "/influence": klout.influence,
    }
    views: dict[str, View] = {
        "/identity.json/twitter": klout.identity_by_name,
        **{f"/identity.json/{network}/{{id}}": klout.identity_on(network) for network in ("tw", "gp", "ig", "fb")},
        **{f"/identity.json/klout/{{id}}/{network}": klout.identity_back(network) for network in ("tw", "gp")},
        "/identity.json/klout/{id}": klout.identity_itself(),
        # Documented once; a client's author found that it did not work.
        "/identity.json/ks/{id}/{network}": lambda _request: _not_found(),
        **{f"/user.json/{{id}}{ending}": klout.resource(word) for ending, word in words.items()},
        # Undocumented: the same without the identity step.
        **{f"/tw-user.json/{{id}}{ending}": klout.resource(word, by="tw") for ending, word in words.items()},
    }
    key = {"key": data.key}
    return [Route(f"/v2{path}", keyed(with_callback(view), key, _bad_key)) for path, view in views.items()]


WIRE_FORMAT = WireFormat(
    base_path="/v2",
    routes=_routes,
    no_such_path=mashery.service_not_found,
    over_rate=mashery.over_rate,
    over_qps=mashery.over_qps,
    gzips=True,
)
