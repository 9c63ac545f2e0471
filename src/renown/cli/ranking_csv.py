"""A ranking as CSV: one row a voice. A provider's column is empty where it has no score, and the next says why.

Columns: `place`, `shared`, `place_low`, `place_high`, `voice`, `name`, `network`, `handle`, `composite`,
`composite_low`, `composite_high`, `coverage`, `composite_claim`; then for each scored provider `<provider>`,
`<provider>_absent`, `<provider>_observed_at`, `<provider>_claim`, `<provider>_source`.
"""

import csv
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from renown.claims import Absence, Claim, Value
from renown.cli.ranking_lines import Line

if TYPE_CHECKING:
    from renown.gateway import Ranked

_OF_A_VOICE = (
    *("place", "shared", "place_low", "place_high", "voice", "name", "network", "handle"),
    *("composite", "composite_low", "composite_high", "coverage", "composite_claim"),
)
_OF_A_PROVIDER = ("", "_absent", "_observed_at", "_claim", "_source")


def print_ranking_csv(ranked: "Ranked", lines: Sequence[Line]) -> None:
    """The columns on the first line, then one row a voice."""
    providers = ranked.columns.providers
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow([*_OF_A_VOICE, *(f"{provider}{end}" for provider in providers for end in _OF_A_PROVIDER)])
    for line in lines:
        scores = line.scores
        writer.writerow([*_voice(line), *(cell for provider in providers for cell in _score(scores[provider]))])


def _voice(line: Line) -> tuple[Value, ...]:
    account, entry = line.record.accounts[0], line.entry
    return (
        *(line.place, str(line.shared).lower(), line.place_low, line.place_high),
        *(line.record.key, line.name, account.network, account.handle),
        *(entry.value, line.value_low, line.value_high, entry.coverage, entry.claim.id),
    )


def _score(score: Claim | Absence) -> tuple[Value, ...]:
    if not isinstance(score, Claim):
        return "", score.reason.value, "", "", ""
    p = score.provenance
    return score.value, "", p.observed_at.isoformat(), score.id, p.source
