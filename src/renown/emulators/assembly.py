"""Puts a wire format, a data set and a behaviour together into one app."""

from collections.abc import Mapping
from types import MappingProxyType

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from renown.emulators import klout_v1, klout_v2, kred, peerindex_a, peerindex_b, peerindex_c
from renown.emulators.algorithm import Algorithms
from renown.emulators.behaviour import Behaviour
from renown.emulators.calls import Recording
from renown.emulators.control import Controlled
from renown.emulators.dataset import Dataset
from renown.emulators.misbehaving import Misbehaving
from renown.emulators.wire_format import WireFormat

EMULATORS: Mapping[str, WireFormat] = MappingProxyType(
    {
        "klout": klout_v2.WIRE_FORMAT,
        "kred": kred.WIRE_FORMAT,
        "peerindex": peerindex_c.WIRE_FORMAT,
        "klout-v1": klout_v1.WIRE_FORMAT,
        "peerindex-a": peerindex_a.WIRE_FORMAT,
        "peerindex-b": peerindex_b.WIRE_FORMAT,
    },
)
"""What can be emulated: the last API of a provider by its slug, an earlier one by the slug and its name."""


class _OptionalSlash:
    """ASGI layer that takes a path with and without a slash at its end for one; clients sent both."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope = dict(scope, path=scope["path"].rstrip("/") or "/")
        await self._app(scope, receive, send)


def build(
    name: str,
    data: Dataset,
    behaviour: Behaviour = Behaviour(),  # noqa: B008 - it is frozen
    *,
    control: bool = False,
) -> Starlette:
    """One provider as it was on the wire, knowing the accounts of `data`.

    `app.state.calls` lists every call in the order of arrival (path and query, values of keys removed);
    `app.state.behaviour` may be replaced while it runs, with `control` also by calls to the control endpoint.

    Raises:
        ValueError: no emulator of that name, or the data lack something it needs (Kred's app_id).
    """
    if name not in EMULATORS:
        raise ValueError(f"there is no emulator {name!r}; there are {', '.join(EMULATORS)}")
    wire_format = EMULATORS[name]

    async def no_such_path(_request: Request, _error: Exception) -> Response:
        return wire_format.no_such_path()

    app = Starlette(
        routes=[Mount("", Algorithms(data, lambda known: Router(wire_format.routes(known))))],
        middleware=_layers(wire_format, control=control),
        exception_handlers={404: no_such_path, 405: no_such_path},
    )
    app.state.calls = []
    app.state.behaviour = behaviour
    app.state.course = None
    app.state.stopping = lambda: False
    return app


def _layers(wire_format: WireFormat, *, control: bool) -> list[Middleware]:
    """From the outermost to the innermost."""
    return [
        *([Middleware(Controlled)] if control else []),
        Middleware(Recording),
        Middleware(_OptionalSlash),
        Middleware(Misbehaving, wire_format=wire_format),
        *([Middleware(GZipMiddleware, minimum_size=0)] if wire_format.gzips else []),
    ]
