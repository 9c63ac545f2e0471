"""Who influences whom, from emulated providers on real ports: the directory's own are linked, the others are counted.

The graph of the data here names one account that is in the directory and one, the stranger, that is not.
"""

import sqlite3
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from gateway_stage import KEY, settled

from making import NOON, claim
from renown.claims import Account, Relation
from renown.emulators import Behaviour, Dataset, running
from renown.gateway import Gateway, Tally
from renown.gateway.bulk import Bulk
from renown.gateway.links import claims_within, counts, linked_voices
from renown.providers import Identity, Link
from renown.settings import ProviderSettings, Settings

STAR, FRIEND, PUPIL = (Account("twitter", handle) for handle in ("The_Star", "The_Friend", "The_Pupil"))
STRANGER = "the_stranger"
STRANGERS_IDS = {"klout": "777000777", "peerindex": "00000000-0000-3000-8000-000000000777"}
INFLUENCER, INFLUENCEE = Relation.INFLUENCER, Relation.INFLUENCEE
WAYS = {
    "klout v1": ("klout-v1", {"api": "v1"}, Behaviour()),
    "klout v2": ("klout", {}, Behaviour()),
    "klout v2 of 2012": ("klout", {}, Behaviour(klout_era="2012")),
    "peerindex c": ("peerindex", {"topics": False}, Behaviour()),
}


def _data(influencers=(FRIEND.handle, STRANGER), influencees=(PUPIL.handle,)):
    """The star with these in its graph, and everybody in it."""
    handles = [STAR.handle, FRIEND.handle, PUPIL.handle, STRANGER]
    ids = {handle: ("900" + str(at), f"00000000-0000-3000-8000-{at:012d}") for at, handle in enumerate(handles)}
    ids[STRANGER] = (STRANGERS_IDS["klout"], STRANGERS_IDS["peerindex"])
    accounts = [
        {
            "handle": handle,
            "klout": {"id": klout_id, "score": 50.5},
            "peerindex": {"id": peerindex_id, "peerindex": 50},
        }
        for handle, (klout_id, peerindex_id) in ids.items()
    ]
    accounts[0]["klout"] |= {"influencers": influencers, "influencees": influencees}
    accounts[0]["peerindex"] |= {"influenced_by": influencers, "influences": influencees}
    return Dataset.from_json({"key": KEY, "accounts": accounts})


@asynccontextmanager
async def _asking(way, data, url, clock):
    """A gateway that asks one emulated provider for its graph too, and the emulator."""
    name, given, behaviour = WAYS[way]
    async with running(name, data, behaviour) as emulator:
        provider = ProviderSettings(base_url=emulator.url, key=KEY, graph=True, pace=1000.0, **given)
        slug = name.partition("-")[0]
        settings = Settings(_env_file=None, database_url=url, deadline_seconds=10.0, providers={slug: provider})
        async with await Gateway.open(settings, now=clock) as gateway:
            yield gateway, emulator


async def _linked(gateway, relation, account=STAR):
    """The handles linked to a voice, and the counts beside them."""
    record = (await gateway.records([account.key]))[account.key]
    linked = await linked_voices(gateway.store, record, relation)
    return [each.account.handle for each in linked], [count.value for count in counts(record, relation)]


def _dump(folder):
    """All that stands in the database of a folder, as text and as its very bytes."""
    (file,) = folder.glob("*.db")
    with sqlite3.connect(file) as connection:
        text = "\n".join(connection.iterdump())
    connection.close()
    return text, b"".join(each.read_bytes() for each in folder.glob("*.db*"))


@pytest.mark.parametrize("way", WAYS)
async def test_only_the_directory_is_linked_and_everybody_counted(way, database_url, clock, tmp_path):
    """Who is in the directory is linked with a source, who is not stands nowhere in the database, and all count."""
    async with _asking(way, _data(), database_url, clock) as (gateway, emulator):
        await gateway.voices([FRIEND, PUPIL])
        record = await gateway.voice(STAR)
        assert await _linked(gateway, INFLUENCER) == (["The_Friend"], [2])
        assert await _linked(gateway, INFLUENCEE) == (["The_Pupil"], [1])
        (friend,) = await linked_voices(gateway.store, record, INFLUENCER)
        (says,) = friend.claims
        assert (says.subject, says.field, says.value) == (STAR.key, "influencer/twitter:the_friend", True)
        assert says.provenance.source.startswith(emulator.url)
        assert says.provenance.digest
        assert {stored.account.key for stored in await gateway.store.accounts()} == {STAR.key, FRIEND.key, PUPIL.key}
    text, raw = _dump(tmp_path)
    assert "the_friend" in text
    for trace in (STRANGER, *STRANGERS_IDS.values()):
        assert trace not in text.casefold()
        assert trace.encode() not in raw


async def test_without_the_setting_nobody_is_asked(database_url, clock):
    """The graph is a call of its own: without the setting it is not spent, and there is neither link nor count."""
    async with running("klout", _data()) as emulator:
        providers = {"klout": ProviderSettings(base_url=emulator.url, key=KEY)}
        settings = Settings(_env_file=None, database_url=database_url, deadline_seconds=10.0, providers=providers)
        async with await Gateway.open(settings, now=clock) as gateway:
            await gateway.voices([FRIEND, STAR])
            assert await _linked(gateway, INFLUENCER) == ([], [])
        assert not [call for call in emulator.calls if "influence" in call]


@pytest.mark.parametrize("way", WAYS)
async def test_a_newer_reading_drops_an_old_link(way, database_url, clock):
    """Who is no longer in the list is not shown; the earlier claim stays in the log, and the past shows it."""
    async with _asking(way, _data(), database_url, clock) as (gateway, _):
        await gateway.voices([FRIEND, PUPIL])
        await gateway.voice(STAR)
        then = clock()
    clock.move(hours=30)
    async with _asking(way, _data([PUPIL.handle], []), database_url, clock) as (gateway, _):
        record = (await gateway.records([STAR.key]))[STAR.key]
        await gateway.older_than(record, 3600, Tally())
        await settled(gateway)
        assert await _linked(gateway, INFLUENCER) == (["The_Pupil"], [1])
        assert await _linked(gateway, INFLUENCEE) == ([], [0])
        before = (await gateway.records([STAR.key], then))[STAR.key]
        assert [each.voice for each in await linked_voices(gateway.store, before, INFLUENCER)] == [FRIEND.key]


async def test_whoever_enters_later_is_linked_at_the_next_reading(database_url, clock):
    """Being named opens no door: only once somebody has asked about a person does the next reading link them."""
    async with _asking("klout v2", _data(), database_url, clock) as (gateway, _):
        record = await gateway.voice(STAR)
        assert await _linked(gateway, INFLUENCER) == ([], [2])
        await gateway.voice(FRIEND)
        assert await _linked(gateway, INFLUENCER) == ([], [2])
        clock.move(hours=1)
        await gateway.older_than(record, 60, Tally())
        assert await _linked(gateway, INFLUENCER) == (["The_Friend"], [2])


@pytest.mark.parametrize("way", WAYS)
async def test_a_lookup_of_many_keeps_links_too(way, database_url, clock, tmp_path):
    """A list of voices is read like a single one: the directory's own are linked, the stranger is not written."""
    async with _asking(way, _data(), database_url, clock) as (gateway, _):
        await (await Bulk.plan(gateway, [FRIEND, PUPIL])).run()
        await (await Bulk.plan(gateway, [STAR])).run()
        assert await _linked(gateway, INFLUENCER) == (["The_Friend"], [2])
        assert await _linked(gateway, INFLUENCEE) == (["The_Pupil"], [1])
    text, raw = _dump(tmp_path)
    assert STRANGER not in text.casefold()
    assert not [id_ for id_ in STRANGERS_IDS.values() if id_.encode() in raw]


async def test_links_end_with_the_licence(database_url, clock):
    """Klout's lists may be kept as long as its scores: after seven days neither link nor count is shown."""
    async with _asking("klout v2", _data(), database_url, clock) as (gateway, _):
        await gateway.voice(FRIEND)
        await gateway.voice(STAR)
        clock.move(days=7, hours=1)
        assert await _linked(gateway, INFLUENCER) == ([], [])


async def test_who_left_the_directory_is_left_out(empty):
    """A link to an account that is not in the store any more leads nowhere, and is no edge."""
    said = [claim(STAR.key, field, True, provider="klout") for field in ("influencer/twitter:gone", "influencer/x:y")]
    await empty.keep([*said, claim(STAR.key, "klout.influencers", 2)], [STAR])
    assert await _linked(empty, INFLUENCER) == ([], [2])


async def test_a_voice_is_named_once_by_all(empty):
    """Several providers that name one person are one entry with a claim each; most named come first."""
    said = [
        claim(STAR.key, "influencer/twitter:the_friend", True, provider="klout"),
        claim(STAR.key, "influencer/twitter:the_pupil", True, provider="klout"),
        claim(STAR.key, "influencer/twitter:the_pupil", True, provider="peerindex"),
        claim(STAR.key, "klout.influencers", 2),
        claim(STAR.key, "peerindex.influencers", 20),
    ]
    await empty.keep(said, [STAR, FRIEND, PUPIL])
    record = (await empty.records([STAR.key]))[STAR.key]
    linked = await linked_voices(empty.store, record, INFLUENCER)
    assert [(each.voice, [said.provenance.provider for said in each.claims]) for each in linked] == [
        (PUPIL.key, ["klout", "peerindex"]),
        (FRIEND.key, ["klout"]),
    ]
    assert await linked_voices(empty.store, record, INFLUENCEE) == []
    assert {field for _, field in record.claims} == {"klout.influencers", "peerindex.influencers"}


async def test_each_providers_newest_reading_counts(empty):
    """That one provider was read later than another makes the other's links no older."""
    later = NOON + timedelta(days=1)
    said = [
        claim(STAR.key, "influencer/twitter:the_friend", True, provider="klout"),
        claim(STAR.key, "klout.influencers", 1),
        claim(STAR.key, "influencer/twitter:the_pupil", True, provider="peerindex"),
        claim(STAR.key, "peerindex.influencers", 0, observed_at=later),
    ]
    await empty.keep(said, [STAR, FRIEND, PUPIL])
    assert await _linked(empty, INFLUENCER) == (["The_Friend"], [1, 0])


async def test_nobody_influences_themselves_and_ids_lead_home(empty):
    """A link to the voice itself is dropped; an id leads to the accounts that have it now, and to nobody otherwise."""
    about = claim(STAR.key).provenance
    held = [
        claim(STAR.key, "klout.id", "1"),
        claim(FRIEND.key, "klout.id", "2"),
        claim(PUPIL.key, "klout.id", "3", observed_at=NOON - timedelta(days=1)),
        claim(PUPIL.key, "klout.id", "4"),
    ]
    await empty.keep(held, [STAR, FRIEND, PUPIL])
    others = [STAR, PUPIL, Account("twitter", "nobody"), *(Identity("klout.id", str(number)) for number in range(6))]
    links = [Link(subject=STAR.key, relation=INFLUENCEE, other=other, provenance=about) for other in others]
    found = await claims_within(empty.store, links, NOON)
    assert [each.field for each in found] == [
        "influencee/twitter:the_pupil",
        "influencee/twitter:the_friend",
        "influencee/twitter:the_pupil",
    ]
