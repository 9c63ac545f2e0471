"""Names of recipes."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "recipe_name",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("forked_from", sa.String(64)),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["hash"], ["recipe.hash"], name="recipe_name_hash_is_recipe"),
        sa.ForeignKeyConstraint(["forked_from"], ["recipe.hash"], name="recipe_name_forked_from_is_recipe"),
        sa.PrimaryKeyConstraint("name", "version", name="recipe_name_key"),
    )
    op.create_index("recipe_name_by_hash", "recipe_name", ["hash"])
