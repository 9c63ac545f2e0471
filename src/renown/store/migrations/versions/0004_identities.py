"""An index on the values of claims on an id, so that whose an id is can be found."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create it, over the few claims that are on an id."""
    is_on_id = sa.text("field LIKE '%.id'")
    op.create_index("claim_by_value", "claim", ["value"], sqlite_where=is_on_id, postgresql_where=is_on_id)
