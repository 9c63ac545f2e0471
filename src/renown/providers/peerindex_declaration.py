"""What PeerIndex says of itself, in whatever generation of its API it is asked."""

from datetime import date, timedelta

from renown.claims import Metric, Scale
from renown.providers.contract import Declaration
from renown.providers.graph import graph_metrics

METRICS = tuple(
    Metric("peerindex", slug, name, Scale(0, 100), meaning)
    for slug, name, meaning in (
        ("peerindex", "PeerIndex", "Overall standing, a normalised rank. It cannot be recomputed from its parts."),
        ("authority", "Authority", "How far others trust the voice's recommendations."),
        ("activity", "Activity", "How often the voice shares."),
        ("audience", "Audience", "How large the audience is that really listens."),
    )
)
PEERINDEX = Declaration(
    slug="peerindex",
    name="PeerIndex",
    metrics=(*METRICS, *graph_metrics("peerindex", "of those that PeerIndex listed, which were 20 at most")),
    primary="peerindex",
    reads=("twitter", "facebook"),
    licence="PeerIndex's display terms are no longer published.",
    attribution="PeerIndex score by PeerIndex (peerindex.com)",
    # Sold to Brandwatch in December 2014; its site forwarded to the buyer's from May 2015. No exact day is known.
    closed=date(2015, 5, 1),
    fresh_for=timedelta(days=1),
    # On record for the first two generations (A, B). Of the last (C) no limit is known: we assume the same.
    quota=10_000,
)
