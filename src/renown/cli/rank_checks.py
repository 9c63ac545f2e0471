"""A ranking checked against majorities of its providers, as sentences and as JSON values.

JSON, one object a method, the keys those of the GraphQL schema: `method`, `covers`, `kendallTau`, `reason`,
`statement`; null, never zero, where a check was not made.
"""

from typing import TYPE_CHECKING, Any

from renown.cli.terminal import say

if TYPE_CHECKING:
    from renown.gateway import Ranked


def rank_checks_json(ranked: "Ranked") -> list[dict[str, Any]]:
    """Each check."""
    from renown.gateway.rank_checks import rank_checks

    return [
        {
            "method": check.method.value,
            "covers": check.covers,
            "kendallTau": None if check.tau is None else round(check.tau, 6),
            "reason": check.reason,
            "statement": check.statement,
        }
        for check in rank_checks(ranked)
    ]


def print_rank_checks(ranked: "Ranked") -> None:
    """One sentence a check."""
    from renown.gateway.rank_checks import rank_checks

    for check in rank_checks(ranked):
        say(check.statement)
