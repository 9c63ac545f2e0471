"""The named choices a recipe is made of, as the public schema spells them."""

from enum import StrEnum


class Normaliser(StrEnum):
    """How a provider's scores become comparable with another's."""

    PERCENTILE = "PERCENTILE"
    EQUATED = "EQUATED"
    LINEAR = "LINEAR"
    ZSCORE = "ZSCORE"
    MINMAX = "MINMAX"
    RAW = "RAW"


class Reference(StrEnum):
    """Whom a score is compared with."""

    FROZEN = "FROZEN"
    POPULATION = "POPULATION"
    WITHIN_LIST = "WITHIN_LIST"


class Combiner(StrEnum):
    """How the comparable scores become one value."""

    MEAN = "MEAN"
    MEDIAN = "MEDIAN"
    GEOMETRIC = "GEOMETRIC"
    BORDA = "BORDA"
    RRF = "RRF"
    CONSENSUS = "CONSENSUS"


class Weighting(StrEnum):
    """How much say each provider has."""

    EQUAL = "EQUAL"
    RELIABILITY = "RELIABILITY"
    CUSTOM = "CUSTOM"


class IntervalKind(StrEnum):
    """What an interval says."""

    METHOD = "METHOD"
    POSTERIOR = "POSTERIOR"


# Those that need nobody else's scores to place one.
STANDALONE = frozenset({Normaliser.LINEAR, Normaliser.RAW})

# Those that put a provider's order in the place of its scores, before the normaliser could.
BY_ORDER = frozenset({Combiner.BORDA, Combiner.RRF})

# Those whose value is a sum of the providers' parts.
ADDITIVE = frozenset({Combiner.MEAN, Combiner.BORDA, Combiner.RRF})
