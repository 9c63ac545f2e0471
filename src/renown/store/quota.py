"""Calls to providers, counted by the day: one number for all processes that share the store."""

from datetime import date
from functools import cache

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.sql.dml import ReturningInsert

from renown.store import tables
from renown.store.writing import insert_by


def take_calls(connection: Connection, provider: str, day: date, limit: int, number: int) -> bool:
    """Count so many more calls, unless that is past the limit: one statement, so that no two get the last one.

    It says nothing about anybody, so it takes no change number.
    """
    if limit < number:
        return False
    given = {"of": provider, "on": day, "most": limit, "number": number}
    counted = connection.execute(_counting(connection.dialect.name), given)
    return counted.scalar_one_or_none() is not None


@cache
def _counting(dialect: str) -> ReturningInsert[tuple[int]]:
    quota = tables.quota
    insert = insert_by(dialect, quota).values(provider=bindparam("of"), day=bindparam("on"), used=bindparam("number"))
    counted = insert.on_conflict_do_update(
        index_elements=[quota.c.provider, quota.c.day],
        set_={"used": quota.c.used + bindparam("number")},
        where=quota.c.used + bindparam("number") <= bindparam("most"),
    )
    return counted.returning(quota.c.used)


def give_back_calls(connection: Connection, provider: str, day: date, number: int) -> None:
    """Count so many calls less: they were taken and not made."""
    quota = tables.quota.c
    given_back = update(tables.quota).where(quota.provider == provider, quota.day == day)
    connection.execute(given_back.values(used=quota.used - number))


def calls_taken(connection: Connection, provider: str, day: date) -> int:
    """How many calls to a provider are counted on a day."""
    quota = tables.quota.c
    used = connection.execute(select(quota.used).where(quota.provider == provider, quota.day == day))
    return used.scalar_one_or_none() or 0
