"""What can go wrong on the wire, as a table: how a good reply is spoilt, and what may come of it."""

import gzip
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from renown.claims import AbsenceReason
from renown.testing import mutations
from renown.testing.recorded import Recorded

KEY, APP_ID = "a-key-of-the-contract", "an-app-id-of-the-contract"

_UNKNOWN = AbsenceReason.UNKNOWN_TO_PROVIDER
_INVALID = AbsenceReason.INVALID_REPLY
_NOTHING_USABLE = {_INVALID, _UNKNOWN, AbsenceReason.NO_SCORE_YET}
_UNDER_WAY = {*_NOTHING_USABLE, AbsenceReason.PROCESSING}
OVER_RATE = {AbsenceReason.RATE_LIMITED, AbsenceReason.QUOTA_EXHAUSTED}
_REFUSED = {*OVER_RATE, AbsenceReason.NOT_CONFIGURED, _INVALID}

_PAGE = b"<!DOCTYPE html><html><body><h1>Down for maintenance</h1></body></html>"
_ECHO = f"<html><body>No such thing: /x?key={KEY}&app_id={APP_ID}</body></html>".encode()
_PLAIN: Mapping[str, str] = {}
_HTML = {"content-type": "text/html"}
_GZIP = {"content-encoding": "gzip"}


@dataclass(frozen=True, slots=True)
class Case:
    """One fault. `spoil` makes it of a good reply.

    Where every step answers so, the account gets an absence with one of `reasons`; if `may_score`, a score will do
    as well. Where one step of several does, the others may still bring the score.
    """

    name: str
    spoil: Callable[[Recorded], Recorded]
    reasons: frozenset[AbsenceReason]
    may_score: bool = False


def _answers(
    name: str, reasons: set[AbsenceReason], body: bytes = b"", status: int = 200, headers: Mapping[str, str] = _PLAIN
) -> Case:
    return Case(
        name, lambda good: Recorded(step=good.step, body=body, status=status, headers=headers), frozenset(reasons)
    )


def _bends(name: str, bend: Callable[[Any], Any], *, may_score: bool = False) -> Case:
    return Case(
        name, lambda good: replace(good, body=mutations.bent(good.body, bend)), frozenset(_NOTHING_USABLE), may_score
    )


CASES = (
    _answers("an empty reply", _NOTHING_USABLE),
    _answers("nothing but blanks", _NOTHING_USABLE, b" \r\n"),
    *(
        _answers(f"the JSON {body.decode()}", _NOTHING_USABLE, body)
        for body in (b"[]", b"{}", b"null", b"true", b"17", b'"text"', b"[[]]", b'{"un":{"expected":[1]}}')
    ),
    _bends("nulls for values", mutations.nothing_in_it),
    _bends("words for numbers", mutations.words_for_numbers),
    _bends("lists for objects and objects for lists", mutations.other_containers),
    _bends("numbers off their scale", mutations.off_scale),
    _bends("numbers of 31 digits", mutations.huge_numbers, may_score=True),
    _bends("ids of 20 digits", mutations.huge_ids, may_score=True),
    _bends("every key twice", mutations.keys_twice, may_score=True),
    _answers("brackets without end", {_INVALID}, b"[" * 100_000),
    Case(
        "JSON cut in the middle",
        lambda good: replace(good, body=good.body[: len(good.body) // 2]),
        frozenset({_INVALID}),
    ),
    _answers("a web page with 200", {_INVALID}, _PAGE, headers=_HTML),
    _answers("a page with 200 that echoes the keys", {_INVALID}, _ECHO, headers=_HTML),
    _answers("400 with a page that echoes the keys", _NOTHING_USABLE, _ECHO, 400, _HTML),
    _answers("202 without a body", _UNDER_WAY, status=202),
    _answers("202 and still processing", _UNDER_WAY, b'{"status":"processing"}', 202),
    _answers("200 and still processing", _UNDER_WAY, b'{"status":"processing"}'),
    _answers("401", {AbsenceReason.NOT_CONFIGURED}, status=401),
    _answers("403", _REFUSED, status=403),
    _answers("403 with Retry-After in seconds", _REFUSED, status=403, headers={"retry-after": "120"}),
    _answers(
        "403 with Retry-After as a date", _REFUSED, status=403, headers={"retry-after": "Fri, 01 Jan 2100 00:00:00 GMT"}
    ),
    *(
        _answers(f"404 with {name}", {_UNKNOWN, _INVALID}, body, 404)
        for name, body in (("nothing", b""), ("[]", b"[]"), ("{}", b"{}"), ("a page", _PAGE))
    ),
    _answers("429", OVER_RATE, status=429),
    _answers("429 with Retry-After that is none", OVER_RATE, status=429, headers={"retry-after": "soon"}),
    _answers("500, time after time", {AbsenceReason.UNREACHABLE}, status=500),
    # Who is told to come back later is not asked again now, so that these cases are quick.
    *(
        _answers(f"{status} with a page", {AbsenceReason.UNREACHABLE}, _PAGE, status, headers={"retry-after": "600"})
        for status in (500, 502, 503, 504)
    ),
    _answers("a bomb of gzip", {_INVALID}, gzip.compress(b" " * 50_000_000), headers=_GZIP),
    _answers("gzip that is none", {_INVALID}, b"{}", headers=_GZIP),
)
