"""What is wanted together, read in one transaction: a state of the database, and one wait for it."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from renown.claims import Absence, Claim
from renown.store.absences import absences_with
from renown.store.accounts import StoredAccount, Touched, accounts_with, touched_since
from renown.store.eras import EraStep, era_steps
from renown.store.latest import latest_of
from renown.store.references import StoredReference, reference_at


class HeldOn(NamedTuple):
    """The accounts among some keys, the latest claims by key, and why providers have no score."""

    accounts: list[StoredAccount]
    claims: dict[str, list[Claim]]
    absences: list[Absence]


def held_on(connection: Connection, keys: list[str], now: datetime) -> HeldOn:
    """What is held on accounts."""
    return HeldOn(
        accounts_with(connection, keys), latest_of(connection, keys, None, now), absences_with(connection, keys)
    )


class Since(NamedTuple):
    """What leads from one change to a later one.

    `steps` of eras and the `reference` are as of the later one; `claims` are the latest of the accounts `touched`, None
    where these are more than one in so many of all.
    """

    steps: list[EraStep]
    reference: StoredReference | None
    touched: Touched
    claims: dict[str, list[Claim]] | None


def since(connection: Connection, before: int, change: int, now: datetime, one_in: int) -> Since:
    """What came between two changes; `one_in` as in `Since`."""
    touched = touched_since(connection, before)
    keys = [stored.account.key for stored in touched.accounts]
    is_much = len(keys) * one_in > touched.held
    return Since(
        steps=era_steps(connection, change, None),
        reference=reference_at(connection, change, None),
        touched=touched,
        claims=None if is_much else latest_of(connection, keys, None, now, change),
    )
