"""What somebody declares about voices, from a CSV file: each row gives its reason.

Columns `handle, field, value, date, reason`, optional `network`. `field` is name, description, kind, country, place,
or topic or list with the name of one as the value.
"""

from datetime import datetime

from renown.claims import (
    Account,
    Claim,
    Provenance,
    ProvenanceKind,
    Value,
    VoiceKind,
    digest_of,
    list_field,
    topic_field,
)
from renown.claims.fields import PROFILE_TEXTS
from renown.errors import BadRequest, UnknownName
from renown.providers.archive import profile_text
from renown.providers.tables import Import, Refused, Row, open_table

ADAPTER = "declared@1"
COLUMNS = ("handle", "field", "value", "date", "reason")

_FIELDS = (*PROFILE_TEXTS, "kind", "topic", "list")


def read_declarations(content: bytes, filename: str, now: datetime) -> Import:
    """The claims of a file of declarations; rows that cannot be read are refused one by one.

    Raises:
        BadImport: the file as a whole cannot be read.
    """
    table = open_table(content, filename)
    table.require(COLUMNS)
    return table.read(lambda row: _claim(row, now))


def _claim(row: Row, now: datetime) -> tuple[Account, Claim]:
    account = row.account()
    field, value = _declaration(row)
    provenance = Provenance(
        kind=ProvenanceKind.DECLARED,
        source=row.source("reason"),
        adapter=ADAPTER,
        observed_at=row.moment(now),
        fetched_at=now,
        digest=digest_of(row.cells),
    )
    return account, Claim(subject=account.key, field=field, value=value, provenance=provenance)


def _declaration(row: Row) -> tuple[str, Value]:
    field, cell = row.required("field").lower(), row.required("value")
    if field not in _FIELDS:
        raise Refused("field", str(UnknownName("field", field, _FIELDS)))
    if field == "kind":
        return field, _kind(cell)
    if field not in ("topic", "list"):
        return field, profile_text(field, cell)
    try:
        return (topic_field(cell), 1.0) if field == "topic" else (list_field(cell), True)
    except BadRequest as trouble:
        raise Refused("value", str(trouble)) from None


def _kind(cell: str) -> str:
    kinds = {kind.lower(): kind.value for kind in VoiceKind}
    if cell.lower() not in kinds:
        raise Refused("value", str(UnknownName("kind", cell, kinds)))
    return kinds[cell.lower()]
