"""The GraphQL schema: thin types over the gateway's records, and the guards before them."""

from renown.api.context import Context
from renown.api.schema import Schema, build, sdl

__all__ = ["Context", "Schema", "build", "sdl"]
