"""Where transactions run: a piece of work is a plain function of a connection, and this says how it is awaited.

On SQLite a transaction is one visit to a thread, however many statements it has; on PostgreSQL each of its statements
is awaited. The work is the same.
"""

import asyncio
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from sqlalchemy import Connection, Engine, event

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


class Database(Protocol):
    """A database that is open. `read` and `write` run one piece of work in one transaction of its own."""

    async def read(
        self, work: Callable[Concatenate[Connection, _Given], _Result], *given: _Given.args, **named: _Given.kwargs
    ) -> _Result:
        """What the work finds in one state of the database, from its first row to its last. It cannot write."""
        ...

    async def write(
        self, work: Callable[Concatenate[Connection, _Given], _Result], *given: _Given.args, **named: _Given.kwargs
    ) -> _Result:
        """What the work brings, once all it wrote is there for everybody. One at a time, in the order of asking.

        Who is cancelled meanwhile is told when the transaction has ended: it goes no further than its next statement
        and leaves nothing behind.
        """
        ...

    async def close(self) -> None:
        """Let go of every connection."""
        ...


class Wish:
    """That a transaction should come to its end: until whoever asked for it is cancelled."""

    def __init__(self) -> None:
        self._stands = True

    def withdraw(self) -> None:
        """Nobody waits for it any more."""
        self._stands = False

    def check(self) -> None:
        """Go on.

        Raises:
            Withdrawn: the transaction is to be rolled back.
        """
        if not self._stands:
            raise Withdrawn


class Withdrawn(Exception):
    """Ends a transaction that nobody waits for."""


async def fulfilled(begin: Callable[[Wish], "asyncio.Future[_Result]"]) -> _Result:
    """What a transaction brings that `begin` has begun; see `Database.write` for who is cancelled.

    Nothing cancels the transaction itself: half a statement would be left in the connection.
    """
    wish = Wish()
    running = begin(wish)
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        wish.withdraw()
        running.add_done_callback(_hear_out)
        await asyncio.wait((running,))
        raise


def _hear_out(ended: "asyncio.Future[_Result]") -> None:
    """Take note of how it ended, or asyncio would complain that nobody did."""
    if not ended.cancelled():
        ended.exception()


def check_wishes(engine: Engine) -> None:
    """Have every statement of this engine's transactions ask first whether it is still wished for."""

    @event.listens_for(engine, "before_cursor_execute")
    def check(connection: Connection, *_statement: Any) -> None:
        wish: Wish | None = connection.get_execution_options().get("wish")
        if wish is not None:
            wish.check()
