"""Reads who did what to whom, in many forms, into the engine's working file."""

from renown.engine.ingest.running import ingest

__all__ = ["ingest"]
