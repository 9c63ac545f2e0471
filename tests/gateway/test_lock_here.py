"""A lock file beside the store it came from: the same, changed, or incomplete with the reasons."""

import json
from datetime import timedelta

import pytest
from gateway_stage import TYRES
from lock_stage import RECIPES, changed, locked

from making import claim
from renown.claims import Account
from renown.errors import BadRequest
from renown.gateway import DEFAULT_RECIPE, Filter
from renown.gateway.lock import lock
from renown.gateway.recomputing import recompute
from renown.gateway.verifying import Verdict, verify, verify_here

TWO = (Account("twitter", "PirelliUK"), Account("twitter", "ContiUK"))
METRICS = ("klout.score", "peerindex.peerindex")


async def _learn(gateway, **provenance):
    claims = [claim(a.key, field, 40.0 + n, **provenance) for n, a in enumerate(TWO) for field in METRICS]
    await gateway.keep(claims, TWO)


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
async def test_the_store_makes_the_same(demo, recipe):
    """The store it came from makes the same bytes of its snapshot, also after more was learnt; and keeps no trace."""
    _, content = await locked(demo, recipe)
    assert (await verify_here(demo, content)).verdict is Verdict.SAME
    await demo.keep([claim(f"twitter:{TYRES[0].lower()}", value=12.0)], [])
    change = await demo.store.change()
    assert (await verify_here(demo, content)).verdict is Verdict.SAME
    assert await demo.store.change() == change


async def test_what_expired_is_a_hole(empty, clock):
    """Claims that the licence had deleted are holes, each with its reason; the file by itself still comes out."""
    soon = clock() + timedelta(days=7)
    await _learn(empty, observed_at=clock(), keep_until=soon)
    _, content = await locked(empty, DEFAULT_RECIPE, Filter())
    clock.move(days=8)
    verified = await verify_here(empty, content)
    assert verified.verdict is Verdict.INCOMPLETE
    assert {(hole.voice, hole.provider) for hole in verified.holes} == {
        (account.key, provider) for account in TWO for provider in ("klout", "peerindex")
    }
    assert {hole.reason for hole in verified.holes} == {"LICENCE_EXPIRED"}
    assert any(finding.startswith("place of twitter:contiuk: 1 in the file") for finding in verified.findings)
    assert verify(content).verdict is Verdict.SAME


async def test_a_lock_made_after_that_says_so(empty, clock):
    """The lock that is served then holds none of the values: it has a hole with the reason in the place of each."""
    await _learn(empty, observed_at=clock(), keep_until=clock() + timedelta(days=7))
    await empty.keep([claim("twitter:contiuk", "kred.influence", 500.0, observed_at=clock())], [])
    ranked = await empty.rank(Filter())
    clock.move(days=8)
    again = await empty.rank(Filter(), standings=await empty.snapshots.named(ranked.standings.snapshot))
    content = (await lock(empty, again)).content
    held = json.loads(content)
    assert [hole["reason"] for hole in held["holes"]] == ["LICENCE_EXPIRED"] * 4
    assert "deleted" in held["holes"][0]["message"]
    assert [claim["field"] for each in held["candidates"] for claim in each["claims"]] == ["kred.influence"]
    assert verify(content).verdict is Verdict.SAME


async def test_what_expires_meanwhile_is_not_in_the_file(empty, clock):
    """A ranking still in memory when its claims expire is locked without their values."""
    await _learn(empty, observed_at=clock(), keep_until=clock() + timedelta(days=7))
    ranked = await empty.rank(Filter())
    clock.move(days=8)
    held = json.loads((await lock(empty, ranked)).content)
    assert held["entries"] == []
    assert len([hole for hole in held["holes"] if hole["claim"]]) == 4
    assert all(each["claims"] == [] for each in held["candidates"])


async def test_a_forged_file_is_found_out_by_the_store(demo):
    """A file forged throughout, ids and places too, comes out by itself; the store does not hold its claims."""
    _, content = await locked(demo)

    def forge(held):
        for candidate in held["candidates"]:
            for each in candidate["claims"]:
                each.update(value=50, source="hearsay")

    half = verify(changed(content, forge)).file
    ids = {(c.voice, claim.field): claim.proven_id for c in half.candidates for claim in c.claims}

    def finish(held):
        forge(held)
        for candidate in held["candidates"]:
            for each in candidate["claims"]:
                each["id"] = ids[candidate["voice"], each["field"]]

    forged = changed(content, finish)
    forged = recompute(verify(forged).file).content
    assert verify(forged).verdict is Verdict.SAME
    verified = await verify_here(demo, forged)
    assert verified.verdict is Verdict.INCOMPLETE
    assert {hole.reason for hole in verified.holes} == {"NOT_HELD"}


async def test_another_store_is_asked_in_vain(demo, empty):
    """A store that never had the snapshot says so; one whose snapshot is another, what is missing there."""
    _, content = await locked(demo)
    with pytest.raises(BadRequest, match="never had the snapshot") as refused:
        await verify_here(empty, content)
    assert refused.value.code == "UNKNOWN_LOCK"
    await _learn(empty)
    await _learn(empty, source="another")
    verified = await verify_here(empty, content)
    assert verified.verdict is Verdict.INCOMPLETE
    assert verified.findings == ("It cannot be asked of this store: There is no list 'tyres'.",)


async def test_what_was_said_of_the_universe_is_compared(demo):
    """What a file cannot prove by itself, who was considered and left out, the store finds out."""
    _, content = await locked(demo)
    told = changed(content, lambda held: held.update(considered=1_000_000))
    assert verify(told).verdict is Verdict.SAME
    verified = await verify_here(demo, told)
    assert (verified.verdict, verified.findings) == (
        Verdict.CHANGED,
        ("considered: 1000000 in the file, 46 computed again.",),
    )
