"""Klout, Kred and PeerIndex in one small quick process, for invented voices without end: the emulators' own bytes.

    python upstream.py DELAY_SECONDS

The emulators are made to be exact, not quick: at the rates of this bench they would be what is measured. This one
says what they say of the same account, which the bench checks before it measures. It prints its ports, and answers
`GET /counts` on the first with how many calls of each kind there were since it was last asked.
"""

import asyncio
import json
import socket
import sys
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from urllib.parse import parse_qsl, urlsplit

_HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: %b\r\ncontent-length: %d\r\n\r\n%b"
_JSON, _KLOUT_IDENTITY, _KLOUT_USER = (
    b"application/json",
    b"application/json; charset=utf-8",
    b"application/json;charset=UTF-8",
)


def number_of(handle: str) -> int:
    """Which of the invented voices `cold_000017` is."""
    return int(handle.rpartition("_")[2])


def identity(query: dict[str, str], _path: str) -> dict[str, object]:
    """`/identity.json/twitter`."""
    return {"id": str(100_000_000_000 + number_of(query["screenName"])), "network": "ks"}


def score(_query: dict[str, str], path: str) -> dict[str, object]:
    """`/user.json/{id}/score`."""
    number = int(path.split("/")[3]) - 100_000_000_000
    changes = {"dayChange": 0.125, "weekChange": -0.5, "monthChange": 1.75}
    return {"score": 10 + number % 80 + 0.25, "scoreDelta": changes, "bucket": "60-69"}


def kredscore(query: dict[str, str], path: str) -> dict[str, object]:
    """`/kredscore`, for one name or several."""
    named = sorted(query["term"].split(","))
    job = sha256(repr((path, [("source", query["source"]), ("term", query["term"])])).encode()).hexdigest()[:32]
    return {
        "data": [{"influence": 300 + number_of(name) % 700, "name": name, "outreach": 6} for name in named],
        "id": f"999-{job}",
        "request": {"app_id": f"***{query['app_id'][-5:]}", "app_key": "***"},
        "status": "complete",
    }


def extended(query: dict[str, str], _path: str) -> dict[str, object]:
    """`/actor/extended`."""
    number = number_of(query["twitter_screen_name"])
    return {
        "peerindex": 10 + number % 80,
        "demographics": {},
        "authority": 60,
        "audience": 63,
        "version": "1.1",
        "peerindex_id": f"00000000-0000-3000-8000-{number:012d}",
        "activity": 47,
    }


_Word = Callable[[dict[str, str], str], dict[str, object]]
_WORDS: dict[str, tuple[str, _Word, bytes]] = {
    "/v2/identity.json/twitter": ("klout identity", identity, _KLOUT_IDENTITY),
    "/v2/user.json": ("klout score", score, _KLOUT_USER),
    "/kredscore": ("kred", kredscore, _JSON),
    "/1/actor/extended": ("peerindex", extended, _JSON),
}


class Provider(asyncio.Protocol):
    """One connection: GETs one after the other, each answered after the delay."""

    def __init__(self, delay: float, calls: Counter[str]) -> None:
        self._delay = delay
        self._calls = calls
        self._read = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ready."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - as served
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer each head that is whole."""
        self._read += data
        while (end := self._read.find(b"\r\n\r\n")) >= 0:
            head, self._read = self._read[:end], self._read[end + 4 :]
            self._answer(head.split(b" ", 2)[1].decode())

    def _answer(self, target: str) -> None:
        if target == "/counts":
            body = json.dumps(self._calls).encode()
            self._calls.clear()
            self._transport.write(_HEAD % (_JSON, len(body), body))
            return
        parts = urlsplit(target)
        key = parts.path if parts.path in _WORDS else "/".join(parts.path.split("/")[:3])
        kind, word, content_type = _WORDS[key]
        self._calls[kind] += 1
        body = json.dumps(word(dict(parse_qsl(parts.query)), parts.path), separators=(",", ":")).encode()
        reply = _HEAD % (content_type, len(body), body)
        asyncio.get_running_loop().call_later(self._delay, self._transport.write, reply)


async def main(delay: float) -> None:
    """Serve on three free loopback ports until ended."""
    calls: Counter[str] = Counter()
    loop = asyncio.get_running_loop()
    ports: list[int] = []
    for _ in range(3):
        listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        await loop.create_server(lambda: Provider(delay, calls), sock=listener)
        ports.append(listener.getsockname()[1])
    print(json.dumps(ports), flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1])))
