"""What is known: an append-only log of claims and the latest of them, on SQLite or PostgreSQL."""

from renown.store.accounts import StoredAccount
from renown.store.store import Store

__all__ = ["Store", "StoredAccount"]
