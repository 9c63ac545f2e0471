"""Who vouches for whom, and on which topic, from a CSV file.

Columns `voucher, handle, topic, date, source`, optional `network` for both accounts. Nobody vouches for themself.
Whether both accounts are in the directory is for the gateway to see.
"""

from datetime import datetime

from renown.claims import Account, Claim, Provenance, ProvenanceKind, digest_of, vouch_field
from renown.errors import BadRequest
from renown.providers.tables import Import, Refused, Row, open_table

ADAPTER = "vouches@1"
PROVIDER = "vouches"
COLUMNS = ("voucher", "handle", "topic", "date", "source")


def read_vouches(content: bytes, filename: str, now: datetime) -> Import:
    """The claims of a file of vouches, on those who are vouched for; rows that cannot be read are refused one by one.

    Raises:
        BadImport: the file as a whole cannot be read.
    """
    table = open_table(content, filename)
    table.require(COLUMNS)
    return table.read(lambda row: _claim(row, now))


def _claim(row: Row, now: datetime) -> tuple[Account, Claim]:
    voucher, account = row.account(column="voucher"), row.account()
    if voucher.key == account.key:
        raise Refused("voucher", f"@{account.handle} cannot vouch for themself; name somebody else")
    provenance = Provenance(
        kind=ProvenanceKind.DECLARED,
        source=row.source("source"),
        adapter=ADAPTER,
        provider=PROVIDER,
        observed_at=row.moment(now),
        fetched_at=now,
        digest=digest_of(row.cells),
    )
    return account, Claim(subject=account.key, field=_field(row, voucher), value=True, provenance=provenance)


def _field(row: Row, voucher: Account) -> str:
    try:
        return vouch_field(row.required("topic"), voucher.key)
    except BadRequest as trouble:
        raise Refused("topic", str(trouble)) from None
