"""Klout, Kred and PeerIndex, in every generation, pass the suite that a third party's provider must pass.

Bodies have the shape that was recorded or is documented; names and figures are made up. `more_replies` are further
ones, which the suite does not play: `test_any_reply.py` bends them too.
"""

from recording import saying

from renown.claims import Account
from renown.providers.klout_v1 import KloutV1
from renown.providers.klout_v2 import KloutV2
from renown.providers.kred import Kred
from renown.providers.peerindex_ab import PeerIndexA, PeerIndexB
from renown.providers.peerindex_c import PeerIndexC
from renown.testing import ProviderContract, Recorded

PIRELLI = Account("twitter", "PirelliUK")
OVER_RATE = Recorded(status=403, headers={"x-mashery-error-code": "ERR_403_DEVELOPER_OVER_RATE"})


def with_everything(settings):
    """The same settings, with topics and graph switched on."""
    return settings.model_copy(update={"topics": True, "graph": True})


def klout_v1_user(name="pirelliuk", **figures):
    """One user of Klout v1's `users/show`."""
    given = {"kscore": 39.2, "slope": -0.11, "description": "", "kclass_id": 4, "true_reach": 80, "delta_1day": 0.07}
    more = {"network_score": 36.97, "amplification_score": 12, "delta_5day": -0}
    return {"twitter_id": "18770991", "twitter_screen_name": name, "score": given | more | figures}


def klout_v1_ties(relation, *others):
    """Who influences whom, as Klout v1 said it of one user."""
    pairs = [{"twitter_screen_name": name, "kscore": 95.71} for name in others]
    return saying(relation, status=200, users=[{"twitter_screen_name": "PirelliUK", relation: pairs}])


class TestKloutV1(ProviderContract):
    """Batches of five, in any order."""

    account = PIRELLI
    replies = (
        saying("show", status=200, users=[klout_v1_user()]),
        saying("topics", status=200, users=[{"twitter_screen_name": "PirelliUK", "topics": ["cars", "motor sport"]}]),
        klout_v1_ties("influencers", "contiuk", "michelintyres"),
        klout_v1_ties("influencees", "dunloplive"),
    )
    values = {"klout.score": 39.2, "klout.true_reach": 80, "twitter.id": "18770991", "topic/motor-sport": 1.0}
    values |= {"klout.influencers": 2, "klout.influencees": 1}
    unknown = saying("", status=200, headers=[], body={"error": "No users"})
    other_person = saying("show", status=200, users=[klout_v1_user("contiuk")])
    over_rate = OVER_RATE
    more_replies = (
        unknown,
        saying("show", status=200, users=[klout_v1_user("contiuk"), klout_v1_user(kscore=None)]),
        saying("", status=202, users=[]),
    )

    def make(self, settings):
        """With topics and graph."""
        return KloutV1(with_everything(settings))


def klout_v2_entity(klout_id, **more):
    """One entry of an influence list of Klout v2; in 2012 without `nick`."""
    payload = {"kloutId": klout_id, "score": {"score": 98.93423199610555}, **more}
    return {"entity": {"id": klout_id, "payload": payload}}


class TestKloutV2(ProviderContract):
    """An identity, then score and topics."""

    account = PIRELLI
    replies = (
        saying("identity", id="10000000000000020305", network="ks"),
        saying("score", score=86.73029496119551, scoreDelta={"dayChange": -2.8e-3, "weekChange": -1}, bucket="80-89"),
        Recorded(
            step="topics",
            body=b'[{"id":"8655841127676549162","displayName":"Social Media","name":"social media"},{"name":"Cars"}]',
        ),
        saying(
            "influence",
            myInfluencers=[klout_v2_entity("37436179756135315", nick="ContiUK"), klout_v2_entity("455380")],
            myInfluencees=[klout_v2_entity("851563", nick="DunlopLive")],
            myInfluencersCount=12,
            myInfluenceesCount=138166,
        ),
    )
    values = {"klout.id": "10000000000000020305", "klout.score": 86.73029496119551, "topic/cars": 1.0}
    values |= {"klout.influencers": 12, "klout.influencees": 138166}
    unknown = Recorded(status=404)
    over_rate = OVER_RATE
    more_replies = (
        saying("identity", validationErrors=["obsolete id"]),
        saying("score", score=None, scoreDeltas={"dayChange": 1.5e-4}),
        saying("score", score=50, scoreDeltas={"monthChange": 1.5e-4}),
        saying("influence", myInfluencers=[], myInfluencees=[klout_v2_entity("nobody")]),
    )

    def make(self, settings):
        """With topics and graph."""
        return KloutV2(with_everything(settings))


class TestKred(ProviderContract):
    """A job that is polled until it is complete."""

    account = PIRELLI
    replies = (
        saying("kredscore", id="999-0", status="submitted"),
        saying(
            "kredscore",
            data=[{"name": "pirelliuk", "influence": "773", "outreach": 7}, {"name": "other", "influence": 0}],
            id="999-0",
            request={"app_id": "***"},
            status="complete",
        ),
    )
    values = {"kred.influence": 773, "kred.outreach": 7}
    unknown = saying("kredscore", data=[], status="complete")
    other_person = saying("kredscore", data=[{"name": "contiuk", "influence": 612, "outreach": 4}], status="complete")
    more_replies = (
        saying("kredscore", data=[{"name": "pirelliuk", "influence": 0, "outreach": 0}], status="complete"),
        saying("kredscore", data=[{"name": "pirelliuk", "influence": 5000}], status="complete"),
        saying("kredscore", data=None, status="failed"),
    )

    def make(self, settings):
        """As it is registered."""
        return Kred(settings)


def peerindex_profile(**said):
    """A profile of PeerIndex's first two generations."""
    given = {"name": "Pirelli UK", "twitter": "pirelliuk", "slug": "pirelli-uk", "known": 1, "authority": 40}
    return saying("profile", **(given | {"activity": 46, "audience": 45, "peerindex": 41} | said))


class TestPeerIndexA(ProviderContract):
    """Scores and topics by one call."""

    account = PIRELLI
    replies = (peerindex_profile(topics=["cars", "motor sport"], url="http://pi.mu/4"),)
    values = {"peerindex.peerindex": 41, "peerindex.authority": 40, "name": "Pirelli UK", "topic/cars": 1.0}
    unknown = Recorded(body=b"[]", status=404)
    other_person = peerindex_profile(twitter="contiuk")
    over_rate = saying("", 403, error="Rate limit exceeded")
    more_replies = (
        peerindex_profile(known=0),
        peerindex_profile(peerindex=None),
        saying("", 400, error="Invalid API key"),
        Recorded(body=b'{"error":"Rate limit exceeded"}', status=403, headers={"x-ratelimit-reset": "1316386800"}),
    )

    def make(self, settings):
        """As the setting `api` names it."""
        return PeerIndexA(settings)


class TestPeerIndexB(TestPeerIndexA):
    """Scores only, by Twitter's number of the account: then its name may have changed."""

    account = Account("twitter", "PirelliUK", id="18770991")
    replies = (peerindex_profile(),)
    other_person = None
    values = {"peerindex.peerindex": 41, "peerindex.audience": 45}

    def make(self, settings):
        """As the setting `api` names it."""
        return PeerIndexB(settings)


class TestPeerIndexC(ProviderContract):
    """Scores with place, and topics, at once."""

    account = PIRELLI
    replies = (
        saying(
            "extended",
            peerindex=88,
            demographics={"location": {"county": "Greater London", "country_code": "GB", "place_name": "London"}},
            authority=83,
            audience=84,
            version="1.1",
            peerindex_id="00000000-0000-3000-8000-000000000000",
            activity=58,
            twitter={"id": "1"},
        ),
        saying("topic", benchmark_topics=[{"name": "Sports", "topic_score": 75, "id": 4244}], version="1.1"),
        saying(
            "graph",
            influenced_by=[{"peerindex_id": f"00000000-0000-3000-8000-{n:012d}"} for n in (1, 2)],
            version="1.1",
            peerindex_id="00000000-0000-3000-8000-000000000000",
            influences=[{"peerindex_id": "00000000-0000-3000-8000-000000000003"}],
            peerindex=88,
        ),
    )
    values = {"peerindex.peerindex": 88, "country": "GB", "place": "London", "topic/sports": 0.75}
    values |= {"peerindex.influencers": 2, "peerindex.influencees": 1}
    unknown = Recorded(body=b"[]", status=404)
    over_rate = OVER_RATE
    more_replies = (
        saying("extended", authority=83),
        saying("topic", benchmark_topics=[], topics=[{"name": "Tyres", "topic_score": 40}]),
        Recorded(body=b"{}", status=202),
    )

    def make(self, settings):
        """With topics, as it is registered, and graph."""
        return PeerIndexC(with_everything(settings))
