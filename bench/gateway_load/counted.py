"""What runs under callgrind: each case, and as many encodings of an answer, between two marks.

python -m gateway_load.counted DATABASE LIBRARY
"""

import asyncio
import ctypes
import gc
import json
import sys
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from pathlib import Path
from typing import Any

from gateway_load.population import PROVIDERS, QUERIES, recipe
from renown.gateway import Filter, Gateway
from renown.gateway.ranking import rank_standings
from renown.settings import Settings, sqlite_url
from renown.web import application

TIMES = 5
"""How often each case is run, and the baseline."""
BASELINE = "encoding the answer"

_RANKING = {
    "topics": ["automotive"],
    "country": "GB",
    "weights": [{"provider": slug, "weight": weight} for weight, slug in enumerate(PROVIDERS, start=1)],
    "first": 50,
    "after": None,
}
_VOICE = {"network": "twitter", "handle": "synthetic_000001"}


class _Application:
    """The ASGI application without a server round it."""

    def __init__(self, settings: Settings, gateway: Gateway) -> None:
        self._app = application(settings, gateway)

    def started(self) -> AbstractAsyncContextManager[Any]:
        """Within it, it answers."""
        return self._app.router.lifespan_context(self._app)

    async def ask(self, body: bytes) -> bytes:
        """The body of the answer to a POST to /graphql."""
        sent: list[Any] = []
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "POST",
            "scheme": "http",
            "path": "/graphql",
            "raw_path": b"/graphql",
            "root_path": "",
            "query_string": b"",
            "headers": [
                (b"host", b"localhost"),
                (b"content-type", b"application/json"),
                (b"accept", b"application/json"),
                (b"content-length", str(len(body)).encode()),
            ],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
            "state": {},
        }

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        await self._app(scope, receive, send)
        answer = b"".join(message.get("body", b"") for message in sent)
        if sent[0]["status"] != 200 or not answer.startswith(b'{"data":{'):
            raise SystemExit(f"An answer was bad: {answer[:500]!r}")
        return answer


async def main(database: Path, library: Path) -> None:
    """Counts every case."""
    counting = ctypes.CDLL(str(library))
    # Under callgrind time flies: the store would be asked for news at each request.
    settings = Settings(_env_file=None, database_url=sqlite_url(database), notice_seconds=3600)  # pyright: ignore[reportCallIssue]
    without = settings.model_copy(update={"response_cache_bytes": 0})
    ranking, voice = _body("filtered-ranking", _RANKING), _body("one-voice", _VOICE)
    async with await Gateway.open(settings) as gateway, AsyncExitStack() as stack:
        computing, keeping = _Application(without, gateway), _Application(settings, gateway)
        await stack.enter_async_context(computing.started())
        await stack.enter_async_context(keeping.started())
        answer = json.loads(await computing.ask(ranking))
        standings = await gateway.snapshots.current()
        weights = iter(range(1, 1_000))

        async def encode() -> None:
            json.dumps(answer)

        async def ask_anew() -> None:
            given = [{"provider": slug, "weight": next(weights) if slug == "kred" else 991} for slug in PROVIDERS]
            await computing.ask(_body("filtered-ranking", {**_RANKING, "weights": given}))

        async def rank() -> None:
            fresh = recipe([(slug, next(weights) if slug == "kred" else 997) for slug in PROVIDERS])
            rank_standings(standings, fresh, Filter())

        await _count(counting, BASELINE, encode)
        await _count(counting, "filtered-ranking, ranking kept", lambda: computing.ask(ranking))
        await _count(counting, "one-voice, warm", lambda: computing.ask(voice))
        await _count(counting, "filtered-ranking, answer kept", lambda: keeping.ask(ranking))
        await _count(counting, "ranking 1,000 voices", rank)
        # The last, for its writes wake a thread: callgrind goes wrong over what it counts after that.
        for _ in range(20):  # whoever weights bring to the top is known then
            await ask_anew()
        await _count(counting, "filtered-ranking, weights never seen", ask_anew)


async def _count(counting: ctypes.CDLL, name: str, step: Callable[[], Awaitable[Any]]) -> None:
    for _ in range(3):  # whatever is made once is made now
        await step()
    gc.collect()
    counting.begin_counting()
    for _ in range(TIMES):
        await step()
    counting.end_counting(name.encode())


def _body(name: str, variables: dict[str, Any]) -> bytes:
    query = (QUERIES / f"{name}.graphql").read_text(encoding="utf-8")
    return json.dumps({"query": query, "variables": variables}).encode()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2])))
