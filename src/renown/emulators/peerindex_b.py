"""PeerIndex's second API (about 2011 to 2013): `/v2/profile/{profile|show}.json` by Twitter name or Twitter id.

Sources: dev.peerindex.com/docs (paths, parameters, that errors are as before); a fork of fishman/peerindex (the body of
`profile`). The extended `show` added topics and benchmark topics in a shape that no source keeps: ours is the first
API's for the one and the last API's for the other. XML is not emulated.
"""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.routing import Route

from renown.emulators import peerindex_net
from renown.emulators.accounts import BENCHMARK_TOPICS
from renown.emulators.answers import given
from renown.emulators.dataset import Dataset
from renown.emulators.jsonp import with_callback
from renown.emulators.peerindex_net import Profile, Said
from renown.emulators.wire_format import WireFormat


class _PeerIndex:
    """Whom an `id` means: a name, unless the call says that it is Twitter's number."""

    def __init__(self, data: Dataset) -> None:
        profiles = peerindex_net.profiles(data)
        self._by_handle = {profile.handle.casefold(): profile for profile in profiles}
        self._by_twitter_id = {profile.twitter_id: profile for profile in profiles if profile.twitter_id}

    def asked(self, request: Request) -> Mapping[str, Profile]:
        return self._by_twitter_id if request.query_params.get("identity") == "twitter_id" else self._by_handle


def _profile(profile: Profile) -> Said:
    """Recorded with every field."""
    peerindex = profile.peerindex
    fields = {
        "activity": peerindex.activity,
        "audience": peerindex.audience,
        "authority": peerindex.authority,
        "peerindex": peerindex.peerindex,
        "known": 1,
        "twitter": profile.handle,
        "url": peerindex.url,
    }
    return Said(given(**fields), recorded=None not in fields.values())


def _show(profile: Profile) -> Said:
    scores = profile.peerindex.topics
    benchmarks = [
        {"name": name, "topic_score": scores[name], "id": id_}
        for name, id_ in BENCHMARK_TOPICS.items()
        if name in scores
    ]
    topics = {"topics": profile.peerindex.keywords, "benchmark_topics": benchmarks}
    return Said(_profile(profile).content | topics, recorded=False)


def _routes(data: Dataset) -> list[Route]:
    peerindex = _PeerIndex(data)
    return [
        Route(
            f"/v2/profile/{path}.json",
            peerindex_net.keyed(with_callback(peerindex_net.about(peerindex.asked, word)), data.key),
        )
        for path, word in {"profile": _profile, "show": _show}.items()
    ]


WIRE_FORMAT = WireFormat(
    base_path="/v2",
    routes=_routes,
    no_such_path=peerindex_net.no_such_path,
    over_rate=peerindex_net.over_rate,
    over_qps=peerindex_net.over_qps,
    gzips=True,
)
