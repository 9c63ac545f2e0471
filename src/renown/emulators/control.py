"""`POST /_emulator/behaviour`: tells a running emulator to behave otherwise, for tests that cannot reach into it.

The body is a JSON array of faults as texts; an empty one ends all misbehaviour. Our own invention, so every answer is
marked as such. Heard from this machine only, and only as `application/json`, which no web page can send unasked.
"""

from ipaddress import ip_address

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from renown.emulators.answers import JSON, json_answer
from renown.emulators.behaviour import Behaviour

CONTROL_PATH = "/_emulator/behaviour"


class Controlled:
    """ASGI layer that answers the control path itself: no call of it is counted, delayed or failed."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One call."""
        if scope["type"] == "http" and scope["path"] == CONTROL_PATH:
            response = await _changed(Request(scope, receive))
            await response(scope, receive, send)
        else:
            await self._app(scope, receive, send)


async def _changed(request: Request) -> Response:
    if not _from_here(request):
        return _refusal(403, "the behaviour is changed from this machine only")
    if request.method != "POST":
        return _refusal(405, "POST a JSON array of faults")
    if request.headers.get("Content-Type", "").partition(";")[0].strip() != JSON:
        return _refusal(415, f"the array of faults comes as {JSON}")
    try:
        texts = msgspec.json.decode(await request.body(), type=list[str])
        request.app.state.behaviour = Behaviour.read(texts)
    except ValueError as error:
        return _refusal(400, str(error))
    return json_answer({"faults": texts}, assumed=True)


def _from_here(request: Request) -> bool:
    try:
        return request.client is not None and ip_address(request.client.host).is_loopback
    except ValueError:  # a caller without an address, such as a socket in the file system
        return False


def _refusal(status: int, error: str) -> Response:
    return json_answer({"error": error}, status=status, assumed=True)
