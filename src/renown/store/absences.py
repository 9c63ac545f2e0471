"""Write down why a provider has no score for somebody."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, select

from renown.claims import Absence
from renown.store import tables
from renown.store.rows import absence_of, absence_row_of
from renown.store.writing import Outcome, chunks, execute_many, insert_into, writing


def record_absences(connection: Connection, absences: Sequence[Absence]) -> Outcome:
    """Keep the absences that say something new and were not learnt earlier than what is held."""
    with writing(connection) as write:
        for chunk in chunks(list({(a.subject, a.provider): a for a in absences}.values())):
            held = absences_with(write.connection, [absence.subject for absence in chunk])
            said = {(absence.subject, absence.provider): absence for absence in held}
            news = [a for a in chunk if _is_news(a, said.get((a.subject, a.provider)))]
            put_absences(write.connection, news)
            write.changed = write.changed or bool(news)
    return write.outcome


def _is_news(absence: Absence, held: Absence | None) -> bool:
    return held is None or (absence != held and absence.at >= held.at)


def absences_with(connection: Connection, subjects: Sequence[str] | None) -> list[Absence]:
    """All absences held of these subjects, or of everybody; by subject and provider."""
    if subjects is None:
        return [absence_of(row) for row in connection.execute(_ALL)]
    pieces = chunks(sorted(set(subjects)))
    return [absence_of(row) for piece in pieces for row in connection.execute(_SOME, {"subjects": piece})]


_ALL = select(tables.absence).order_by(tables.absence.c.subject, tables.absence.c.provider)
_SOME = _ALL.where(tables.absence.c.subject.in_(bindparam("subjects", expanding=True)))


def put_absences(connection: Connection, absences: Sequence[Absence]) -> None:
    """Keep these in place of whatever is held of the same subject and provider."""
    insert = insert_into(tables.absence, connection)
    given = {name: insert.excluded[name] for name in ("reason", "message", "at", "retry_at")}
    upsert = insert.on_conflict_do_update(index_elements=["subject", "provider"], set_=given)
    execute_many(connection, upsert, [absence_row_of(absence) for absence in absences])
