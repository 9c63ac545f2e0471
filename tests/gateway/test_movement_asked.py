"""A movement asked of a gateway: from what is held, and nobody is asked."""

from datetime import timedelta

import pytest
from gateway_stage import FULL

from making import claim
from renown.claims import Absence, AbsenceReason, Account
from renown.errors import BadRequest
from renown.gateway import Gateway
from renown.gateway.moving import Moved, movement
from renown.scoring.movement import Cause

RIVAL = Account("twitter", "rival")


@pytest.fixture
async def grown(upstream, database_url, clock):
    """A gateway before live providers that holds two voices; a day ago one of them overtook the other."""
    async with await Gateway.open(upstream.settings(database_url), now=clock) as gateway:
        scores = ((FULL, 3, 40, 40), (RIVAL, 3, 50, 50), (FULL, 1, 60, 60))
        claims = [
            claim(account.key, field, float(value), observed_at=clock() - timedelta(days=days))
            for account, days, *values in scores
            for field, value in zip(("klout.score", "peerindex.peerindex"), values, strict=True)
        ]
        await gateway.keep(claims, [FULL, RIVAL])
        yield gateway


async def test_it_is_made_of_what_is_held_and_nobody_is_asked(grown, upstream, clock):
    """The voice rose by its own scores, and fell back for nobody; no provider saw a call."""
    record = (await grown.records([FULL.key]))[FULL.key]
    moved = await movement(grown, record, clock() - timedelta(days=2))
    assert isinstance(moved, Moved)
    assert {part.cause: part.places for part in moved.parts if part.units} == {Cause.OWN_CHANGE: 1}
    assert moved.explanations[0] == "Its own scores changed: Klout 40 to 60; PeerIndex 40 to 60."
    assert set(upstream.calls.values()) == {0}


async def test_the_rival_was_overtaken_by_a_peer(grown, clock):
    """The same movement, seen by the other: a place lost to a peer, its composite as it was."""
    record = (await grown.records([RIVAL.key]))[RIVAL.key]
    moved = await movement(grown, record, clock() - timedelta(days=2), clock())
    assert moved.statement.startswith(
        "It went from place 1 to 2, composite 49.747475. What moved it: the others' scores"
    )


async def test_before_it_was_known_it_was_not_ranked(grown, clock):
    """A week ago nothing was known of it: an absence that says so. A movement needs time to pass."""
    record = (await grown.records([FULL.key]))[FULL.key]
    missing = await movement(grown, record, clock() - timedelta(days=7))
    assert isinstance(missing, Absence)
    assert missing.reason is AbsenceReason.BELOW_MINIMUM
    with pytest.raises(BadRequest) as refusal:
        await movement(grown, record, clock(), clock() - timedelta(days=1))
    assert refusal.value.code == "BAD_PERIOD"
