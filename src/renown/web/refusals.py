"""A request that is refused before it is read as GraphQL, with its status."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from renown.errors import BadRequest


@dataclass(frozen=True, slots=True)
class Refusal:
    """The status of a refusal, and the headers that go with it."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)


class NotTaken(BadRequest):
    """The method, the media type or the size is none that this address takes."""

    def __init__(self, refusal: Refusal, sentence: str, next_step: str, *, code: str) -> None:
        super().__init__(sentence, next_step, code=code)
        self.refusal = refusal


def bad_json() -> BadRequest:
    """The body, or a parameter of the address, is no JSON, or not what a GraphQL request is made of."""
    return BadRequest(
        "The request cannot be read as a JSON object.",
        'Send {"query": "...", "variables": {...}} in UTF-8.',
        code="BAD_JSON",
    )


def no_query() -> BadRequest:
    """There is no `query` in the request."""
    return BadRequest(
        "The request has no `query`.", 'Send {"query": "...", "variables": {...}} in UTF-8.', code="NO_QUERY"
    )


def bad_method(method: str) -> NotTaken:
    """This address answers GET, HEAD and POST."""
    return NotTaken(
        Refusal(405, {"Allow": "GET, HEAD, POST"}), f"{method} is not answered here.", "Use POST.", code="BAD_METHOD"
    )


def bad_body_type() -> NotTaken:
    """The body is said to be no JSON."""
    return NotTaken(
        Refusal(415, {"Accept": "application/json"}),
        "The body is not said to be JSON.",
        "Send it with the header `Content-Type: application/json`.",
        code="BAD_MEDIA_TYPE",
    )


def bad_accept() -> NotTaken:
    """The client takes none of the media types an answer can have."""
    return NotTaken(
        Refusal(406),
        "None of the media types in `Accept` can be had.",
        "Accept application/graphql-response+json or application/json.",
        code="BAD_MEDIA_TYPE",
    )


def too_large(most: int) -> NotTaken:
    """The body has more bytes than are read."""
    return NotTaken(
        Refusal(413, {"Connection": "close"}),
        f"The request has more than {most:,} bytes.",
        "Send less at once.",
        code="TOO_LARGE",
    )
