"""Collects what is asked in one turn of the event loop, or while the last call is under way, and asks it together."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")

AskAll = Callable[[Sequence[Key], float], Awaitable[Mapping[Key, Value]]]


class Batcher(Generic[Key, Value]):
    """Calls `ask_all(keys, deadline)` once for up to `size` keys asked in the same turn, with their latest deadline.

    With `one_at_a_time`, what is asked while a call is under way waits for its end, and is then one call.
    """

    def __init__(self, ask_all: AskAll[Key, Value], size: int, *, one_at_a_time: bool = False) -> None:
        self._ask_all = ask_all
        self._size = size
        self._one_at_a_time = one_at_a_time
        self._waiting: list[tuple[Key, float, asyncio.Future[Value]]] = []
        self._tasks: set[asyncio.Task[None]] = set()  # held here, or they could be collected

    async def ask(self, key: Key, deadline: float) -> Value:
        """The answer for one key; raises whatever `ask_all` raised."""
        future: asyncio.Future[Value] = asyncio.get_running_loop().create_future()
        if not self._waiting:
            asyncio.get_running_loop().call_soon(self._flush)
        self._waiting.append((key, deadline, future))
        return await future

    async def close(self) -> None:
        """Stops what is being asked; who still waits for it waits for nothing."""
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)

    def _flush(self) -> None:
        while self._waiting and not (self._one_at_a_time and self._tasks):
            together, self._waiting = self._waiting[: self._size], self._waiting[self._size :]
            task = asyncio.create_task(self._answer(together))
            self._tasks.add(task)
            task.add_done_callback(self._ended)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            self._flush()

    async def _answer(self, waiting: Sequence[tuple[Key, float, "asyncio.Future[Value]"]]) -> None:
        try:
            answers = await self._ask_all([key for key, _, _ in waiting], max(until for _, until, _ in waiting))
        except Exception as error:  # noqa: BLE001 - handed to every asker
            for _, _, future in waiting:
                if not future.done():
                    future.set_exception(error)
            return
        for key, _, future in waiting:
            if not future.done():
                future.set_result(answers[key])
