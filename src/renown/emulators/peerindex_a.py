"""PeerIndex's first API (2010 to 2012): `/1/profile/show.json` by Twitter name.

Sources: esteve/PeerIndex-Python-API (a body, with PHP's escaped slashes); Sebastian Spier's account of July 2011 (that
`peerindex` may be absent). XML is not emulated.
"""

from starlette.routing import Route

from renown.emulators import peerindex_net
from renown.emulators.answers import given
from renown.emulators.dataset import Dataset
from renown.emulators.peerindex_net import Profile, Said
from renown.emulators.wire_format import WireFormat


def _show(profile: Profile) -> Said:
    """Recorded with everything but `realness`, which came later, and `peerindex`, which some lacked."""
    peerindex = profile.peerindex
    content = given(
        name=peerindex.name,
        twitter=profile.handle,
        slug=peerindex.slug,
        known=1,
        authority=peerindex.authority,
        activity=peerindex.activity,
        audience=peerindex.audience,
        peerindex=peerindex.peerindex,
        url=peerindex.url,
        topics=peerindex.keywords,
        realness=peerindex.realness,
    )
    always = {"name", "slug", "authority", "activity", "audience", "url"}
    return Said(content, recorded=always <= content.keys() and bool(peerindex.keywords))


def _routes(data: Dataset) -> list[Route]:
    by_handle = {profile.handle.casefold(): profile for profile in peerindex_net.profiles(data)}
    view = peerindex_net.about(lambda _request: by_handle, _show)
    return [Route("/1/profile/show.json", peerindex_net.keyed(view, data.key))]


WIRE_FORMAT = WireFormat(
    base_path="/1",
    routes=_routes,
    no_such_path=peerindex_net.no_such_path,
    over_rate=peerindex_net.over_rate,
    over_qps=peerindex_net.over_qps,
    gzips=True,
)
