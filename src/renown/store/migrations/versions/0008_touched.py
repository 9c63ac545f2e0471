"""Which change last touched what is known of an account, so that standings read anew only those."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the column, with its index."""
    op.add_column("account", sa.Column("change", sa.BigInteger(), server_default="0", nullable=False))
    op.create_index("account_by_change", "account", ["change"])
