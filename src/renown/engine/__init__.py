"""What Renown computes itself: the profile score from public counts, and a score of vouches."""

from renown.engine.profile import ProfileScore
from renown.engine.vouched import VouchedFor

__all__ = ["ProfileScore", "VouchedFor"]
