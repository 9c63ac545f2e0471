"""What the tests of the plans play with: a gateway over the demo's figures, and both roads of one operation."""

import json
from dataclasses import dataclass
from typing import Any

import strawberry

from renown.api import Context, Schema
from renown.gateway import Gateway
from served import objects

ROOTS = ("ranking", "voice", "voices", "compare", "search")


@dataclass
class Roads:
    """A schema over a gateway, asked by a plan and by Strawberry."""

    gateway: Gateway
    schema: Schema

    async def planned(self, query: str, variables: dict[str, Any] | None = None, name: str | None = None):
        """The answer as the schema gives it, and whether a plan gave it. Asked again, it is given of what was kept."""
        before = self.schema.plans.answered
        result = await self.schema.execute(query, variables, Context(self.gateway), operation_name=name)
        again = await self.schema.execute(query, variables, Context(self.gateway), operation_name=name)
        assert json.dumps(settled(shown(again))) == json.dumps(settled(shown(result)))
        return shown(result), self.schema.plans.answered > before

    async def interpreted(self, query: str, variables: dict[str, Any] | None = None, name: str | None = None):
        """The answer as Strawberry gives it."""
        context = Context(self.gateway)
        return shown(await strawberry.Schema.execute(self.schema, query, variables, context, operation_name=name))

    async def both(self, query: str, variables: dict[str, Any] | None = None, name: str | None = None):
        """The answer, which a plan gave and Strawberry gives too."""
        answer, by_plan = await self.planned(query, variables, name)
        assert by_plan
        assert json.dumps(answer) == json.dumps(await self.interpreted(query, variables, name))
        return answer


def shown(result: Any) -> dict[str, Any]:
    """An answer as JSON shows it; its errors in an order that does not depend on which came first."""
    errors = sorted((error.formatted for error in result.errors or ()), key=json.dumps)
    return {"data": result.data, "errors": errors, "extensions": result.extensions}


def settled(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer without what the specification leaves open.

    Where several fields fail below one null, it lets an engine stop at any of them: these errors come down to one.
    """
    errors = {json.dumps(_open(answer["data"], error)): None for error in answer["errors"]}
    return {**answer, "errors": sorted(errors)}


def _open(data: Any, error: dict[str, Any]) -> dict[str, Any]:
    for number, step in enumerate(error.get("path", ())):
        if data is None:
            return {"path": error["path"][:number], "message": "one or more below"}
        data = data[step]
    return error


_LEARN = """{
  ranking(first: 3, filter: { topics: ["tyres", "motorsport"] }) {
    recipe { id hash }
    pageInfo { endCursor }
    nodes { id voice { id accounts { id } } composite { id contributions { provider { id } } } }
  }
}"""


async def pools(roads: Roads) -> dict[str, list[Any]]:
    """Values of arguments, good and bad, by the names of arguments and input fields, and by type."""
    learnt = list(objects((await roads.interpreted(_LEARN))["data"]))
    ids = sorted({each["id"] for each in learnt if "id" in each})
    cursor = next(each["endCursor"] for each in learnt if "endCursor" in each)
    providers = ["klout", "peerindex", "kred", "nope"]
    return {
        "handle": ["TheFifthDriver", "@PirelliUK", "BBC_TopGear", "WilliamsF1Team", "DunlopLive", "nobody_at_all", ""],
        "network": ["twitter", "TWITTER ", "mastodon", "myspace"],
        "of": ["top UK automotive voices", "top 2 UK automotive voices", "top tyres voices", "who knows", ""],
        "text": ["BBC", "tyre", "zzz", ""],
        "hash": [next(each["hash"] for each in learnt if "hash" in each), "0123456789abcdef", "x"],
        "name": ["nope"],
        "ids": [*ids, "bad"],
        "id": [*ids, "bad"],
        "after": [cursor, "bad", ""],
        "first": [2, 1, 3, 0, 1000, -1],
        "provider": providers,
        "providers": providers,
        "slug": providers,
        "topics": ["tyres", "motorsport", "automotive", "nope"],
        "topic": ["tyres", "nope"],
        "country": ["GB", "US", "XX"],
        "place": ["London"],
        "networks": ["twitter", "nope"],
        "list": ["nope"],
        "days": [30, 1, 0, 1_000_000],
        "maxAgeSeconds": [1_000_000_000, 0, -1],
        "minimumProviders": [0, 1, 2, 9],
        "String": ["klout", "x"],
        "Int": [0, 1, 2],
        "Float": [0.0, 1.0, 2.5, -1.0],
        "Boolean": [True, False],
        "ID": ids,
        "DateTime": ["2014-01-01T00:00:00Z", "2014-06-01", "2030-01-01T00:00:00Z"],
    }
