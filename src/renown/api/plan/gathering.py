"""Several coroutines at once, of which most do not wait: those cost no task, and then nothing is waited for at all."""

import asyncio
from collections.abc import Coroutine, Generator, Sequence
from typing import Any

from graphql.pyutils import gather_with_cancel


async def together(*parts: Coroutine[Any, Any, Any]) -> Sequence[Any]:
    """What several parts come to, all at work at once, so that what they load is loaded together.

    Raises:
        Exception: the first error of a part; the others are stopped.
    """
    if len(parts) == 1:
        return [await parts[0]]
    results: list[Any] = [None] * len(parts)
    errors: list[Exception] = []
    waiting: dict[int, asyncio.Task[Any]] = {}
    rest = task = None
    for number, part in enumerate(parts):
        if task is None:
            rest = _Rest()
            task = asyncio.create_task(rest)
        try:
            waits_for = _begin(part, task)
        except StopIteration as done:
            results[number] = done.value
        except Exception as error:  # noqa: BLE001 - whatever it is, it is raised below
            errors.append(error)
        else:
            assert rest is not None  # noqa: S101 - made with the task
            rest.of, rest.waits_for = part, waits_for
            waiting[number], task = task, None
    if task is not None:
        task.cancel()  # nobody needed it
    if errors:
        await _stop(waiting.values())
        raise errors[0]
    for number, result in zip(waiting, await gather_with_cancel(*waiting.values()) if waiting else (), strict=True):
        results[number] = result
    return results


class _Rest(Coroutine[Any, Any, Any]):
    """What is left of a coroutine that was begun, for a task to go on with; nothing while `of` is not set."""

    of: Coroutine[Any, Any, Any] | None = None
    waits_for: Any = None
    _is_taken_up = False

    def send(self, value: Any) -> Any:
        if self.of is None:
            raise StopIteration
        if self._is_taken_up:
            return self.of.send(value)
        self._is_taken_up = True
        _mark(self.waits_for, asked=True)
        return self.waits_for

    def throw(self, error: Any, *_: Any) -> Any:
        if self.of is None:
            raise error
        self._is_taken_up = True
        return self.of.throw(error)

    def close(self) -> None:
        if self.of is not None:
            self.of.close()

    def __await__(self) -> Generator[Any, None, Any]:
        raise TypeError("Only a task goes on with it.")


def _begin(part: Coroutine[Any, Any, Any], task: asyncio.Task[Any]) -> Any:
    """Runs a coroutine as this task until it waits for something, and says for what.

    Raises:
        StopIteration: it did not wait. Or whatever it raises.
    """
    # As the manual of asyncio describes for tasks of one's own; from Python 3.12 on `eager_start` does the same.
    loop, here = asyncio.get_running_loop(), asyncio.current_task()
    if here is not None:
        asyncio.tasks._leave_task(loop, here)  # noqa: SLF001
    asyncio.tasks._enter_task(loop, task)  # noqa: SLF001
    try:
        waits_for = part.send(None)
        _mark(waits_for, asked=False)
        return waits_for
    finally:
        asyncio.tasks._leave_task(loop, task)  # noqa: SLF001
        if here is not None:
            asyncio.tasks._enter_task(loop, here)  # noqa: SLF001


def _mark(waits_for: Any, *, asked: bool) -> None:
    """Says of a future whether it is on its way to a task, as `await` and tasks say to each other."""
    if asyncio.isfuture(waits_for):
        waits_for._asyncio_future_blocking = asked  # noqa: SLF001


async def _stop(tasks: Any) -> None:
    for task in tasks:
        task.cancel()
    if tasks:
        await asyncio.gather(*tasks, return_exceptions=True)
