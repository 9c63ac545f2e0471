"""The HTTP client: httpx's interface over aiohttp's connections, which cost a fifth of the processor time."""

import logging
import ssl
from functools import cache
from typing import Any

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport, HttpxAiohttpClient

# No timeout is set on the wire: what is called one there is a connection that was reset. And what aiohttp says of a
# reply that is no HTTP comes through httpx as it is.
BROKEN = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, aiohttp.ClientError)
"""Whatever may go wrong on the wire. Its words may hold a URL as it was sent, with a key."""


def http_client(max_connections: int) -> httpx.AsyncClient:
    """A client that waits for ever, logs nothing and sends each request once. Belongs to one event loop."""
    # It logs each URL. A level can be set again from outside; a filter stays.
    logging.getLogger("httpx").addFilter(_say_nothing)
    return _SendingOnce(
        timeout=None,
        verify=_authorities(),
        limits=httpx.Limits(max_connections=max_connections),
        headers={"accept": "application/json", "accept-encoding": "gzip", "user-agent": "renown"},
    )


class _SendingOnce(HttpxAiohttpClient):
    """aiohttp would send a request again when the connection breaks: a call that nobody has counted."""

    def _init_transport(self, *given: Any, **named: Any) -> httpx.AsyncBaseTransport:
        return _sending_once(super()._init_transport(*given, **named))

    def _init_proxy_transport(self, *given: Any, **named: Any) -> httpx.AsyncBaseTransport:
        return _sending_once(super()._init_proxy_transport(*given, **named))


def _sending_once(transport: httpx.AsyncBaseTransport) -> httpx.AsyncBaseTransport:
    assert isinstance(transport, AiohttpTransport)  # noqa: S101 - none other is asked for

    def session() -> aiohttp.ClientSession:
        transport.client = None  # in place of this function: then it makes its own
        made = transport.get_client()
        made._retry_connection = False  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - as aiohttp's own tests do
        return made

    transport.client = session
    return transport


@cache
def _authorities() -> ssl.SSLContext:
    """Whose certificates are believed: httpx's own choice, loaded once a process, for it takes a while."""
    return httpx.create_ssl_context()


def _say_nothing(_record: logging.LogRecord) -> bool:
    return False
