"""Who influences whom, as Klout and PeerIndex listed it: how many, and whom by which name."""

import pytest
from provider_replies import AT, CONTI, PIRELLI, reasons_of, reply_with, request_for, settings_with, values_of

from renown.claims import Account, Relation
from renown.errors import InvalidReply, Unreachable
from renown.providers import Identity
from renown.providers.klout_v1 import KloutV1
from renown.providers.klout_v2 import KloutV2
from renown.providers.peerindex_c import PeerIndexC

UUID = "00000000-0000-3000-8000-{:012d}"
DUNLOP, MICHELIN = Account("twitter", "DunlopLive"), Account("twitter", "MichelinTyres")
EMPTY = [(KloutV1, "influencers"), (KloutV2, "influence"), (PeerIndexC, "graph")]
STRANGE_ENTRIES = [None, 5, "ContiUK", [], {}, {"entity": "ContiUK"}, {"twitter_screen_name": ["ContiUK"]}]
STRANGE_NAMES = [None, "", " ", 5, "two words", "a\0b", "\u202eabc", "x" * 101, "@", {"name": "x"}]


def others_of(reading):
    """Whom the links of a reading mean, by relation, in order."""
    return {
        relation: [link.other for link in reading.links if link.relation is relation]
        for relation in dict.fromkeys(link.relation for link in reading.links)
    }


def tied(relation, *others, name="pirelliuk"):
    """A body of Klout v1: these stand so to one user."""
    pairs = [{"twitter_screen_name": other, "kscore": 95.71} for other in others]
    return {"status": 200, "users": [{"twitter_screen_name": name, relation: pairs}]}


def entity(klout_id="455380", **payload):
    """One entry of a list of Klout v2."""
    return {"entity": {"id": klout_id, "payload": {"kloutId": klout_id, "score": {"score": 98.9}, **payload}}}


@pytest.mark.parametrize(
    ("adapter", "paths"),
    [
        (KloutV1, ["/users/show.json", "/soi/influenced_by.json", "/soi/influencer_of.json"]),
        (KloutV2, ["/user.json/1/score", "/user.json/1/influence"]),
        (PeerIndexC, ["/actor/extended", "/actor/graph"]),
    ],
)
def test_lists_are_asked_for_only_when_switched_on(adapter, paths):
    """They are calls of their own, spent only where the setting `graph` is on."""

    def asked(**given):
        requests = adapter(settings_with(topics=False, **given)).requests([PIRELLI], {PIRELLI.key: "1"})
        return [request.path for request in requests]

    assert asked(graph=True) == paths
    assert asked() == paths[:1]


def test_klout_v1_counts_and_names_by_handle():
    """Each list is a count and links of the same provenance; the others' scores are not read."""
    klout = KloutV1(settings_with())
    reading = klout.read(request_for("influencers"), reply_with(tied("influencers", "ContiUK", "DunlopLive")))
    assert values_of(reading) == {"klout.influencers": 2}
    assert others_of(reading) == {Relation.INFLUENCER: [CONTI, DUNLOP]}
    assert {link.subject for link in reading.links} == {PIRELLI.key}
    assert {link.provenance for link in reading.links} == {reading.claims[0].provenance}
    assert reading.claims[0].provenance.observed_at == AT
    reading = klout.read(request_for("influencees"), reply_with(tied("influencees", "MichelinTyres")))
    assert (values_of(reading), others_of(reading)) == (
        {"klout.influencees": 1},
        {Relation.INFLUENCEE: [MICHELIN]},
    )


def test_klout_v1_gives_each_of_a_batch_its_own():
    """Lists of several people in any order are told apart, and the source of each names its own subject only."""
    body = tied("influencers", "DunlopLive", name="contiuk")
    body["users"] += tied("influencers")["users"]
    reading = KloutV1(settings_with()).read(request_for("influencers", PIRELLI, CONTI), reply_with(body))
    assert {claim.subject: claim.value for claim in reading.claims} == {PIRELLI.key: 0, CONTI.key: 1}
    assert [(link.subject, link.other) for link in reading.links] == [(CONTI.key, DUNLOP)]
    assert [claim.provenance.source.partition("?")[2] for claim in reading.claims] == [
        "users=PirelliUK",
        "users=ContiUK",
    ]


def test_a_list_about_another_person_is_not_taken():
    """Klout v1 says whom a list is about: one about somebody else is nobody's here, and costs nobody a score."""
    body = tied("influencers", "DunlopLive", name="somebody_else")
    reading = KloutV1(settings_with()).read(request_for("influencers"), reply_with(body))
    assert (reading.claims, reading.links, reasons_of(reading)) == ((), (), {})


def test_klout_v2_counts_more_than_it_names():
    """The count is Klout's own; of the lists, which are cut, each is named by `nick`."""
    body = {
        "myInfluencers": [entity(nick="ContiUK"), entity(nick="DunlopLive")],
        "myInfluencees": [entity(nick="MichelinTyres")],
        "myInfluencersCount": 12,
        "myInfluenceesCount": 138166,
    }
    reading = KloutV2(settings_with()).read(request_for("influence"), reply_with(body))
    assert values_of(reading) == {"klout.influencers": 12, "klout.influencees": 138166}
    assert others_of(reading) == {Relation.INFLUENCER: [CONTI, DUNLOP], Relation.INFLUENCEE: [MICHELIN]}


def test_klout_v2_of_2012_names_by_its_own_id():
    """Without a `nick` a Klout id says who is meant; without a count the list is counted."""
    body = {"myInfluencers": [entity("10000000000000020305"), entity("../admin"), entity(7)], "myInfluencees": []}
    reading = KloutV2(settings_with()).read(request_for("influence"), reply_with(body))
    assert values_of(reading) == {"klout.influencers": 3, "klout.influencees": 0}
    assert others_of(reading) == {Relation.INFLUENCER: [Identity("klout.id", "10000000000000020305")]}


def test_peerindex_names_by_its_own_id():
    """Its graph says ids only, and they are what is linked."""
    body = {
        "influenced_by": [{"peerindex_id": UUID.format(1)}, {"peerindex_id": "no uuid"}],
        "influences": [{"peerindex_id": UUID.format(2)}],
        "peerindex_id": UUID.format(9),
        "peerindex": 88,
    }
    reading = PeerIndexC(settings_with()).read(request_for("graph"), reply_with(body))
    assert values_of(reading) == {"peerindex.influencers": 2, "peerindex.influencees": 1}
    assert others_of(reading) == {
        Relation.INFLUENCER: [Identity("peerindex.id", UUID.format(1))],
        Relation.INFLUENCEE: [Identity("peerindex.id", UUID.format(2))],
    }


@pytest.mark.parametrize("listed", [None, 5, "ContiUK", {}, {"0": {"twitter_screen_name": "ContiUK"}}])
def test_what_is_no_list_says_nothing(listed):
    """Without a list and without a count there is no claim: nothing is known, which is not zero."""
    v1 = {"status": 200, "users": [{"twitter_screen_name": "PirelliUK", "influencers": listed}]}
    for adapter, step, body in (
        (KloutV1, "influencers", v1),
        (KloutV2, "influence", {"myInfluencers": listed, "x": 1}),
        (PeerIndexC, "graph", {"influenced_by": listed, "x": 1}),
    ):
        reading = adapter(settings_with()).read(request_for(step), reply_with(body))
        assert (reading.claims, reading.links, reading.absences) == ((), (), ())


def test_strange_entries_are_counted_and_nobody():
    """An entry that names nobody is one of the list all the same."""
    bodies = {
        (KloutV1, "influencers"): {
            "status": 200,
            "users": [{"twitter_screen_name": "PirelliUK", "influencers": STRANGE_ENTRIES}],
        },
        (KloutV2, "influence"): {"myInfluencers": STRANGE_ENTRIES},
        (PeerIndexC, "graph"): {"influenced_by": STRANGE_ENTRIES},
    }
    for (adapter, step), body in bodies.items():
        reading = adapter(settings_with()).read(request_for(step), reply_with(body))
        assert list(values_of(reading).values()) == [len(STRANGE_ENTRIES)]
        assert not reading.links


@pytest.mark.parametrize("name", STRANGE_NAMES)
def test_a_name_that_is_no_handle_is_nobody(name):
    """No link comes of it, and no error."""
    v1 = KloutV1(settings_with()).read(request_for("influencers"), reply_with(tied("influencers", name)))
    body = {"myInfluencees": [entity("not-an-id", nick=name)]}
    v2 = KloutV2(settings_with()).read(request_for("influence"), reply_with(body))
    assert (v1.links, v2.links) == ((), ())
    assert (values_of(v1), values_of(v2)) == ({"klout.influencers": 1}, {"klout.influencees": 1})


def test_a_huge_list_is_bounded():
    """All of it is counted, and a hundred at most are named."""
    names = [f"crowd_{number}" for number in range(5_000)]
    reading = KloutV1(settings_with()).read(request_for("influencers"), reply_with(tied("influencers", *names)))
    assert values_of(reading) == {"klout.influencers": 5_000}
    assert len(reading.links) == 100


@pytest.mark.parametrize("count", [-1, 1.5, "many", True, 10**30, []])
def test_a_count_that_is_none_is_refused(count):
    """A head count is a whole number from 0 up."""
    body = {"myInfluencers": [entity(nick="ContiUK")], "myInfluencersCount": count}
    with pytest.raises(InvalidReply):
        KloutV2(settings_with()).read(request_for("influence"), reply_with(body))


@pytest.mark.parametrize(("adapter", "step"), EMPTY)
def test_that_there_is_no_list_says_nothing_of_the_score(adapter, step):
    """404 is no absence of a score; server trouble is the failure that it is."""
    provider = adapter(settings_with())
    reading = provider.read(request_for(step), reply_with(b"", 404))
    assert (reading.claims, reading.links, reading.absences) == ((), (), ())
    with pytest.raises(Unreachable):
        provider.read(request_for(step), reply_with(b"", 503))
