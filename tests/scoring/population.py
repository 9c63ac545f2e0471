"""A small population for tests of the frozen reference: four providers of known reliability. Synthetic."""

import numpy as np

from renown.claims import Scale
from renown.scoring.fitting import Source, fit_reference

PROVIDERS = ("klout", "kred", "peerindex", "renown")
LOADINGS = np.array([0.94, 0.90, 0.64, 0.75])
SCALES = (Scale(0, 100), Scale(0, 1000), Scale(0, 100), Scale(0, 100))
CENTRES, SPREADS = np.array([40.0, 500.0, 30.0, 50.0]), np.array([15.0, 170.0, 12.0, 10.0])
READS = (("twitter",), ("bluesky",), ("github",), ("youtube",))


def people(n, *, seed=1, loadings=LOADINGS):
    """The truth [n], and the scores [n, 4] that the providers give."""
    random = np.random.default_rng(seed)
    truth = random.standard_normal(n)
    noise = random.standard_normal((n, 4))
    return truth, CENTRES + SPREADS * (loadings * truth[:, np.newaxis] + np.sqrt(1 - loadings**2) * noise)


def covered(scores, share, *, seed=2):
    """The scores, each kept with this probability."""
    return np.where(np.random.default_rng(seed).random(scores.shape) < share, scores, np.nan)


def fit(scores, *, providers=PROVIDERS, reads=READS, scales=SCALES, **given):
    """The reference of these scores."""
    sources = [
        Source(provider, scale, network, "synthetic", **given.pop(provider, {}))
        for provider, network, scale in zip(providers, reads, scales, strict=True)
    ]
    return fit_reference(scores, sources, built_at="2012-08-15T00:00:00+00:00", **given)
