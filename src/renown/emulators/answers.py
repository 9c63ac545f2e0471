"""How an emulator words an answer: exact bytes, exact content type, and a mark where the wording is ours."""

import json
from collections.abc import Mapping
from typing import Any

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


def php_json_answer(
    body: object, *, status: int = 200, headers: Mapping[str, str] | None = None, assumed: bool = False
) -> Response:
    """JSON as PHP of those years wrote it: compact, slashes escaped, everything beyond ASCII by its number."""
    text = json.dumps(body, separators=(",", ":")).replace("/", "\\/")
    return answer(text.encode(), JSON, status=status, headers=headers, assumed=assumed)


def given(**fields: Any) -> dict[str, Any]:
    """The fields that have a value. Bodies of some years lacked one altogether; none is on record with a null."""
    return {name: value for name, value in fields.items() if value is not None}
