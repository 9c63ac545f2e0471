"""What alembic runs around the steps: on the connection it is handed, inside the transaction that is open on it."""

from alembic import context

from renown.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
