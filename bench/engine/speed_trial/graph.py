"""The graph that speed is measured on: RMAT, as of the Graph500 benchmark, written as a log of events."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

QUARTERS = (0.57, 0.19, 0.19)
UNTIL = 1_700_000_000
_DAYS = 30
_KINDS = (0.5, 0.15, 0.15, 0.1, 0.02, 0.08)  # as of Kind: reposts, replies, mentions, likes, lists, follows
_POSTS = 8


def rmat(accounts: int, edges: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Distinct edges [edges] between accounts (a power of two) in no order, none to oneself: who acts, and on whom."""
    chance, bits = np.random.default_rng(7), accounts.bit_length() - 1
    first, second, third = QUARTERS
    found = np.empty(0, np.int64)
    while len(found) < edges:
        drawn = (edges - len(found)) * 23 // 20 + 1_000
        actor, target = np.zeros((2, drawn), np.int64)
        for _ in range(bits):
            at = chance.random(drawn, dtype=np.float32)
            actor = actor << 1 | (at >= first + second)
            target = target << 1 | ((at >= first) & (at < first + second) | (at >= first + second + third))
        found = np.unique(np.concatenate([found, (actor << bits | target)[actor != target]]))
    found = chance.permutation(found)[:edges]
    number = chance.permutation(accounts).astype(np.int32)
    return number[found >> bits], number[found & (accounts - 1)]


def write_log(file: Path, actor: NDArray[np.int32], target: NDArray[np.int32]) -> None:
    """The edges as events of a month, each about one of eight posts of its target; accounts and posts are numbers."""
    import pyarrow as pa
    from pyarrow import parquet

    chance, events = np.random.default_rng(11), len(actor)
    columns = {
        "actor": actor,
        "target": target,
        "kind": chance.choice(len(_KINDS), events, p=_KINDS).astype(np.int8),
        "at": UNTIL - 1 - chance.integers(0, _DAYS * 86_400, events),
        "post": target.astype(np.int64) * _POSTS + chance.integers(0, _POSTS, events),
    }
    parquet.write_table(pa.table(columns), file)
