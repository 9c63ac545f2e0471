"""`renown doctor`: what is well, what is broken, and no secret."""

import asyncio
import json

import pytest
from cli_stage import free_port, renown

from making import NOON
from renown.cli.health import without_password
from renown.settings import sqlite_url
from renown.store import EraStep, Store


def _found(*words):
    answer = renown("doctor", "--format", "json", *words)
    return answer.exit_code, {each["check"]: (each["health"], each["detail"]) for each in json.loads(answer.stdout)}


def test_a_well_machine(demo_db):
    """With the demo's database all is well, with counts; providers that are not asked are idle, not broken."""
    code, found = _found("--db", demo_db)
    assert code == 0
    assert found["store"][0] == "well"
    assert "on 46 voices" in found["store"][1]
    assert found["provider klout"][0] == "idle"
    assert "Closed for good in May 2018." in found["provider klout"][1]
    assert found["provider renown"][0] == "well"
    assert {health for health, _ in found.values()} == {"well", "idle"}


def test_the_table_says_the_same(demo_db):
    """The table has a line for each check."""
    shown = renown("doctor", "--db", demo_db).stdout
    assert all(what in shown for what in ("Python", "settings", "store", "cache", "provider peerindex"))


def test_no_secret_is_shown(demo_db, monkeypatch):
    """Keys and passwords are set or not set, and nowhere else; a cache that does not answer is broken."""
    monkeypatch.setenv("RENOWN_CACHE_URL", f"redis://user:hidden-1@127.0.0.1:{free_port()}/0")
    monkeypatch.setenv("RENOWN_PROVIDERS__KLOUT__KEY", "hidden-2")
    monkeypatch.setenv("RENOWN_PROVIDERS__KLOUT__BASE_URL", "http://user:hidden-3@127.0.0.1:9/v2?key=hidden-4")
    answer = renown("doctor", "--db", demo_db)
    assert answer.exit_code == 1
    assert "hidden" not in answer.stdout + answer.stderr
    assert "key set, app_id not set" in answer.stdout
    assert "does not answer" in answer.stdout


def test_a_shared_cache_that_answers_is_well(demo_db, monkeypatch, valkey_url):
    """A Valkey that answers is well."""
    monkeypatch.setenv("RENOWN_CACHE_URL", valkey_url)
    code, found = _found("--db", demo_db)
    assert (code, found["cache"]) == (0, ("well", without_password(valkey_url)))


def test_a_store_that_cannot_be_opened_is_broken(tmp_path):
    """A database that cannot be opened is broken, with what to do; the exit code is 1."""
    code, found = _found("--db", tmp_path / "nowhere" / "a.db")
    assert code == 1
    assert found["store"][0] == "broken"
    assert "Check that its folder exists" in found["store"][1]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("RENOWN_MAX_PAGE", "hidden", "RENOWN_MAX_PAGE: Input should be a valid integer"),
        ("RENOWN_PROVIDERS", "hidden", 'error parsing value for field "providers"'),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(monkeypatch, name, value, said):
    """A bad setting is broken in the doctor and one line elsewhere; its value, perhaps secret, is never repeated."""
    monkeypatch.setenv(name, value)
    code, found = _found()
    assert (code, found["settings"][0]) == (1, "broken")
    assert said in found["settings"][1]
    answer = renown("rank")
    assert answer.exit_code == 1
    assert said in answer.stderr
    assert "hidden" not in answer.stderr + found["settings"][1]


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql+asyncpg://u:p@host:5432/db", "postgresql+asyncpg://***@host:5432/db"),
        ("redis://:p/a@b@host:6379/0?password=p", "redis://***@host:6379/0"),
        ("sqlite+aiosqlite:///renown.db", "sqlite+aiosqlite:///renown.db"),
    ],
)
def test_urls_are_shown_without_what_is_secret(url, shown):
    """User, password and query are left out, even where the password is not encoded."""
    assert without_password(url) == shown


def test_a_suspected_change_of_method_is_told(demo_db):
    """While a provider is suspected of another method, its line says so and since when."""
    step = EraStep(
        provider="klout",
        number=1,
        state="SUSPECTED",
        began_at=NOON,
        at=NOON,
        pairs=31,
        link=None,
        statement="Since noon Klout seems to score by another method.",
    )

    async def suspect():
        async with await Store.open(sqlite_url(demo_db)) as store:
            await store.add_era_step(step)

    asyncio.run(suspect())
    _, found = _found("--db", demo_db)
    assert found["provider klout"][1].endswith(step.statement)
