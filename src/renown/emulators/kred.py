"""Kred's `/kredscore` (PeopleBrowsr, from 2011): a batch by comma, answered as a job that is polled until complete.

Sources: developer.peoplebrowsr.com/kred (sample body, parameters, the four words of `status`); the vendor's own SDKs
(pbapi on GitHub), which repeat the identical request until `complete`. No source documents any error.
"""

from hashlib import sha256
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from renown.emulators.answers import json_answer
from renown.emulators.dataset import Dataset
from renown.emulators.mashery import OVER_RATE_RETRY_AFTER
from renown.emulators.wire_format import WireFormat, keyed

_TWITTER_SOURCES = {"twitter", "combined"}
_CREDENTIALS = {"app_id", "app_key"}


class _Kred:
    """The view and the jobs it was asked for. It runs behind the key."""

    def __init__(self, data: Dataset) -> None:
        self._rows = {
            a.handle.casefold(): {"influence": a.kred.influence, "name": a.handle, "outreach": a.kred.outreach}
            for a in data.accounts
            if a.kred
        }
        self._answered: dict[str, int] = {}

    def kredscore(self, request: Request) -> Response:
        terms = [term for term in request.query_params.get("term", "").split(",") if term]
        if not terms:
            return _refusal(400, "term is missing")
        job = _job_id(request)
        answered = self._answered.get(job, 0)
        self._answered[job] = answered + 1
        complete = answered >= request.app.state.behaviour.polls_before_complete
        rows = self._found(terms, request.query_params.get("source", "twitter")) if complete else []
        body = {
            "data": rows,
            "id": job,
            "request": {"app_id": f"***{request.query_params['app_id'][-5:]}", "app_key": "***"},
            "status": "complete" if complete else "processing",
        }
        # On record is the complete answer about one known account: not the order of a batch's rows, how an unknown
        # name is told, or what stands beside `processing`.
        return json_answer(body, assumed=len(terms) > 1 or not rows)

    def _found(self, terms: list[str], source: str) -> list[dict[str, Any]]:
        """Rows of the known names in the file's order, so that no client comes to rely on the request's."""
        if source not in _TWITTER_SOURCES:
            return []
        asked = {term.strip().casefold() for term in terms}
        return [row for name, row in self._rows.items() if name in asked]


def _job_id(request: Request) -> str:
    """The same question is the same job. The form is recorded, the 32 hex digits are our own."""
    question = sorted((name, value) for name, value in request.query_params.multi_items() if name not in _CREDENTIALS)
    return f"999-{sha256(repr(question).encode()).hexdigest()[:32]}"


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
    view = keyed(_Kred(data).kredscore, credentials, lambda: _refusal(403, "invalid app_id or app_key"))
    return [Route("/kredscore", view)]


WIRE_FORMAT = WireFormat(
    base_path="",
    routes=_routes,
    no_such_path=lambda: _refusal(404, "no such path"),
    over_rate=lambda: _refusal(429, "over the day's quota", OVER_RATE_RETRY_AFTER),
    over_qps=lambda: _refusal(429, "too many calls in this second", "1"),
)
