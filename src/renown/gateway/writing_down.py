"""Writes down what providers said: whatever comes within a few moments is written together.

A cold voice is told of by several providers within a few milliseconds, and many voices are asked about at a time. One
transaction costs about the same for one claim as for fifty, so news wait a moment for others that are on their way, and
no longer once there are none. Nobody is answered before what he asked for is in the log.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from renown.claims import Absence, Account, Claim
from renown.gateway.batching import Batcher
from renown.gateway.era_watch import EraWatch
from renown.gateway.keeping import keep
from renown.providers import Registry
from renown.store import Store

_AT_ONCE = 100
# How long news wait at most for others.
_MOMENT_SECONDS = 0.01


@dataclass(frozen=True, eq=False)
class News:
    """What one provider said of one account: claims, or why there is no score, or both.

    `stranger` is the account, where it is not in the directory. `first` is the field of its score, where none was held.
    """

    claims: Sequence[Claim]
    absence: Absence | None
    stranger: Account | None
    first: str | None


class WritingDown:
    """One a process: writes news in the order of their coming, one transaction at a time."""

    def __init__(self, store: Store, registry: Registry, eras: EraWatch, now: Callable[[], datetime]) -> None:
        self._store = store
        self._keep = partial(keep, store, registry, eras=eras)
        self._now = now
        self._batcher: Batcher[News, Exception | None] = Batcher(self._write, _AT_ONCE, one_at_a_time=True)
        self._expected = 0
        self._go: asyncio.Event | None = None  # where news wait

    @contextmanager
    def expecting(self) -> Iterator[None]:
        """While a provider is asked whose news will come: those of others may wait for them."""
        self._expected += 1
        try:
            yield
        finally:
            self._expected -= 1
            if not self._expected:
                self._write_now(self._go)

    async def write(self, news: News, deadline: float) -> None:
        """Returns when the news are in the store.

        Raises:
            Exception: they cannot be written, for example since a plug-in made a claim of no finite number.
        """
        if self._expected:
            if self._go is None:
                self._go = asyncio.Event()
                asyncio.get_running_loop().call_later(_MOMENT_SECONDS, self._write_now, self._go)
            await self._go.wait()
        if error := await self._batcher.ask(news, deadline):
            raise error

    def _write_now(self, go: asyncio.Event | None) -> None:
        if go is not None:
            go.set()
        if self._go is go:
            self._go = None

    async def close(self) -> None:
        """Stops writing; what is under way is not written."""
        await self._batcher.close()

    async def _write(self, together: Sequence[News], _deadline: float) -> Mapping[News, Exception | None]:
        """All at once; one by one where that fails, so that nobody's news are lost by somebody else's."""
        try:
            await self._write_all(together)
        except Exception as error:  # noqa: BLE001 - handed to those whose news they are
            if len(together) == 1:
                return {together[0]: error}
            alone = [await self._write([news], _deadline) for news in together]
            return {news: error for each in alone for news, error in each.items()}
        return dict.fromkeys(together)

    async def _write_all(self, together: Sequence[News]) -> None:
        claims = [claim for news in together for claim in news.claims]
        if claims:
            strangers = [news.stranger for news in together if news.stranger and news.claims]
            first = {
                (claim.subject, claim.field) for news in together for claim in news.claims if claim.field == news.first
            }
            await self._keep(claims, list(dict.fromkeys(strangers)), self._now(), first=first)
        absences = [news.absence for news in together if news.absence]
        if absences:
            await self._store.record_absences(absences)
