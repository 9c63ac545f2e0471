"""What PeerIndex's first two APIs had in common, both at api.peerindex.net: keys, limits, errors and who is meant.

Sources: fluidinfo/peerindex-import (headers and errors recorded on 18 September 2011, its remarks on names);
dev.peerindex.com/docs (limits, a missing parameter, that the second API answers errors like the first).
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from renown.emulators.accounts import PeerIndexPart
from renown.emulators.answers import answer, php_json_answer
from renown.emulators.dataset import Dataset

_CALLS_A_DAY = 10_000
_NO_SUCH_PAGE = b"<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>"


class Profile(NamedTuple):
    """An account that PeerIndex knows."""

    handle: str
    twitter_id: str | None
    peerindex: PeerIndexPart


def profiles(data: Dataset) -> list[Profile]:
    """Those of the data whom PeerIndex knows."""
    return [Profile(a.handle, a.twitter_id, a.peerindex) for a in data.accounts if a.peerindex]


class Said(NamedTuple):
    """A body, and whether a source records this shape."""

    content: dict[str, Any]
    recorded: bool


def about(
    known: Callable[[Request], Mapping[str, Profile]], word: Callable[[Profile], Said]
) -> Callable[[Request], Response]:
    """The view that says of the asked `id` what `word` says; `known` tells what ids the call is about."""

    def respond(request: Request) -> Response:
        asked = request.query_params.get("id", "")
        if not asked:
            return _missing("id")
        if asked.endswith("\n"):  # noticed by a client's author: a page that says 404, under status 200
            return answer(_NO_SUCH_PAGE, "text/html", assumed=True)
        profile = known(request).get(asked.casefold())
        if profile is None:
            # For a name with @ only the status is on record.
            return php_json_answer([], status=404, headers=_limits(request), assumed=asked.startswith("@"))
        said = word(profile)
        return php_json_answer(said.content, headers=_limits(request), assumed=not said.recorded)

    return respond


def keyed(view: Callable[[Request], Response], key: str) -> Callable[[Request], Awaitable[Response]]:
    """The view behind the key."""

    async def endpoint(request: Request) -> Response:
        given = request.query_params.get("api_key")
        if not given:
            return _missing("api_key")
        return view(request) if given == key else php_json_answer({"error": "Invalid API key"}, status=400)

    return endpoint


def over_rate() -> Response:
    """The day's quota is used up."""
    return php_json_answer({"error": "Rate limit exceeded"}, status=403)


def over_qps() -> Response:
    """More than one call in a second: the limit is documented, its answer is not."""
    return php_json_answer({"error": "Rate limit exceeded"}, status=403, assumed=True)


def no_such_path() -> Response:
    """On no record."""
    return answer(_NO_SUCH_PAGE, "text/html", status=404, assumed=True)


def _missing(parameter: str) -> Response:
    """The words are documented, their wrapping and the status are not."""
    return php_json_answer({"error": f"Missing parameter: {parameter}"}, status=400, assumed=True)


def _limits(request: Request) -> dict[str, str]:
    """The day's quota, counted from midnight UTC as documented; the recorded reset was midnight in London."""
    course = request.app.state.course
    quota = course.behaviour.quota_calls
    limit = _CALLS_A_DAY if quota is None else quota
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return {
        "X-RateLimit-Limit": str(limit),
        "X-RateLimit-Remaining": str(max(0, limit - course.calls)),
        "X-RateLimit-Reset": str(int((today + timedelta(days=1)).timestamp())),
    }
