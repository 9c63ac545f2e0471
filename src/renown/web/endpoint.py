"""The GraphQL endpoint: Strawberry's ASGI view with our context and encoder."""

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL

from renown.api import Context, Schema, build
from renown.errors import BadRequest
from renown.gateway import Gateway

PATHS_HEADER = "x-renown-provenance"


class Endpoint(GraphQL[Context, None]):
    """Answers queries by POST, and by GET where they are in the address."""

    def __init__(self, schema: Schema, gateway: Gateway) -> None:
        super().__init__(schema, graphql_ide=None, subscription_protocols=())
        self._gateway = gateway

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> Context:
        """A new context for each request."""
        del request, response
        return Context(self._gateway)

    def parse_json(self, data: str | bytes) -> Any:
        """What the body, or a parameter of the address, says.

        Raises:
            BadRequest: it is no JSON, or not what a GraphQL request is made of (code BAD_JSON).
        """
        try:
            return msgspec.json.decode(data, type=dict[str, Any])
        except (ValueError, RecursionError):
            raise BadRequest(
                "The request cannot be read as a JSON object.",
                'Send {"query": "...", "variables": {...}} in UTF-8.',
                code="BAD_JSON",
            ) from None

    def encode_json(self, data: object) -> bytes:
        """The answer as JSON."""
        return msgspec.json.encode(data)


class GraphQLRoute:
    """The endpoint; with the header `X-Renown-Provenance: 1`, answers carry the claim behind every path.

    Following every path costs time at every field, so it is a schema of its own, built when it is first asked for.
    """

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._plain = Endpoint(build(gateway.settings), gateway)
        self._with_paths: Endpoint | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on to the endpoint it asks for."""
        asked = scope["type"] == "http" and Request(scope).headers.get(PATHS_HEADER, "0") not in {"", "0"}
        await (self._paths() if asked else self._plain)(scope, receive, send)

    def _paths(self) -> Endpoint:
        if self._with_paths is None:
            self._with_paths = Endpoint(build(self._gateway.settings, paths=True), self._gateway)
        return self._with_paths
