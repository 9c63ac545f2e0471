"""A port that is ours before anything is said, and a server on it until somebody stops it."""

import errno
import gc
import signal
import socket
from typing import TYPE_CHECKING, Literal

from renown.cli.terminal import console
from renown.errors import CannotServe

if TYPE_CHECKING:
    import asyncio

    from renown.settings import Settings

_OBJECTS_BEFORE_COLLECTING = 20_000


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there.

    Raises:
        CannotServe: the port is taken or may not be used, or there is no such address.
    """
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server((str(address[0]), port), family=family)
    except PermissionError:
        raise CannotServe(f"Port {port} may not be used by this user.", "Take one above 1023: --port 8000.") from None
    except socket.gaierror:
        raise CannotServe(f"There is no address {host!r} here.", "Use --host 127.0.0.1.") from None
    except OSError as error:
        reason = "is in use" if error.errno == errno.EADDRINUSE else "cannot be used"
        other = port + 1 if port < 65535 else 8000
        raise CannotServe(f"Port {port} on {host} {reason}.", f"Take another, for example --port {other}.") from None


def end_on_terminate() -> None:
    """Have SIGTERM end this process as Ctrl-C does: in order, with its files removed."""

    def interrupt(_signal: int, _frame: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)


def http_protocol() -> "type[asyncio.Protocol] | Literal['auto']":
    """The protocol with the quick road; uvicorn's own choice where httptools, which it is built on, is not there."""
    try:
        from renown.web.quick_road import QuickRoad
    except ImportError:
        return "auto"
    return QuickRoad


def serve_until_stopped(settings: "Settings", listener: socket.socket) -> None:
    """Serve on this socket until Ctrl-C; the settings' database has been opened before."""
    import uvicorn

    from renown.web import application

    host, port = listener.getsockname()[:2]
    root = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    if "public_url" not in settings.model_fields_set:
        settings = settings.model_copy(update={"public_url": root})
    config = uvicorn.Config(
        application(settings), http=http_protocol(), log_config=None, access_log=False, server_header=False
    )
    # What is there by now stays to the end, and answers are many small objects that die young without any cycle.
    gc.freeze()
    gc.set_threshold(_OBJECTS_BEFORE_COLLECTING)
    console().print(f"GraphiQL: {root}/   GraphQL: {root}/graphql   Ctrl-C stops.", soft_wrap=True)
    uvicorn.Server(config).run(sockets=[listener])
