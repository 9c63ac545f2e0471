"""Kred's `/kredscore` and `/kred` (PeopleBrowsr, from 2011): a batch by comma, a job that is polled until complete.

Sources: developer.peoplebrowsr.com/kred (sample body, parameters, the four words of `status`); the vendor's own SDKs
(pbapi on GitHub), which repeat the identical request until `complete`, and name what `/kred` tells. No source documents
any error.
"""

from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from renown.emulators.accounts import KredPart
from renown.emulators.answers import json_answer
from renown.emulators.dataset import Dataset
from renown.emulators.mashery import OVER_RATE_RETRY_AFTER
from renown.emulators.wire_format import View, WireFormat, keyed

_TWITTER_SOURCES = {"twitter", "combined"}
_CREDENTIALS = {"app_id", "app_key"}


class _Kred:
    """The views and the jobs they were asked for. They run behind the key."""

    def __init__(self, data: Dataset) -> None:
        # By name, each with its place in the file.
        self._known = {a.handle.casefold(): (at, a.handle, a.kred) for at, a in enumerate(data.accounts) if a.kred}
        self._answered: Counter[str] = Counter()

    def about(self, word: Callable[[str, KredPart], dict[str, Any]], *, recorded: bool) -> View:
        """The view that says of each known name what `word` says, once its job is complete."""

        def respond(request: Request) -> Response:
            terms = [term for term in request.query_params.get("term", "").split(",") if term]
            if not terms:
                return _refusal(400, "term is missing")
            job = _job_id(request)
            complete = self._answered[job] >= request.app.state.behaviour.polls_before_complete
            self._answered[job] += 1
            found = self._found(terms, request.query_params.get("source", "twitter")) if complete else []
            body = {
                "data": [word(name, kred) for _, name, kred in found],
                "id": job,
                "request": {"app_id": f"***{request.query_params['app_id'][-5:]}", "app_key": "***"},
                "status": "complete" if complete else "processing",
            }
            # On record is the complete answer about one known account: not the order of a batch's rows, how an unknown
            # name is told, or what stands beside `processing`.
            return json_answer(body, assumed=not recorded or len(terms) > 1 or not found)

        return respond

    def _found(self, terms: list[str], source: str) -> list[tuple[int, str, KredPart]]:
        """The known names in the file's order, so that no client comes to rely on the request's."""
        if source not in _TWITTER_SOURCES:
            return []
        asked = {term.strip().casefold() for term in terms}
        return sorted(self._known[name] for name in asked if name in self._known)


def _score(name: str, kred: KredPart) -> dict[str, Any]:
    return {"influence": kred.influence, "name": name, "outreach": kred.outreach}


def _communities(name: str, kred: KredPart) -> dict[str, Any]:
    """The fields are named after the parameters of a vendor's SDK. What those parameters did is on no record."""
    return {
        "influence": kred.influence,
        "influence_communities": kred.influence_communities,
        "name": name,
        "outreach": kred.outreach,
        "outreach_communities": kred.outreach_communities,
    }


def _job_id(request: Request) -> str:
    """The same question is the same job. The form is recorded, the 32 hex digits are our own."""
    question = sorted((name, value) for name, value in request.query_params.multi_items() if name not in _CREDENTIALS)
    return f"999-{sha256(repr((request.url.path, question)).encode()).hexdigest()[:32]}"


def _refusal(status: int, error: str, retry_after: str | None = None) -> Response:
    """Every error of Kred is our choice: status, body and headers."""
    response = json_answer({"error": error}, status=status, assumed=True)
    if retry_after:
        response.headers["Retry-After"] = retry_after
    return response


def _routes(data: Dataset) -> list[Route]:
    if data.app_id is None:
        raise ValueError("the data set has no app_id, which Kred wants beside the key")
    credentials = {"app_id": data.app_id, "app_key": data.key}
    kred = _Kred(data)
    views = {
        "/kredscore": kred.about(_score, recorded=True),
        "/kred": kred.about(_communities, recorded=False),
    }
    return [
        Route(path, keyed(view, credentials, lambda: _refusal(403, "invalid app_id or app_key")))
        for path, view in views.items()
    ]


WIRE_FORMAT = WireFormat(
    base_path="",
    routes=_routes,
    no_such_path=lambda: _refusal(404, "no such path"),
    over_rate=lambda: _refusal(429, "over the day's quota", OVER_RATE_RETRY_AFTER),
    over_qps=lambda: _refusal(429, "too many calls in this second", "1"),
)
