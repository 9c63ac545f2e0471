"""Reading: the latest, the past, pages, and what was built on what."""

from datetime import timedelta

import pytest

from making import NOON, claim
from renown.claims import ProvenanceKind
from renown.store import Store

DAY = timedelta(days=1)
PIRELLI, CONTI = "twitter:pirelliuk", "twitter:contiuk"


def _values(claims) -> list:
    return sorted(said.value for said in claims)


@pytest.fixture
async def told(store: Store) -> Store:
    """Three days of Pirelli's Klout, appended out of order (changes 1 to 3), and one of Kred and of Conti (4, 5)."""
    for day in (1, 3, 2):
        await store.append([claim(value=float(day), observed_at=NOON + day * DAY)])
    await store.append([claim(field="kred.influence", value=600, observed_at=NOON + 2 * DAY)])
    await store.append([claim(subject=CONTI, value=51.0, observed_at=NOON + 2 * DAY)])
    return store


async def test_latest_of_some(told):
    """Each subject asked for gets its latest claim per field and provider; who is not known, an empty list."""
    held = await told.latest([PIRELLI, "twitter:nobody"])
    assert _values(held[PIRELLI]) == [3.0, 600]
    assert held["twitter:nobody"] == []
    assert set(held) == {PIRELLI, "twitter:nobody"}
    assert await told.latest([]) == {}


async def test_as_of_reads_the_log(told):
    """As of a moment, the latest is of what was observed by then, the moment included."""
    assert _values((await told.latest([PIRELLI], as_of=NOON + 2 * DAY))[PIRELLI]) == [2.0, 600]
    assert _values((await told.latest([PIRELLI], as_of=NOON + 2 * DAY - timedelta(microseconds=1)))[PIRELLI]) == [1.0]
    assert _values(await told.all_latest(as_of=NOON + 2 * DAY)) == [2.0, 51.0, 600]
    assert await told.all_latest(as_of=NOON) == []


async def test_upto_a_change(told):
    """Up to a change, the latest is of what was appended by then; up to the last, it is what the table says."""
    expected = {0: [], 1: [1.0], 2: [3.0], 3: [3.0], 4: [3.0, 600], 5: [3.0, 51.0, 600], 9: [3.0, 51.0, 600]}
    for change, values in expected.items():
        assert _values(await told.all_latest(upto_change=change)) == values
    assert _values(await told.all_latest(as_of=NOON + 2 * DAY, upto_change=2)) == [1.0]


async def test_table_and_log_agree(told):
    """Worked out from the log as of the far future, the latest are the claims the table points at."""
    by_id = [{said.id: said for said in await told.all_latest(as_of)} for as_of in (None, NOON + 99 * DAY)]
    assert by_id[0] == by_id[1]


async def test_history_is_paged_by_observation(told):
    """History runs oldest first, both ends included, and a page goes on where the last one ended."""
    first, total = await told.history(PIRELLI, ["klout.score"], NOON, NOON + 3 * DAY, 2)
    assert ([said.value for _, said in first], total) == ([1.0, 2.0], 3)
    seq, last = first[-1]
    rest, total = await told.history(PIRELLI, ["klout.score"], limit=2, after=(last.provenance.observed_at, seq))
    assert ([said.value for _, said in rest], total) == ([3.0], 3)
    both, _ = await told.history(PIRELLI, ["klout.score", "kred.influence"], NOON + 2 * DAY, NOON + 2 * DAY)
    assert [said.value for _, said in both] == [2.0, 600]


async def test_all_that_is_held_is_paged(told):
    """All held on a voice's accounts comes newest in the log first, with the total, page by page."""
    first, total = await told.claims_of([PIRELLI, CONTI], 3)
    rest, again = await told.claims_of([PIRELLI, CONTI], 3, after_seq=first[-1][0])
    assert [said.value for _, said in first + rest] == [51.0, 600, 2.0, 3.0, 1.0]
    assert total == again == 5
    assert await told.claims_of(["twitter:nobody"], 3) == ([], 0)


async def test_claims_by_id_with_their_inputs(told):
    """Claims are found by id, derived ones with their inputs in order; what is not held is left out."""
    inputs = tuple(said.id for said in await told.all_latest())
    made = claim(field="composite", value=0.5, kind=ProvenanceKind.DERIVED, inputs=inputs[::-1])
    await told.append([made])
    held = await told.claims_by_id([made.id, inputs[0], "f" * 32, made.id])
    assert held[made.id] == made
    assert set(held) == {made.id, inputs[0]}
    assert await told.claim("f" * 32) is None
    assert made in (await told.latest([PIRELLI]))[PIRELLI]


async def test_what_was_built_on_a_claim(store):
    """The derived claims that have a claim as an input come page by page with their total; declared ones do not."""
    base = claim()
    made = [
        claim(field="composite", value=value, kind=ProvenanceKind.DERIVED, inputs=(base.id, "e" * 32))
        for value in (0.1, 0.2, 0.3)
    ]
    declared = claim(field="kind", value="PERSON", kind=ProvenanceKind.DECLARED, inputs=(base.id,))
    await store.append([base, *made, declared])
    assert await store.built_on(base.id, 2, 0) == (made[:2], 3)
    assert await store.built_on(base.id, 2, 2) == (made[2:], 3)
    assert await store.built_on(made[0].id, 2) == ([], 0)


async def test_recipes_by_prefix(store):
    """A recipe is kept once, found by a prefix of at least 16 digits that is its alone, and takes no change number."""
    one, other = "a" * 20 + "0" * 44, "a" * 20 + "1" * 44
    for hash_, canonical in ((one, "{}"), (one, "never kept"), (other, "[]")):
        await store.save_recipes({hash_: canonical}, NOON)
    assert await store.recipe("a" * 20 + "0") == await store.recipe(one) == (one, "{}")
    for prefix in ("a" * 20, "b" * 20, "a" * 15, "%" * 16, one + "0", ""):
        assert await store.recipe(prefix) is None
    assert await store.change() == 0
