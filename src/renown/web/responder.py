"""Answers requests: from what is kept, from an identical request that is under way, or by running the operation.

at_once ─ kept, and nothing was written since: the bytes
answer  ─ the same, once it is known what was written last
        └ an identical request is under way: its answer, if that is one to be kept
        └ else the operation is run
"""

import asyncio

from renown.api import Context
from renown.gateway import Gateway
from renown.gateway.until_changed import UntilChanged
from renown.web.answers import Answer, GraphQLAnswer
from renown.web.endpoint import Endpoint
from renown.web.media import GRAPHQL
from renown.web.requests import GraphQLRequest

_NOTED = 10_000

# What an answer takes beside its body: its key, its headers and the objects that hold them.
_BESIDE_BODY = 1_500


class Responder:
    """One for all requests of an application."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._endpoint = Endpoint(gateway)
        self._kept: UntilChanged[bytes, GraphQLAnswer] = UntilChanged(gateway.settings.response_cache_bytes)
        self._under_way: dict[bytes, asyncio.Task[GraphQLAnswer]] = {}
        # What was asked before and had an answer that holds for a moment only: who asks it again waits for nobody.
        self._passing: set[bytes] = set()

    def at_once(self, asked: GraphQLRequest) -> Answer | None:
        """The answer that is kept; None where something must be waited for."""
        change = self._gateway.changes.known()
        return None if change is None else self._found(asked, change)

    async def answer(self, asked: GraphQLRequest) -> Answer:
        """The answer.

        Raises:
            BadRequest: see `Endpoint.execute`.
        """
        if asked.key is None or not self._kept.is_on:
            return (await self._made(asked)).to(asked.method, asked.none_match)
        found = self._found(asked, await self._gateway.changes.current())
        if found is not None:
            return found
        if (under_way := self._under_way.get(asked.key)) and asked.key not in self._passing:
            await asyncio.wait((under_way,))
            found = self._found(asked, await self._gateway.changes.current())
            if found is not None:
                return found
        return (await self._flown(asked, asked.key)).to(asked.method, asked.none_match)

    async def close(self) -> None:
        """Ends what is under way."""
        for task in self._under_way.values():
            task.cancel()
        if self._under_way:
            await asyncio.wait(self._under_way.values())

    def _found(self, asked: GraphQLRequest, change: int) -> Answer | None:
        if asked.key is None:
            return None
        kept = self._kept.get(asked.key, change, self._gateway.now().timestamp())
        return kept and kept[0].to(asked.method, asked.none_match)

    async def _flown(self, asked: GraphQLRequest, key: bytes) -> GraphQLAnswer:
        """Runs it in a task of its own, for others to wait for, which goes on if who asked first goes away."""
        task = asyncio.create_task(self._made(asked))
        self._under_way[key] = task
        task.add_done_callback(lambda done: self._landed(key, done))
        await asyncio.wait((task,))
        return task.result()

    def _landed(self, key: bytes, task: asyncio.Task[GraphQLAnswer]) -> None:
        if self._under_way.get(key) is task:
            del self._under_way[key]
        if not task.cancelled():
            task.exception()  # perhaps nobody waits for it any more

    async def _made(self, asked: GraphQLRequest) -> GraphQLAnswer:
        before = await self._gateway.changes.current()
        context = Context(self._gateway)
        executed = await self._endpoint.execute(asked, context)
        tally = context.tally
        lasts = (
            asked.key is not None
            and self._kept.is_on
            and not (executed.has_errors or tally.upstream_calls or tally.cache_misses)
            and tally.holds_until > self._gateway.now().timestamp()
        )
        is_refused = not executed.was_run and asked.media_type == GRAPHQL
        answer = GraphQLAnswer(400 if is_refused else 200, asked.media_type, executed.body, lasts=lasts)
        if asked.key is not None and self._kept.is_on:
            self._note(asked.key, answer)
            if lasts and await self._gateway.changes.current() == before:
                size = len(answer.body) + _BESIDE_BODY
                self._kept.keep(asked.key, answer, size, change=before, until=tally.holds_until)
        return answer

    def _note(self, key: bytes, answer: GraphQLAnswer) -> None:
        if answer.lasts:
            self._passing.discard(key)
        elif len(self._passing) < _NOTED:
            self._passing.add(key)
        else:
            self._passing = {key}
