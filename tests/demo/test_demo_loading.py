"""The demo's loader: every shipped figure becomes a claim that names its file and row."""

from renown.demo import load_demo
from renown.gateway import Gateway
from renown.settings import Settings, sqlite_url


async def test_every_row_comes_in(tmp_path):
    """46 voices; every claim names its source, and what was read from a file its row; none is synthetic."""
    async with await Gateway.open(Settings(database_url=sqlite_url(tmp_path / "a.db"))) as gateway:
        loaded = await load_demo(gateway)
        claims = await gateway.store.all_latest()
    assert loaded.voices == 46
    read = [claim for claim in claims if claim.provenance.adapter in {"archive@1", "declared@1"}]
    assert loaded.claims == len(read)
    assert all(".csv, row " in claim.provenance.source for claim in read)
    derived = {claim.field for claim in claims if claim not in read}
    assert derived == {"renown.score", "renown.low", "renown.high"}


async def test_loading_twice_changes_nothing(tmp_path):
    """The second time, no claim is new."""
    async with await Gateway.open(Settings(database_url=sqlite_url(tmp_path / "a.db"))) as gateway:
        await load_demo(gateway)
        before = {claim.id for claim in await gateway.store.all_latest()}
        await load_demo(gateway)
        assert {claim.id for claim in await gateway.store.all_latest()} == before
