"""What an HTTP request asks: the operation, for whom, in which media type; and the key its answer is kept by."""

from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from typing import Any, Literal
from urllib.parse import parse_qsl

import msgspec

from renown.web import refusals
from renown.web.media import answer_type, is_json
from renown.web.scope import PATHS_HEADER, Scope, scope_of

_READ = frozenset({b"accept", b"authorization", b"content-type", b"if-none-match", PATHS_HEADER})
_REMEMBERED, _REMEMBERED_BYTES = 2_000, 4_096
_MEMBERS = frozenset({"query", "variables", "operationName", "extensions"})


class Operation(msgspec.Struct, gc=False):
    """The members of a GraphQL request. `extensions` are checked to be an object, and not looked at."""

    query: str | None = None
    variables: dict[str, Any] | None = None
    operation_name: str | None = msgspec.field(name="operationName", default=None)
    extensions: dict[str, Any] | None = None


_decode_operation = msgspec.json.Decoder(Operation).decode
# The same variables in another order are the same key.
_encode_key = msgspec.json.Encoder(order="sorted").encode


class GraphQLRequest(msgspec.Struct, frozen=True, gc=False):
    """A request that can be run.

    A HEAD is a GET whose body the server leaves out. `key` is 32 bytes that are equal for requests whose answers are;
    None where an answer must not be shared.
    """

    operation: Operation
    document: str
    method: Literal["GET", "POST"]
    media_type: bytes
    scope: Scope
    none_match: bytes
    key: bytes | None


def read(method: str, query_string: bytes, headers: Iterable[tuple[bytes, bytes]], body: bytes) -> GraphQLRequest:
    """What a request asks; names of headers are in lower case.

    Raises:
        BadRequest: it is no request of GraphQL over HTTP (codes BAD_JSON, NO_QUERY, BAD_METHOD, BAD_MEDIA_TYPE).
    """
    said: dict[bytes, bytes] = {}
    for name, value in headers:
        if name in _READ:
            said[name] = b"%b, %b" % (said[name], value) if name in said else value
    # What is asked over and over is read once.
    reading = _read if len(body) <= _REMEMBERED_BYTES else _read.__wrapped__
    return reading(method, query_string, tuple(said.items()), body)


@lru_cache(_REMEMBERED)
def _read(method: str, query_string: bytes, headers: tuple[tuple[bytes, bytes], ...], body: bytes) -> GraphQLRequest:
    said = dict(headers)
    media_type = answer_type(said.get(b"accept", b""))
    if method == "POST":
        operation = _posted(said.get(b"content-type", b""), body)
    elif method in {"GET", "HEAD"}:
        operation = _in_address(query_string)
    else:
        raise refusals.bad_method(method)
    if media_type is None:
        raise refusals.bad_accept()
    if not operation.query:
        raise refusals.no_query()
    scope = scope_of(said)
    return GraphQLRequest(
        operation=operation,
        document=operation.query,
        method="POST" if method == "POST" else "GET",
        media_type=media_type,
        scope=scope,
        none_match=said.get(b"if-none-match", b""),
        key=_key(operation, media_type, scope),
    )


def _posted(content_type: bytes, body: bytes) -> Operation:
    if not is_json(content_type):
        raise refusals.bad_body_type()
    try:
        return _decode_operation(body)
    except (ValueError, RecursionError):
        raise refusals.bad_json() from None


def _in_address(query_string: bytes) -> Operation:
    try:
        given = dict(parse_qsl(query_string.decode("ascii"), keep_blank_values=True, errors="strict"))
        members: dict[str, Any] = {
            name: msgspec.json.decode(value) if name in {"variables", "extensions"} and value else value or None
            for name, value in given.items()
            if name in _MEMBERS
        }
        return msgspec.convert(members, Operation)
    except (ValueError, RecursionError):
        raise refusals.bad_json() from None


def _key(operation: Operation, media_type: bytes, scope: Scope) -> bytes | None:
    query = operation.query or ""
    # Whatever else these words stand for in a document, one without them changes nothing and does not go on.
    if scope.who is None or "mutation" in query or "subscription" in query:
        return None
    of = (
        query,
        operation.operation_name,
        operation.variables or None,
        scope.who,
        scope.with_paths,
        media_type.decode(),
    )
    return sha256(_encode_key(of)).digest()
