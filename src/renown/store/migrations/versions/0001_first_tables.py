"""The first tables: the log of claims, `latest` beside it, absences, accounts, recipes and the change number."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create them, with the number of no change yet."""
    _create_counters()
    _create_log()
    _create_latest()
    _create_keyed()


def _create_counters() -> None:
    change = op.create_table(
        "change",
        sa.Column("only", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("only", name="change_key"),
    )
    op.bulk_insert(change, [{"only": 1, "number": 0}])


def _create_log() -> None:
    op.create_table(
        "claim",
        sa.Column("seq", _COUNTER, autoincrement=True, nullable=False),
        sa.Column("change", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("adapter", sa.String(), nullable=False),
        sa.Column("observed_at", _MOMENT, nullable=False),
        sa.Column("fetched_at", _MOMENT),
        sa.Column("fresh_until", _MOMENT),
        sa.Column("keep_until", _MOMENT),
        sa.Column("frozen", sa.Boolean(), nullable=False),
        sa.Column("digest", sa.String()),
        sa.Column("attribution", sa.Text()),
        sa.PrimaryKeyConstraint("seq", name="claim_key"),
        sa.UniqueConstraint("id", name="claim_one_id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "claim_by_subject_field_provider_observed_at", "claim", ["subject", "field", "provider", "observed_at"]
    )
    is_limited = sa.text("keep_until IS NOT NULL")
    op.create_index(
        "claim_by_keep_until", "claim", ["keep_until"], sqlite_where=is_limited, postgresql_where=is_limited
    )
    op.create_table(
        "claim_input",
        sa.Column("claim_id", sa.String(32), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("input_id", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("claim_id", "position", name="claim_input_key"),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name="claim_input_claim_id_is_claim", ondelete="CASCADE"),
    )
    op.create_index("claim_input_by_input_id", "claim_input", ["input_id"])


def _create_latest() -> None:
    op.create_table(
        "latest",
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("claim_seq", _COUNTER, nullable=False),
        sa.Column("observed_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("subject", "field", "provider", name="latest_key"),
        sa.ForeignKeyConstraint(["claim_seq"], ["claim.seq"], name="latest_claim_seq_is_claim"),
    )
    op.create_index("latest_by_claim_seq", "latest", ["claim_seq"])


def _create_keyed() -> None:
    op.create_table(
        "account",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("network", sa.String(), nullable=False),
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("voice", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="account_key"),
    )
    op.create_index("account_by_voice", "account", ["voice"])
    op.create_table(
        "absence",
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("retry_at", _MOMENT),
        sa.PrimaryKeyConstraint("subject", "provider", name="absence_key"),
    )
    op.create_table(
        "recipe",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("canonical", sa.Text(), nullable=False),
        sa.Column("first_seen", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("hash", name="recipe_key"),
    )
