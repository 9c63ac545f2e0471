"""Providers that are described by a TOML file instead of written in code: one GET, and JSONPaths into its reply."""

from renown.providers.described.adapter import Described
from renown.providers.described.description import Description
from renown.providers.described.reading_toml import read_description

__all__ = ["Described", "Description", "read_description"]
