"""One voice as CSV: one row a claim; where a provider has no score, a row without a value says why.

Columns: `subject`, `field`, `value`, `absent`, `kind`, `provider`, `source`, `adapter`, `observed_at`, `freshness`,
`digest`, `claim`. The composite's row has the field `composite`.
"""

import csv
import sys
from datetime import datetime

from renown.claims import Absence, Claim, Value
from renown.cli.voice_graph import graph_claims
from renown.cli.voice_record import VoiceSheet

_COLUMNS = (
    *("subject", "field", "value", "absent", "kind", "provider", "source", "adapter"),
    *("observed_at", "freshness", "digest", "claim"),
)


def print_sheet_csv(sheet: VoiceSheet, now: datetime) -> None:
    """The columns on the first line, then profile, vouches, scores, who influences whom, and composite."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(_claim(claim, now) for claim in sheet.profile)
    writer.writerows(_claim(claim, now) for claim in sheet.vouches)
    for part in sheet.providers:
        if part.score is not None:
            writer.writerow(_row(part.score, part.field, now))
        writer.writerows(_claim(claim, now) for claim in part.components)
    writer.writerows(_claim(claim, now) for claim in graph_claims(sheet))
    composite = sheet.composite
    writer.writerow(_row(composite if isinstance(composite, Absence) else composite.claim, "composite", now))


def _row(found: Claim | Absence, field: str, now: datetime) -> tuple[Value, ...]:
    if isinstance(found, Claim):
        return _claim(found, now)
    blank = ("",) * (len(_COLUMNS) - 7)
    return found.subject, field, "", found.reason.value, "", found.provider, found.message, *blank


def _claim(claim: Claim, now: datetime) -> tuple[Value, ...]:
    p = claim.provenance
    return (
        *(claim.subject, claim.field, claim.value, "", p.kind.value, p.provider or "", p.source, p.adapter),
        *(p.observed_at.isoformat(), p.freshness_at(now).value, p.digest or "", claim.id),
    )
