"""The command `renown`: one file a verb. Whatever is heavy is imported by the verb that needs it, when it runs."""

from renown.cli.application import app, main

__all__ = ["app", "main"]
