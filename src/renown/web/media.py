"""Which media type an answer has: what the client prefers of the two there are.

The rules are those of GraphQL over HTTP. With `application/graphql-response+json` a request that could not be run has
status 400; with `application/json`, which cannot tell an answer from another server's error page, it has 200.
"""

from functools import lru_cache

GRAPHQL = b"application/graphql-response+json"
JSON = b"application/json"

_ANY = (b"*/*", b"application/*")
_HEADERS_KEPT = 256


@lru_cache(_HEADERS_KEPT)
def answer_type(accept: bytes) -> bytes | None:
    """The media type for an `Accept` header, b"" where there is none; None where it allows neither.

    The greater weight wins, of two that are equal the one named first. Wildcards stand for `application/json`.
    """
    if not accept.strip():
        return JSON
    weights: dict[bytes, float] = {}
    for part in accept.split(b","):
        name, *parameters = (each.strip().lower() for each in part.split(b";"))
        weights.setdefault(name, _weight(parameters))
    for wildcard in _ANY:
        if wildcard in weights:
            weights.setdefault(JSON, weights[wildcard])
    best = max((GRAPHQL, JSON), key=lambda name: (weights.get(name, 0.0), -_place(name, weights)))
    return best if weights.get(best) else None


@lru_cache(_HEADERS_KEPT)
def is_json(content_type: bytes) -> bool:
    """Whether a body of this `Content-Type` is JSON in UTF-8."""
    name, *parameters = (each.strip().lower() for each in content_type.split(b";"))
    charsets = [value.strip(b'"') for each in parameters if (value := each.removeprefix(b"charset=")) != each]
    return name == JSON and all(charset in {b"utf-8", b"utf8"} for charset in charsets)


def _place(name: bytes, weights: dict[bytes, float]) -> int:
    return list(weights).index(name) if name in weights else len(weights)


def _weight(parameters: list[bytes]) -> float:
    for parameter in parameters:
        if parameter.startswith(b"q="):
            try:
                return float(parameter[2:])
            except ValueError:
                return 0.0
    return 1.0
