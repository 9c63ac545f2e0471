"""`renown serve`: the GraphQL gateway, until Ctrl-C."""

from contextlib import suppress
from typing import TYPE_CHECKING

from renown.cli.opening import run, settings_with
from renown.cli.options import DatabaseOption, HostOption, PortOption
from renown.cli.serving import end_on_terminate, listen, serve_until_stopped

if TYPE_CHECKING:
    from renown.gateway import Gateway

EXAMPLES = ("renown serve", "renown serve --port 8001 --db scores.db")


def serve(host: HostOption = "127.0.0.1", port: PortOption = 8000, database: DatabaseOption = None) -> None:
    """Serve GraphQL, and GraphiQL to try it with, until Ctrl-C."""
    with listen(host, port) as listener, suppress(KeyboardInterrupt):
        end_on_terminate()
        settings = settings_with(database)
        # Once before the server starts: what is wrong with the database is then one sentence.
        run(settings, _nothing)
        serve_until_stopped(settings, listener)


async def _nothing(_gateway: "Gateway") -> None:
    pass
