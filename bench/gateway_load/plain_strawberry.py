"""Renown's types and gateway behind Strawberry's own ASGI server: no plan, no caches, no limits.

python -m gateway_load.plain_strawberry PORT
"""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import strawberry
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL

from renown.api import Context, build
from renown.api.claims import SourcedCount, SourcedFloat, SourcedKind, SourcedString
from renown.api.query import Query
from renown.api.rankings import RankingEntry
from renown.gateway import Gateway
from renown.settings import Settings


class _Endpoint(GraphQL[Context, None]):
    def __init__(self, gateway: Gateway) -> None:
        # The names and scalars of our schema, and none of its extensions.
        config = build(gateway.settings).config
        schema = strawberry.Schema(
            query=Query,
            types=[SourcedString, SourcedCount, SourcedFloat, SourcedKind, RankingEntry],
            config=config,
        )
        super().__init__(schema, graphql_ide=None, subscription_protocols=())
        self._gateway = gateway

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> Context:
        """A new context for each request."""
        del request, response
        return Context(self._gateway)


class _Application:
    """The endpoint, once the gateway is open."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await scope["app"].state.endpoint(scope, receive, send)


@asynccontextmanager
async def _opened(app: Starlette) -> AsyncIterator[None]:
    async with await Gateway.open(Settings()) as gateway:  # pyright: ignore[reportCallIssue]
        app.state.endpoint = _Endpoint(gateway)
        yield


if __name__ == "__main__":
    application = Starlette(routes=[Route("/graphql", _Application())], lifespan=_opened)
    uvicorn.run(application, port=int(sys.argv[1]), access_log=False, log_level="warning")
