"""A schema of our own in which everything can go wrong, and what it says to plans and to Strawberry."""
# ruff: noqa: D102 - its fields say all they do

import json
from enum import Enum
from typing import Annotated

import strawberry
from strawberry.dataloader import DataLoader

from renown.api.plan import Documents, Plans


@strawberry.enum
class Colour(Enum):
    RED = "r"
    BLUE = "b"


@strawberry.interface
class Named:
    name: str


@strawberry.type
class Car(Named):
    colour: Colour = Colour.RED

    @strawberry.field
    def fails(self) -> int | None:
        raise ValueError("no number")

    @strawberry.field
    def must(self) -> int:
        raise ValueError("no number, and there must be one")

    @strawberry.field
    def twin(self) -> "Car":
        return Car(name=f"{self.name}'s twin")

    @strawberry.field
    async def loaded(self, info: strawberry.Info) -> str:
        return await info.context.load(self.name)

    @strawberry.field
    async def must_later(self, info: strawberry.Info) -> int:
        raise ValueError(await info.context.load(self.name))

    @strawberry.field
    def times(self, number: int = 2, of: float | None = 1.5) -> float | None:
        return None if of is None else number * of


@strawberry.type
class Road(Named):
    length: float = 1.0


@strawberry.input
class Size:
    width: int
    height: int = 3


@strawberry.type
class Query:
    @strawberry.field
    def car(self, name: str = "Mini") -> Car | None:
        return Car(name=name)

    @strawberry.field
    def cars(self) -> list[Car | None]:
        return [Car(name="one"), ValueError("no car here"), None, Car(name="two")]

    @strawberry.field
    def sure(self) -> list[Car] | None:
        return [Car(name="one"), Car(name="two")]

    @strawberry.field
    def broken(self) -> list[Car] | None:
        return [Car(name="one"), None]

    @strawberry.field
    def things(self) -> list[Annotated[Car | Road, strawberry.union("Thing")]]:
        return [Car(name="one", colour=Colour.BLUE), Road(name="A1"), Car(name="two")]

    @strawberry.field
    def named(self) -> list[Named]:
        return [Car(name="one"), Road(name="A1")]

    @strawberry.field
    def numbers(self) -> list[float]:
        return [1, 2.5, float("nan")]

    @strawberry.field
    def area(self, size: Size, also: list[Size] | None = None) -> int:
        return size.width * size.height + sum(each.width for each in also or ())

    @strawberry.mutation
    def nothing(self) -> None:
        return None


class Loads:
    """A context whose loader notes each of its batches."""

    def __init__(self):
        self.batches = []
        self.load = DataLoader(self._load).load

    async def _load(self, names):
        self.batches.append(sorted(names))
        return [name.upper() for name in names]


SCHEMA = strawberry.Schema(query=Query, types=[Car, Road])


async def said(query, variables=None, name=None):
    """The data, the errors and the batches that both roads give alike, by a plan that answered."""
    plans, loads = Plans(SCHEMA, Documents([], 1_000)), Loads()
    answer = await plans.answer(query, variables or {}, name, loads)
    assert answer is not None
    assert plans.answered == 1
    also = Loads()
    expected = await SCHEMA.execute(query, variables, also, operation_name=name)
    data, errors = answer
    assert json.dumps(data) == json.dumps(expected.data)
    shown = sorted((each.formatted for each in errors), key=json.dumps)
    assert shown == sorted((each.formatted for each in expected.errors or ()), key=json.dumps)
    assert loads.batches == also.batches
    return data, shown, loads.batches
