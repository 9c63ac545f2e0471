"""Scalars that GraphQL has not itself."""

from datetime import datetime
from typing import Any, NewType

import strawberry
from graphql import GraphQLError
from strawberry.scalars import JSON

from renown.claims import parse_time

URL = NewType("URL", str)
BigInt = NewType("BigInt", int)


def _moment(said: object) -> datetime:
    """A moment in UTC.

    Raises:
        GraphQLError: it is no moment, or none that has a date in UTC.
    """
    try:
        return parse_time(str(said))
    except (ValueError, OverflowError):
        raise GraphQLError(f"{str(said)[:40]!r} is no moment in ISO 8601, such as '2013-04-14T12:00:00Z'.") from None


SCALARS: dict[object, Any] = {
    datetime: strawberry.scalar(
        name="DateTime",
        description="A moment in ISO 8601, in UTC; one that names no zone is read as UTC, a day as its first moment.",
        serialize=datetime.isoformat,
        parse_value=_moment,
    ),
    URL: strawberry.scalar(name="URL", description="An absolute URL.", serialize=str, parse_value=str),
    BigInt: strawberry.scalar(
        name="BigInt",
        description="A whole number that may pass 2^31, as view and follower counts do; a JSON number.",
        serialize=int,
        parse_value=int,
    ),
}

__all__ = ["JSON", "SCALARS", "URL", "BigInt"]
