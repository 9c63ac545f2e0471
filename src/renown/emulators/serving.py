"""Serves an emulator: for good from the terminal, or beside a test on a free port of its own."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from threading import Thread
from typing import TYPE_CHECKING

from starlette.applications import Starlette

from renown.emulators.assembly import EMULATORS, build
from renown.emulators.behaviour import Behaviour
from renown.emulators.dataset import Dataset

if TYPE_CHECKING:
    import uvicorn


@dataclass(frozen=True, slots=True)
class Running:
    """An emulator that answers at `url`, the base URL an adapter is given."""

    url: str
    app: Starlette

    @property
    def calls(self) -> list[str]:
        """Every call so far, in the order of arrival: path and query, values of keys removed."""
        return self.app.state.calls

    def behave(self, behaviour: Behaviour) -> None:
        """Behave like this from the next call on."""
        self.app.state.behaviour = behaviour


def serve(
    name: str,
    data: Dataset,
    port: int,
    host: str = "127.0.0.1",
    behaviour: Behaviour = Behaviour(),  # noqa: B008 - it is frozen
    *,
    control: bool = False,
) -> None:
    """Serve until Ctrl-C; with `control`, the behaviour can be changed from this machine while it runs.

    Raises:
        OSError: the port is taken or may not be opened.
        ValueError: as in `build`.
    """
    app = build(name, data, behaviour, control=control)
    with socket.create_server((host, port)) as listener, suppress(KeyboardInterrupt):
        _server(app).run(sockets=[listener])


@asynccontextmanager
async def running(
    name: str,
    data: Dataset,
    behaviour: Behaviour = Behaviour(),  # noqa: B008 - it is frozen
) -> AsyncIterator[Running]:
    """Serve on a free loopback port, from a thread: a test that blocks its own event loop is still answered.

    The control endpoint is on.

    Raises:
        ValueError: as in `build`.
    """
    app = build(name, data, behaviour, control=True)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        server = _server(app)
        thread = Thread(target=server.run, args=([listener],), name=f"emulator-{name}", daemon=True)
        thread.start()
        try:
            yield Running(f"http://127.0.0.1:{port}{EMULATORS[name].base_path}", app)
        finally:
            server.should_exit = True
            await asyncio.to_thread(thread.join)


def _server(app: Starlette) -> "uvicorn.Server":
    import uvicorn

    # No access log: it would hold the keys of every query. No log settings: they are the caller's.
    config = uvicorn.Config(app, lifespan="off", log_config=None, access_log=False, server_header=False)
    server = uvicorn.Server(config)
    app.state.stopping = lambda: server.should_exit
    return server
