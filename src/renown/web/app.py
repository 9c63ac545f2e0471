"""The ASGI application: the GraphQL endpoint, GraphiQL, and lock files."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypedDict

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from renown.errors import RenownError
from renown.gateway import Gateway
from renown.gateway.lock import lock, ranking_of
from renown.settings import Settings
from renown.web import graphiql
from renown.web.address import serve_graphql
from renown.web.refusals import NotTaken, Refusal
from renown.web.responder import Responder


class State(TypedDict):
    """What a server hands to every connection: the quick road answers with it."""

    responder: Responder


_HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}


def application(settings: Settings, gateway: Gateway | None = None) -> Starlette:
    """The application over a gateway; opened from the settings, and closed again, where none is given."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[State]:
        opened = gateway or await Gateway.open(settings)
        app.state.gateway = opened
        app.state.responder = Responder(opened)
        if opened.registry.live:
            opened.upstream.prepare()
        try:
            yield {"responder": app.state.responder}
        finally:
            await app.state.responder.close()
            if gateway is None:
                await opened.close()

    return Starlette(
        routes=[
            Route("/", _graphiql),
            Route("/graphql", _GraphQL()),
            Route("/locks/{token:path}", _lock),
            Mount(graphiql.STATIC_URL, StaticFiles(directory=graphiql.STATIC_FOLDER)),
        ],
        exception_handlers={RenownError: _refused},
        lifespan=lifespan,
    )


class _GraphQL:
    """An object, for Starlette takes a function for a view of its own kind."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await serve_graphql(scope, receive, send)


async def _graphiql(request: Request) -> Response:
    del request
    policy = {"Content-Security-Policy": graphiql.CONTENT_SECURITY_POLICY}
    return HTMLResponse(graphiql.page(), headers=_HEADERS | policy)


async def _lock(request: Request) -> Response:
    """The lock file of a ranking, made from what the log holds now; its digest is the ETag."""
    gateway = request.app.state.gateway
    made = await lock(gateway, await ranking_of(gateway, request.path_params["token"]))
    return Response(made.content, media_type="application/json", headers=_HEADERS | {"ETag": f'"{made.digest}"'})


async def _refused(request: Request, error: Exception) -> Response:
    """One shape for every error of ours: a code, a sentence, what to do next."""
    del request
    assert isinstance(error, RenownError)  # noqa: S101 - as registered
    shown = {"error": {"code": error.code, "message": error.sentence, "nextStep": error.next_step}}
    refusal = error.refusal if isinstance(error, NotTaken) else Refusal(400)
    return JSONResponse(shown, status_code=refusal.status, headers={**_HEADERS, **refusal.headers})
