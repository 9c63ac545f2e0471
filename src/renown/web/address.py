"""The GraphQL address as an ASGI application: reads the request, answers it, sends the answer."""

from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from renown.web import refusals
from renown.web.answers import Answer
from renown.web.requests import read
from renown.web.responder import Responder

_MOST_BYTES = 1_000_000


async def serve_graphql(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers one request with what the lifespan has opened.

    Raises:
        BadRequest: it is no request of GraphQL over HTTP.
    """
    responder: Responder = scope["app"].state.responder
    body = await _body(Request(scope, receive)) if scope["method"] == "POST" else b""
    asked = read(scope["method"], scope["query_string"], scope["headers"], body)
    await _send(send, responder.at_once(asked) or await responder.answer(asked))


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BYTES:
            raise refusals.too_large(_MOST_BYTES)
    return bytes(body)


async def _send(send: Send, answer: Answer) -> None:
    await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
    await send({"type": "http.response.body", "body": answer.body})
