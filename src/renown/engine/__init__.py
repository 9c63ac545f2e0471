"""What Renown computes itself: the profile score from public counts, a score of vouches, and rankings of a log.

The ranking of a log (`engine.ranking`, `engine.edge_lists`) is imported from its own modules: whoever only needs the
scores does not wait for scipy.
"""

from renown.engine.profile import ProfileScore
from renown.engine.vouched import VouchedFor

__all__ = ["ProfileScore", "VouchedFor"]
