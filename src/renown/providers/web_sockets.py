"""Messages of a websocket, as they come."""

import asyncio
from collections.abc import AsyncGenerator

import aiohttp

from renown.errors import Unreachable

_LARGEST = 4 << 20
_HEARTBEAT = 30.0
_OPENING = 15.0


async def messages_of(url: str) -> AsyncGenerator[bytes, None]:
    """The messages of one connection, to its end; to be closed where it is left before.

    A peer that is silent, and answers no ping for half a minute, counts as gone.

    Raises:
        Unreachable: there is no connection, or it broke.
    """
    async with aiohttp.ClientSession(trust_env=True) as session:  # which is where proxies are named
        socket = await _connected(session, url)
        try:
            while (message := await _received(socket)) is not None:
                yield message
        finally:
            await socket.close()


async def _connected(session: aiohttp.ClientSession, url: str) -> aiohttp.ClientWebSocketResponse:
    try:
        connecting = session.ws_connect(url, max_msg_size=_LARGEST, heartbeat=_HEARTBEAT)
        return await asyncio.wait_for(connecting, _OPENING)
    except (aiohttp.ClientError, OSError, ValueError, TimeoutError) as trouble:
        # Its own words may hold the URL, which may hold a key.
        raise Unreachable(f"The websocket cannot be reached ({type(trouble).__name__}).") from None


async def _received(socket: aiohttp.ClientWebSocketResponse) -> bytes | None:
    """The next message; None once the connection has ended."""
    try:
        message = await socket.receive()
    except (aiohttp.ClientError, OSError, TimeoutError) as trouble:
        raise Unreachable(f"The websocket broke ({type(trouble).__name__}).") from None
    if message.type is aiohttp.WSMsgType.TEXT:
        return message.data.encode("utf-8", "backslashreplace")
    return message.data if message.type is aiohttp.WSMsgType.BINARY else None
