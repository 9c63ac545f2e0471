"""Reliabilities from published figures, for when there are too few people or providers to fit any.

Sociagility, January 2012, n = 39 organisations: Pearson correlations Klout-Kred 0.846, PeerIndex-Klout 0.595,
PeerIndex-Kred 0.573. Three correlations fix three loadings of one factor: the loading of a provider is the square root
of the product of its two correlations over the third. With 39 organisations each is uncertain by about 0.1, and what
looks like shared truth may in part be shared error, as all three read Twitter.
"""

PUBLISHED_LOADINGS = {"klout": 0.94, "kred": 0.90, "peerindex": 0.64}
CITATION = "Sociagility, January 2012, n = 39 organisations (correlations 0.846, 0.595, 0.573)"

# The least of them, for a provider of which nothing is published: our convention.
UNPUBLISHED = 0.64


def published_loading(provider: str) -> float:
    """The loading of a provider by the published correlations, or the lowest of them where there is none."""
    return PUBLISHED_LOADINGS.get(provider, UNPUBLISHED)
