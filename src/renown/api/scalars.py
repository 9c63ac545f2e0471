"""Scalars that GraphQL has not itself."""

from typing import Any, NewType

import strawberry
from strawberry.scalars import JSON

URL = NewType("URL", str)
BigInt = NewType("BigInt", int)

SCALARS: dict[object, Any] = {
    URL: strawberry.scalar(name="URL", description="An absolute URL.", serialize=str, parse_value=str),
    BigInt: strawberry.scalar(
        name="BigInt",
        description="A whole number that may pass 2^31, as view and follower counts do; a JSON number.",
        serialize=int,
        parse_value=int,
    ),
}

__all__ = ["JSON", "SCALARS", "URL", "BigInt"]
