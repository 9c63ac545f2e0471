"""JSONP for the browser code of those years: an answer inside a call of the function that `callback` names."""

import re

from starlette.requests import Request
from starlette.responses import Response

from renown.emulators.answers import answer
from renown.emulators.wire_format import View

_CALLBACK = re.compile(r"[A-Za-z_$][\w$.]*", re.ASCII)


def with_callback(view: View) -> View:
    """The view, wrapped where asked. That `callback` was used is on record, the exact wrapping is not."""

    def wrapped(request: Request) -> Response:
        plain = view(request)
        callback = request.query_params.get("callback", "")
        if plain.status_code != 200 or not _CALLBACK.fullmatch(callback):
            return plain
        return answer(callback.encode() + b"(" + plain.body + b");", "application/javascript", assumed=True)

    return wrapped
