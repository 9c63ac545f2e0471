"""Two to five voices side by side."""

from collections.abc import Hashable

import strawberry

from renown.api.composites import Unranked
from renown.api.describe import object_type, plain
from renown.api.rankings import RankingEntry
from renown.api.voices import Voice
from renown.gateway.comparing import Compared


@object_type
class PairOdds:
    """How surely one voice is above another."""

    first: Voice = plain("The one placed no lower.")
    second: Voice = plain("The other.")
    odds: float = plain("The share of the draws in which the first is above, ties counted half; 0-1.")
    too_close_to_call: bool = plain("Whether the odds are under 75 %, so that the two are not to be ordered.")


@object_type
class Comparison:
    """Two to five voices side by side."""

    compared: strawberry.Private[Compared]
    entries: list[RankingEntry] = plain("Those with a composite, best first.")
    unranked: list[Unranked] = plain("Those without one, and why.")
    pairs: list[PairOdds] = plain("Every pair of those with a composite.")
    verdict: str = plain("What can be said, in sentences.")

    @property
    def kept_by(self) -> Hashable:
        """What tells its rendering from others: the entries as they were made, and who was compared."""
        entries, records = self.compared.entries, self.compared.records.values()
        return (entries[0].stretch.serial, *(record.serial for record in records)) if entries else None


def comparison(compared: Compared) -> Comparison:
    """A comparison as the schema shows it."""
    voices = {key: Voice(record=record) for key, record in compared.records.items()}
    return Comparison(
        compared=compared,
        entries=[RankingEntry(blended=each) for each in compared.entries],
        unranked=[
            Unranked(reason=absence.reason, message=absence.message, record=record)
            for record, absence in compared.unranked
        ],
        pairs=[
            PairOdds(
                first=voices[pair.first],
                second=voices[pair.second],
                odds=pair.odds,
                too_close_to_call=pair.too_close,
            )
            for pair in compared.pairs
        ],
        verdict=compared.verdict,
    )
