"""What is known: an append-only log of claims and the latest of them, on SQLite or PostgreSQL."""

from renown.store.accounts import StoredAccount, Touched
from renown.store.eras import EraStep
from renown.store.readings import Reading
from renown.store.recipe_names import RecipeName
from renown.store.references import StoredReference
from renown.store.store import Store
from renown.store.together import HeldOn

__all__ = ["EraStep", "HeldOn", "Reading", "RecipeName", "Store", "StoredAccount", "StoredReference", "Touched"]
