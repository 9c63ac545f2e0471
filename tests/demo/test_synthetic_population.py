"""The synthetic population: the same for the same seed, with gaps, and labelled in every claim."""

from renown.claims import VoiceKind
from renown.demo import SYNTHETIC_ADAPTER, load_synthetic
from renown.gateway import Gateway
from renown.settings import Settings, sqlite_url


async def _loaded(path, size, seed):
    """What is held after loading a population: claims, by (subject, field)."""
    async with await Gateway.open(Settings(database_url=sqlite_url(path))) as gateway:
        loaded = await load_synthetic(gateway, size, seed)
        claims = await gateway.store.all_latest()
    assert loaded.claims == len(claims)
    assert loaded.voices == size
    return {(claim.subject, claim.field): claim for claim in claims}


async def test_every_claim_says_that_it_is_made_up(tmp_path):
    """No claim passes for a real one: source, adapter, handle and kind all say so."""
    held = await _loaded(tmp_path / "a.db", 300, 1)
    assert {claim.provenance.source for claim in held.values()} == {"synthetic, seed 1, not a real account"}
    assert {claim.provenance.adapter for claim in held.values()} == {SYNTHETIC_ADAPTER}
    assert all(subject.startswith("twitter:synthetic_") for subject, _ in held)
    assert {claim.value for (_, field), claim in held.items() if field == "kind"} == {VoiceKind.UNKNOWN}


async def test_a_seed_makes_the_same_voices(tmp_path):
    """The same seed gives the same claims, a smaller population is the beginning of a larger one, another differs."""
    large = await _loaded(tmp_path / "a.db", 1_200, 1)
    small = await _loaded(tmp_path / "b.db", 300, 1)
    other = await _loaded(tmp_path / "c.db", 300, 2)
    assert {key: claim.id for key, claim in small.items()} == {key: large[key].id for key in small}
    assert {claim.id for claim in small.values()}.isdisjoint(claim.id for claim in other.values())


async def test_each_provider_misses_some(tmp_path):
    """Of four providers each knows between half and nine in ten, on its own scale; some countries are not known."""
    held = await _loaded(tmp_path / "a.db", 2_000, 1)
    tops = {"klout.score": 100, "kred.influence": 1000, "peerindex.peerindex": 100, "renown.score": 100}
    for field, top in tops.items():
        scores = [float(claim.value) for (_, said), claim in held.items() if said == field]
        assert 0.45 < len(scores) / 2_000 < 0.95
        assert 0 <= min(scores) < max(scores) <= top
    countries = sum(field == "country" for _, field in held)
    assert 1_700 < countries < 1_900
