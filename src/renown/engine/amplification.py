"""Reactions for each post, pulled towards what is usual: (reactions + 5 m) / (posts + 5), m being everybody's rate.

This is the mean of a Gamma-Poisson model whose prior is worth five posts, so that one lucky post makes no fame and
posting more does not pay. Where the source does not say which post was reacted to, the hours in which an account drew
reactions stand in for its posts. That is no count of posts: posts that nobody reacted to are not seen at all.
"""

from renown.engine.interactions import Floats
from renown.engine.links import Sums
from renown.engine.summary import Summary

_PRIOR_POSTS = 5.0


def amplification(log: Summary, gives: Floats) -> Floats:
    """How often a post of each account is passed on [accounts]; `gives` [accounts] (0-1) is how far actors count."""
    reactions = Sums(log.links, log.times.astype(float)) @ gives
    usual = reactions.sum() / max(1, log.posts.sum())
    return (reactions + _PRIOR_POSTS * usual) / (log.posts + _PRIOR_POSTS)
