"""PageRank of one library over edges in two .npy files; a process of its own, that tells what it took.

python peer.py ROAD FOLDER ACCOUNTS

Each from arrays in memory to mass in memory, damping 0.85; what can go nowhere begins anywhere again. `alone` is what
scores are compared with: scipy, 20 rounds. The others go on until they say that it is enough.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from memory import peak_megabytes
from numpy.typing import NDArray

DAMPING, ENOUGH = 0.85, 1e-6
Road = Callable[[NDArray[np.int32], NDArray[np.int32], int], Any]


def alone(actor: NDArray[np.int32], target: NDArray[np.int32], accounts: int) -> Any:
    """Scipy: a sparse matrix and 20 rounds."""
    from scipy import sparse

    leaving = np.bincount(actor, minlength=accounts).astype(float)
    share = np.divide(1, leaving, out=np.zeros(accounts), where=leaving > 0)
    step, sinks = sparse.csr_matrix((share[actor], (target, actor)), shape=(accounts, accounts)), leaving == 0
    mass = np.full(accounts, 1 / accounts)
    for _ in range(20):
        mass = DAMPING * (step @ mass + mass[sinks].sum() / accounts) + (1 - DAMPING) / accounts
    return mass


def renown(actor: NDArray[np.int32], target: NDArray[np.int32], accounts: int) -> Any:
    """The engine's own."""
    from renown.engine.pagerank import pagerank

    return pagerank(actor, target, np.ones(len(actor)), np.ones(accounts), tolerance=ENOUGH)


def networkit(actor: NDArray[np.int32], target: NDArray[np.int32], accounts: int) -> Any:
    """NetworKit, both processors."""
    import networkit

    networkit.setNumberOfThreads(2)
    edges = (actor.astype(np.uint64), target.astype(np.uint64))
    graph = networkit.GraphFromCoo(edges, n=accounts, directed=True)
    sinks = networkit.centrality.SinkHandling.DistributeSinks
    ranking = networkit.centrality.PageRank(graph, damp=DAMPING, tol=ENOUGH, distributeSinks=sinks)
    ranking.norm = networkit.centrality.Norm.L1_NORM
    return ranking.run().scores()


def scikit_network(actor: NDArray[np.int32], target: NDArray[np.int32], accounts: int) -> Any:
    """scikit-network by diffusion, which is right with sinks."""
    from scipy import sparse
    from sknetwork.ranking import PageRank

    edges = sparse.csr_matrix((np.ones(len(actor)), (actor, target)), shape=(accounts, accounts))
    return PageRank(damping_factor=DAMPING, solver="diteration", n_iter=20, tol=ENOUGH).fit_predict(edges)


def igraph(actor: NDArray[np.int32], target: NDArray[np.int32], accounts: int) -> Any:
    """The igraph library's PRPACK, to convergence."""
    import igraph as library

    graph = library.Graph(n=accounts, edges=np.stack([actor, target], axis=1), directed=True)
    return graph.pagerank(damping=DAMPING, implementation="prpack")


ROADS: dict[str, Road] = {
    "alone": alone,
    "renown": renown,
    "networkit": networkit,
    "scikit-network": scikit_network,
    "igraph": igraph,
}


def main() -> None:
    """Walk the road that is named; put its mass beside the edges, and print seconds and megabytes as JSON."""
    road, folder, accounts = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    edges = np.load(folder / "actor.npy"), np.load(folder / "target.npy")
    # A graph of nothing first: so that what is imported is not counted for anybody.
    ROADS[road](np.array([0], np.int32), np.array([1], np.int32), 2)
    begun = time.perf_counter()
    mass = np.asarray(ROADS[road](*edges, accounts), dtype=float)
    seconds = time.perf_counter() - begun
    np.save(folder / f"{road}.npy", mass / mass.sum())
    used = resource.getrusage(resource.RUSAGE_SELF)
    told = {"seconds": seconds, "processor": used.ru_utime + used.ru_stime, "megabytes": peak_megabytes()}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
