"""How an emulator words an answer: exact bytes, exact content type, and a mark where the wording is ours."""

from collections.abc import Mapping

import msgspec
from starlette.responses import Response

JSON = "application/json"
ASSUMED = {"X-Renown-Emulator": "assumed"}
"""Stands on every answer whose status, body or headers no source records: that part is this project's choice."""


def answer(
    body: bytes,
    content_type: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    assumed: bool = False,
) -> Response:
    """These bytes under exactly this content type (Starlette would add a charset to `text/*`)."""
    marks = ASSUMED if assumed else {}
    return Response(body, status, {"Content-Type": content_type, **(headers or {}), **marks})


def json_answer(body: object, *, status: int = 200, content_type: str = JSON, assumed: bool = False) -> Response:
    """Compact JSON; the order of keys is the order of the mapping."""
    return answer(msgspec.json.encode(body), content_type, status=status, assumed=assumed)
