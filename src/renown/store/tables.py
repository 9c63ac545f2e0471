"""The tables, the same on SQLite and PostgreSQL. A test holds the migrations to them.

change        one row: the number of the last change
account       where a voice speaks
claim         the log: appended to, removed from only by licence
claim_input   what a derived claim was made of
latest        per subject, field and provider the newest claim of the log, kept in the same transaction
absence       per subject and provider why there is no score
recipe        canonical text by its hash
recipe_name   what recipes are called, each name with all the recipes it ever stood for
era           what became of each suspicion that a provider changed its method, a row a step
reference     frozen references, the newest in force
quota         how many calls went to a provider on a day (UTC)
"""

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    literal,
)

# SQLite numbers rows by itself only where the key is exactly INTEGER.
_Counter = BigInteger().with_variant(Integer(), "sqlite")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment in UTC, in and out, to the microsecond. SQLite keeps no zone, so it is put back on reading.

    Any other zone is refused: a claim's id is taken over its moment as written, and would not survive a conversion.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """The moment as it is; ValueError where it is not in UTC."""
        if value is not None and value.utcoffset() != _NO_OFFSET:
            raise ValueError(f"{value.isoformat()} is not in UTC: the store keeps aware UTC moments only.")
        return value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - as above
        """The moment with its zone."""
        if value is None or value.tzinfo is UTC:
            return value
        return value.replace(tzinfo=UTC)


_NO_OFFSET = UTC.utcoffset(None)

metadata = MetaData(
    naming_convention={
        "ix": "%(table_name)s_by_%(column_0_N_name)s",
        "uq": "%(table_name)s_one_%(column_0_N_name)s",
        "fk": "%(table_name)s_%(column_0_name)s_is_%(referred_table_name)s",
        "pk": "%(table_name)s_key",
    }
)

change = Table(
    "change",
    metadata,
    Column("only", Integer, primary_key=True, autoincrement=False),
    Column("number", BigInteger, nullable=False),
)

account = Table(
    "account",
    metadata,
    Column("key", String, primary_key=True),
    Column("network", String, nullable=False),
    Column("handle", String, nullable=False),
    Column("voice", String, nullable=False, index=True),
    # The last change that touched what is known of it: claims that came, were refreshed or went, and the account.
    Column("change", BigInteger, nullable=False, server_default="0", index=True),
)

claim = Table(
    "claim",
    metadata,
    Column("seq", _Counter, primary_key=True, autoincrement=True),
    Column("change", BigInteger, nullable=False),
    Column("id", String(32), nullable=False),
    Column("subject", String, nullable=False),
    Column("field", String, nullable=False),
    Column("provider", String, nullable=False),
    Column("value", Text, nullable=False),
    Column("kind", String, nullable=False),
    Column("source", Text, nullable=False),
    Column("adapter", String, nullable=False),
    Column("observed_at", UtcDateTime, nullable=False),
    Column("fetched_at", UtcDateTime),
    Column("fresh_until", UtcDateTime),
    Column("keep_until", UtcDateTime),
    Column("frozen", Boolean, nullable=False),
    Column("digest", String),
    Column("attribution", Text),
    # Who vouches, where the field is a vouch: so that those a voucher vouched for are found without a scan.
    Column("voucher", String),
    UniqueConstraint("id"),
    Index(None, "subject", "field", "provider", "observed_at"),
    # A number once given is not given again, or a page's cursor could point at another claim.
    sqlite_autoincrement=True,
)
Index(
    None,
    claim.c.keep_until,
    sqlite_where=claim.c.keep_until.is_not(None),
    postgresql_where=claim.c.keep_until.is_not(None),
)

Index(
    None,
    claim.c.voucher,
    claim.c.subject,
    sqlite_where=claim.c.voucher.is_not(None),
    postgresql_where=claim.c.voucher.is_not(None),
)

IS_ON_ID = claim.c.field.like(literal("%.id", literal_execute=True))
"""That a claim is on an id an account has somewhere. Written out, since an index is not met by a parameter."""

Index(None, claim.c.value, sqlite_where=IS_ON_ID, postgresql_where=IS_ON_ID)

claim_input = Table(
    "claim_input",
    metadata,
    Column("claim_id", String(32), ForeignKey(claim.c.id, ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    # No foreign key: an input may be gone by its licence, and what was built on it still names it.
    Column("input_id", String(32), nullable=False, index=True),
)

latest = Table(
    "latest",
    metadata,
    Column("subject", String, primary_key=True),
    Column("field", String, primary_key=True),
    Column("provider", String, primary_key=True),
    Column("claim_seq", _Counter, ForeignKey(claim.c.seq), nullable=False, index=True),
    Column("observed_at", UtcDateTime, nullable=False),
)

absence = Table(
    "absence",
    metadata,
    Column("subject", String, primary_key=True),
    Column("provider", String, primary_key=True),
    Column("reason", String, nullable=False),
    Column("message", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("retry_at", UtcDateTime),
)

recipe = Table(
    "recipe",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("canonical", Text, nullable=False),
    Column("first_seen", UtcDateTime, nullable=False),
)

recipe_name = Table(
    "recipe_name",
    metadata,
    Column("name", String, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("hash", String(64), ForeignKey(recipe.c.hash), nullable=False, index=True),
    Column("forked_from", String(64), ForeignKey(recipe.c.hash)),
    Column("note", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

era = Table(
    "era",
    metadata,
    Column("seq", _Counter, primary_key=True, autoincrement=True),
    Column("change", BigInteger, nullable=False),
    Column("provider", String, nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("began_at", UtcDateTime, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("pairs", Integer, nullable=False),
    Column("link", Text),
    Column("statement", Text, nullable=False),
    # Two processes that come to the same conclusion write it once.
    UniqueConstraint("provider", "number", "state"),
)

reference = Table(
    "reference",
    metadata,
    Column("seq", _Counter, primary_key=True, autoincrement=True),
    Column("change", BigInteger, nullable=False),
    Column("version", String(64), nullable=False),
    Column("canonical", Text, nullable=False),
    Column("built_at", UtcDateTime, nullable=False),
)

quota = Table(
    "quota",
    metadata,
    Column("provider", String, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("used", Integer, nullable=False),
)
