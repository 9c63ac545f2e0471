"""Reactions for each post, pulled towards what is usual: (reactions + 5 m) / (posts + 5), m being everybody's rate.

This is the mean of a Gamma-Poisson model whose prior is worth five posts, so that one lucky post makes no fame and
posting more does not pay. Where the source does not say which post was reacted to, the hours in which an account drew
reactions stand in for its posts. That is no count of posts: posts that nobody reacted to are not seen at all.
"""

import numpy as np

from renown.engine.interactions import NO_POST, Floats, Interactions
from renown.engine.weights import HOUR, passed_on

_PRIOR_POSTS = 5.0


def amplification(events: Interactions, gives: Floats) -> Floats:
    """How often a post of each account is passed on [accounts]; `gives` [accounts] (0-1) is how far actors count."""
    carried = events.where(passed_on(events))
    reactions = np.bincount(carried.target, gives[carried.actor], events.accounts)
    posts = _posts(carried)
    usual = reactions.sum() / max(1, posts.sum())
    return (reactions + _PRIOR_POSTS * usual) / (posts + _PRIOR_POSTS)


def knows_posts(events: Interactions) -> bool:
    """Whether each event names the post that was reacted to."""
    return bool(len(events)) and bool((events.post != NO_POST).all())


def _posts(events: Interactions) -> Floats:
    """How many posts of each account are seen [accounts], or in how many hours it drew reactions."""
    post = events.post if knows_posts(events) else events.at // int(HOUR)
    if not len(events):
        return np.zeros(events.accounts)
    lowest = int(post.min())
    distinct = np.unique(events.target * (int(post.max()) - lowest + 1) + (post - lowest))
    return np.bincount(distinct // (int(post.max()) - lowest + 1), minlength=events.accounts).astype(np.float64)
