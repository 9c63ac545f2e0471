"""What varies from draw to draw: the normaliser, the weights, and who is left out."""

from dataclasses import dataclass

import numpy as np

from renown.scoring.arrays import Floats, Ints

NOBODY = -1

# With two equal providers nine draws in ten give each between about a third and two thirds of the say.
_CONCENTRATION = 10.0

# Every provider keeps some say unless it is left out: a voice that it alone knows keeps a value.
_LEAST_SAY = 1e-12


@dataclass(frozen=True, slots=True)
class Sample:
    """Per draw: the number [d] of a normaliser and half-life, the weights [d, p], who is left out [d] or `NOBODY`.

    The weight of the provider left out is zero.
    """

    choice: Ints
    weights: Floats
    left_out: Ints


def sample(weights: Floats, choices: int, draws: int, seed: int) -> Sample:
    """Draw evenly among `choices`, evenly among nobody and each provider, and weights round those given.

    The weights come from a Dirichlet distribution whose mean is `weights` [p], all above zero in any unit, and whose
    concentration is 10 a provider.
    """
    generator = np.random.default_rng(seed)
    share = weights / weights.sum()
    drawn = np.maximum(generator.dirichlet(_CONCENTRATION * share.size * share, size=draws), _LEAST_SAY)
    left_out = generator.integers(NOBODY, share.size, size=draws)
    leaving = np.flatnonzero(left_out != NOBODY)
    drawn[leaving, left_out[leaving]] = 0.0
    # The choice is drawn last, so that the number of them changes nothing else.
    return Sample(generator.integers(choices, size=draws), drawn, left_out)
