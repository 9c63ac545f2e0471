"""Bring a database to this version's tables, in one transaction, also when two processes open it at once."""

import sys
from importlib.resources import files
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from renown.errors import CannotServe

if TYPE_CHECKING:
    from alembic.config import Config

# Any number will do, as long as every Renown takes the same.
_POSTGRES_LOCK = 7_236_610_117


def migrate(connection: Connection) -> None:
    """Run the steps that are missing. Others who open the same database wait, then find nothing to do.

    Raises:
        CannotServe: the database was written by a newer Renown.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _POSTGRES_LOCK})
    # SQLite is locked already: a write begins with BEGIN IMMEDIATE.
    _upgrade(connection)


def migration_config(connection: Connection) -> "Config":
    """Alembic's configuration for one open connection. The steps are found inside the installed package."""
    from alembic.config import Config

    config = Config(stdout=sys.stdout)  # its default is what was stdout when alembic was loaded
    config.set_main_option("script_location", "renown.store:migrations")
    config.attributes["connection"] = connection
    return config


def newest_step() -> str:
    """The revision of this version's tables: the number that the last of the steps' files begins with."""
    steps = files("renown.store.migrations.versions").iterdir()
    return max(step.name.partition("_")[0] for step in steps if step.name[0].isdigit())


def _upgrade(connection: Connection) -> None:
    here = _revision(connection)
    if here == newest_step():
        return  # without alembic, which is slow to import

    from alembic import command
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    config = migration_config(connection)
    try:
        ScriptDirectory.from_config(config).get_revision(here) if here else None
    except CommandError:
        raise CannotServe(
            f"The database is at revision {here!r}, which this version of Renown does not know.",
            "It was written by a newer version: install that one, or open another database.",
        ) from None
    command.upgrade(config, "head")


def _revision(connection: Connection) -> str | None:
    """The step the database is at, None before the first: in the table where alembic keeps it."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.scalar(text("SELECT version_num FROM alembic_version"))
