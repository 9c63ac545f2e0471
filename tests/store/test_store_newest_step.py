"""What an open database costs: where there is no step to take, alembic is not even loaded."""

import subprocess
import sys

from renown.store.migrate import migration_config, newest_step


async def test_the_newest_step_is_the_head(store):
    """The number that the last file begins with is the revision that alembic calls the head."""
    from alembic.script import ScriptDirectory

    config = await store._database.read(migration_config)
    assert ScriptDirectory.from_config(config).get_current_head() == newest_step()


def test_a_database_of_this_version_is_opened_without_alembic(demo_file):
    """A process that opens a gateway on a database of this version loads no alembic, no HTTP client and no Redis."""
    code = """
import asyncio, sys
from renown.gateway import Gateway
from renown.settings import Settings, sqlite_url

async def main():
    async with await Gateway.open(Settings(_env_file=None, database_url=sqlite_url(sys.argv[1]))) as gateway:
        print(bool((await gateway.snapshots.current()).voices), *sys.modules)

asyncio.run(main())
"""
    ran = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code, str(demo_file)], capture_output=True, text=True, check=True
    )
    ranked, *loaded = ran.stdout.split()
    assert ranked == "True"
    assert {"alembic", "aiohttp", "aiocache", "redis"}.isdisjoint(loaded)
