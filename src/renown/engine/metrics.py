"""What the provider `renown` says of an account. Only `score`, `low` and `high` can come of a profile alone."""

from renown.claims import Metric, Scale

PROVIDER = "renown"

_POINTS, _AMOUNT, _SHARE = Scale(0, 100), Scale(0, None), Scale(0, 1)
_SCORE = (
    "How large the audience is that reacts to the account. Where no interactions are known, how influential people"
    " would judge its followers and listings; weights fitted to people's judgements of 2013."
)
_DECLARED = (
    ("score", "Score", _POINTS, _SCORE),
    ("low", "Low end", _POINTS, "The low end of the score's 90 % range."),
    ("high", "High end", _POINTS, "The high end of the score's 90 % range."),
    ("momentum", "Momentum", _POINTS, "The same by these hours: four hours halve what a reaction counts."),
    ("reach", "Reach", _AMOUNT, "How many different accounts reacted, each at most once, as far as they are believed."),
    ("amplification", "Amplification", _AMOUNT, "Reactions a post, drawn to everybody's mean where there are few."),
    (
        "network_impact",
        "Network impact",
        _AMOUNT,
        "The trust that has reached the account, in what a seed starts with.",
    ),
    (
        "automation",
        "Automation",
        _SHARE,
        "How likely a machine runs the account, by the rhythm of its acts. No verdict.",
    ),
    ("interactions", "Interactions", _AMOUNT, "How many interactions with the account were counted, believed or not."),
    ("voices", "Voices", _AMOUNT, "How many different accounts these came from."),
    ("window_days", "Window", _AMOUNT, "Days from the first interaction that the engine knows of to when it scored."),
    ("quiet_days", "Quiet", _AMOUNT, "Days from the last interaction with the account to when the engine scored."),
)
METRICS = tuple(Metric(PROVIDER, slug, name, scale, meaning) for slug, name, scale, meaning in _DECLARED)
