"""What the tests of the response cache play with: a clock moved by hand, and requests that count what was run."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

from renown.claims import Account, Claim, Provenance, ProvenanceKind
from renown.gateway import Gateway
from renown.web.answers import Answer
from renown.web.requests import read
from renown.web.responder import Responder

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ACCOUNT = Account("twitter", "PirelliUK")


class Clock:
    """Stands still until it is moved."""

    def __init__(self):
        self.now = NOW

    def __call__(self):
        """The present moment."""
        return self.now

    def move(self, **span):
        """Let a time span pass, given as for `timedelta`."""
        self.now += timedelta(**span)


class Asking:
    """Asks a responder as an HTTP request does, and counts how often an operation was run."""

    def __init__(self, gateway: Gateway):
        self.responder = Responder(gateway)
        self.runs = 0
        self.open = asyncio.Event()
        self.open.set()
        self._execute = self.responder._endpoint.execute
        self.responder._endpoint.execute = self._counted

    async def _counted(self, *asked):
        self.runs += 1
        await self.open.wait()
        return await self._execute(*asked)

    async def __call__(self, query: str, variables=None, *, operation=None, headers=()) -> Answer:
        """The answer to a POST, by whichever way it comes."""
        body = json.dumps({"query": query, "variables": variables, "operationName": operation}).encode()
        request = read("POST", b"", [(b"content-type", b"application/json"), *headers], body)
        return self.responder.at_once(request) or await self.responder.answer(request)

    async def data(self, query: str, variables=None):
        """The data of an answer without errors."""
        answer = json.loads((await self(query, variables)).body)
        assert "errors" not in answer, answer
        return answer["data"]


def fact(field: str, value, *, fresh=None, keep=None) -> Claim:
    """A claim of Klout's on the account, fresh and to be kept for these time spans."""
    return Claim(
        subject=ACCOUNT.key,
        field=field,
        value=value,
        provenance=Provenance(
            kind=ProvenanceKind.OBSERVED,
            provider="klout",
            source="https://klout.example/",
            adapter="test@1",
            observed_at=NOW - timedelta(hours=1),
            fetched_at=NOW,
            fresh_until=fresh and NOW + fresh,
            keep_until=keep and NOW + keep,
        ),
    )
