"""Who vouches, beside each claim that is a vouch."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the column, with an index on the few rows that have it. No claim so far is a vouch."""
    op.add_column("claim", sa.Column("voucher", sa.String()))
    is_vouch = sa.text("voucher IS NOT NULL")
    op.create_index(
        "claim_by_voucher_subject",
        "claim",
        ["voucher", "subject"],
        sqlite_where=is_vouch,
        postgresql_where=is_vouch,
    )
