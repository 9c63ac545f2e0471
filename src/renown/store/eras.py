"""The steps of every suspicion that a provider changed its method: appended, never altered."""

from dataclasses import asdict, dataclass, fields
from datetime import datetime

from sqlalchemy import Connection, select

from renown.store import tables
from renown.store.writing import Outcome, insert_into, writing


@dataclass(frozen=True, slots=True, kw_only=True)
class EraStep:
    """That at the moment `at` an era of a provider came into a state.

    `number` counts a provider's suspicions from 1; `began_at` is from when on its values are of the era. `pairs` people
    were read on both sides. `link` is text of the gateway's, where the state has one; `statement` is for people.
    """

    provider: str
    number: int
    state: str
    began_at: datetime
    at: datetime
    pairs: int
    link: str | None
    statement: str


_ERA = tables.era.c
_COLUMNS = tuple(_ERA[field.name] for field in fields(EraStep))


def add_era_step(connection: Connection, step: EraStep) -> Outcome:
    """Append a step, unless the era has been in that state already; the number of the last change."""
    with writing(connection) as write:
        insert = insert_into(tables.era, write.connection).values(change=write.number, **asdict(step))
        added = write.connection.execute(insert.on_conflict_do_nothing().returning(_ERA.seq))
        write.changed = added.scalar_one_or_none() is not None
    return write.outcome


def era_steps(connection: Connection, upto_change: int | None, provider: str | None) -> list[EraStep]:
    """The steps written by a change, of one provider or of all, in the order in which they were written."""
    chosen = select(*_COLUMNS).order_by(_ERA.seq)
    if upto_change is not None:
        chosen = chosen.where(_ERA.change <= upto_change)
    if provider is not None:
        chosen = chosen.where(_ERA.provider == provider)
    return [EraStep(**row) for row in connection.execute(chosen).mappings()]
