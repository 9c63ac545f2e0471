"""A new algorithm: every score another number, all of them in the same order as before.

Klout's average went from about 20 to about 40 in August 2012, and its users learned what a changed scale does to
everything built upon it.
"""

from collections.abc import Callable
from random import Random

import msgspec
from starlette.routing import Router
from starlette.types import Receive, Scope, Send

from renown.emulators.accounts import Account, KloutPart, KredPart, PeerIndexPart
from renown.emulators.dataset import Dataset
from renown.emulators.population import bucket_of

_Curve = Callable[[float], float]
_LEAST, _MOST = 0.4, 0.7  # exponents near 1 would change next to nothing


def rescored(data: Dataset, seed: int) -> Dataset:
    """The same accounts by another algorithm, lenient or strict as the seed has it.

    Each score moves along one rising curve from the lowest to the highest of its scale, so that the order and the
    ends stay (whole numbers may draw level). Counts, levels, deltas and what is missing are as they were. 0 of Kred
    means unscored and stays 0.
    """
    curve = _curve(seed)
    return msgspec.structs.replace(data, accounts=tuple(_account(account, curve) for account in data.accounts))


class Algorithms:
    """ASGI app that answers from the data, or from what the algorithm in force makes of them.

    Each algorithm's answers begin afresh: a job that Kred had completed is asked for once more.
    """

    def __init__(self, data: Dataset, router: Callable[[Dataset], Router]) -> None:
        self._data = data
        self._router = router
        self._by_seed: dict[int | None, Router] = {None: router(data)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One call."""
        seed = scope["app"].state.course.algorithm
        if seed not in self._by_seed:
            self._by_seed[seed] = self._router(rescored(self._data, seed))
        await self._by_seed[seed](scope, receive, send)


def _curve(seed: int) -> _Curve:
    draws = Random(seed)  # noqa: S311 - no secrets
    exponent = draws.uniform(_LEAST, _MOST)
    if draws.random() < 0.5:
        exponent = 1 / exponent
    return lambda share: share**exponent


def _account(account: Account, curve: _Curve) -> Account:
    return msgspec.structs.replace(
        account,
        klout=account.klout and _klout(account.klout, curve),
        kred=account.kred and _kred(account.kred, curve),
        peerindex=account.peerindex and _peerindex(account.peerindex, curve),
    )


def _klout(klout: KloutPart, curve: _Curve) -> KloutPart:
    score = 100 * curve(klout.score / 100)
    profile = klout.profile
    if profile:
        parts = {name: getattr(profile, name) for name in ("network_score", "amplification_score")}
        moved = {name: round(100 * curve(part / 100), 2) for name, part in parts.items() if part is not None}
        profile = msgspec.structs.replace(profile, **moved)
    return msgspec.structs.replace(klout, score=score, bucket=klout.bucket and bucket_of(score), profile=profile)


def _kred(kred: KredPart, curve: _Curve) -> KredPart:
    return msgspec.structs.replace(
        kred,
        influence=_thousand(kred.influence, curve),
        influence_communities={name: _thousand(value, curve) for name, value in kred.influence_communities.items()},
    )


def _thousand(influence: int, curve: _Curve) -> int:
    return influence and max(1, round(1000 * curve(influence / 1000)))


def _peerindex(peerindex: PeerIndexPart, curve: _Curve) -> PeerIndexPart:
    parts = {name: getattr(peerindex, name) for name in ("peerindex", "authority", "activity", "audience")}
    moved = {name: round(100 * curve(part / 100)) for name, part in parts.items() if part is not None}
    topics = {name: round(100 * curve(score / 100)) for name, score in peerindex.topics.items()}
    return msgspec.structs.replace(peerindex, **moved, topics=topics)
