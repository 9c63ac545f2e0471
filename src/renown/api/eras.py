"""When a provider changed its method, or seemed to."""

from datetime import datetime

from renown.api.describe import enum_type, object_type, plain
from renown.gateway import eras
from renown.gateway.eras import EraState

enum_type(
    EraState,
    SUSPECTED="People who were read again moved together: new values are held until enough have been read again.",
    UNDECIDED="All moved alike, which may be a change of method or of the people: values are used as they are.",
    OPEN="The method changed: values since then are brought back to the earlier scale.",
    DISMISSED="The suspicion was wrong.",
)


@object_type
class Era:
    """A span of a provider's values that are, may be or were thought to be by a method of their own."""

    number: int = plain("Counts the provider's suspected changes of method from 1; before the first is era 0.")
    state: EraState = plain("What is known of it.")
    began_at: datetime = plain("From when on the provider's values are of this era: the first value of another kind.")
    opened_at: datetime | None = plain("When enough had been measured to use its values; null unless it is OPEN.")
    pairs: int = plain("How many voices had been read on both sides of the change when this was decided.")
    statement: str = plain("What happened, in sentences for people.")


def era_of(era: eras.Era) -> Era:
    """An era as the schema shows it."""
    return Era(
        number=era.number,
        state=era.state,
        began_at=era.began_at,
        opened_at=era.opened_at,
        pairs=era.pairs,
        statement=era.statement,
    )
