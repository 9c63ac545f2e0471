"""The record of calls, so that a test can count what really went upstream."""

from urllib.parse import parse_qsl, urlencode

from starlette.types import ASGIApp, Receive, Scope, Send

_CREDENTIALS = {"key", "api_key", "app_id", "app_key"}


class Recording:
    """ASGI layer that notes every call in `app.state.calls` when it arrives, whatever becomes of it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One call."""
        if scope["type"] == "http":
            scope["app"].state.calls.append(_described(scope["path"], scope["query_string"]))
        await self._app(scope, receive, send)


def _described(path: str, query: bytes) -> str:
    """Path and query; of a credential only the name stays, in its place."""
    given = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    shown = [(name, "" if name in _CREDENTIALS else value) for name, value in given]
    return f"{path}?{urlencode(shown, safe='@,')}" if shown else path
