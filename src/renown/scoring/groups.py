"""Who is covered by whom: voices that the same witnesses know are alike before any of them speaks.

A provider that knows a voice may do so because the voice matters, or because it speaks in the right country. Each
pattern of coverage therefore has a prior of its own, as groups of examinees have in test equating.

Source: R. K. Bock, M. F. Zimowski, "Multiple Group IRT", in Handbook of Modern Item Response Theory, 1997.
"""

from dataclasses import dataclass

import numpy as np

from renown.scoring.arrays import Flags, Floats, Ints

# So many imagined voices of the population at large are added to each group: a handful says little.
_IMAGINED = 20.0
_NARROWEST, _WIDEST = 0.05, 3.0


@dataclass(frozen=True, slots=True)
class Groups:
    """`codes` [g]: bit j is set where witness j knows them. `means`, `variances`, `sizes` [g]. All NaN-free."""

    codes: Ints
    means: Floats
    variances: Floats
    sizes: Ints

    @classmethod
    def found(cls, shown: Flags) -> "Groups":
        """The groups among voices [n, q], all like the population at first."""
        codes, sizes = np.unique(codes_of(shown), return_counts=True)
        return cls(codes, np.zeros(codes.size), np.ones(codes.size), sizes)

    def priors(self, shown: Flags) -> tuple[Floats, Floats]:
        """The prior mean and variance [n] of each voice: its group's, or the population's where the group is new."""
        codes = codes_of(shown)
        at = np.minimum(np.searchsorted(self.codes, codes), max(len(self.codes) - 1, 0))
        if not self.codes.size:
            return np.zeros(len(codes)), np.ones(len(codes))
        known = self.codes[at] == codes
        return np.where(known, self.means[at], 0.0), np.where(known, self.variances[at], 1.0)

    def learnt(self, shown: Flags, mean: Floats, variance: Floats) -> "Groups":
        """The groups after an expectation step, all voices together brought back to mean 0 and variance 1."""
        at = np.searchsorted(self.codes, codes_of(shown))
        means = np.bincount(at, mean, self.codes.size) / (self.sizes + _IMAGINED)
        spread = np.bincount(at, variance + (mean - means[at]) ** 2, self.codes.size)
        variances = np.clip((spread + _IMAGINED) / (self.sizes + _IMAGINED), _NARROWEST, _WIDEST)
        share = self.sizes / self.sizes.sum()
        middle = share @ means
        whole = share @ (variances + (means - middle) ** 2)
        return Groups(self.codes, (means - middle) / np.sqrt(whole), variances / whole, self.sizes)


def codes_of(shown: Flags) -> Ints:
    """The group [n] of each voice [n, q]."""
    return shown @ (1 << np.arange(shown.shape[1]))
