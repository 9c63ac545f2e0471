"""What a log knows of at all: on that it depends what counts in it."""

from dataclasses import dataclass
from typing import Any

from renown.engine.interactions import NO_POST, Interactions, Kind


@dataclass(frozen=True, slots=True)
class Shape:
    """How many `events` there are, when the `first` of them was (seconds since 1970), and what is known of any of them.

    `reposts`, `reactions`: whether any event is one. `posts`: whether of each event that carries a voice further it is
    known which post it was about.
    """

    events: int
    first: float
    reposts: bool
    reactions: bool
    posts: bool

    def carries(self, kind: Any) -> Any:
        """Which kinds carry a voice further: reposts; where a log knows none, all reactions stand in.

        Takes and gives a column: of numpy, or of a table.
        """
        return kind == int(Kind.REPOST) if self.reposts else self.reacts(kind)

    def reacts(self, kind: Any) -> Any:
        """Which kinds make an audience: all but follows, unless a log knows nothing else.

        To follow is no reaction: how many follow says little of how many pass on (Cha et al., ICWSM 2010), and
        followers are for sale. What trust reaches, it reaches over follows too.
        """
        return kind != int(Kind.FOLLOW) if self.reactions else kind == int(Kind.FOLLOW)

    def half(self, until: float) -> float:
        """Where the older half of the log's time ends."""
        return (self.first + until) / 2


def shape_of(events: Interactions) -> Shape:
    """The shape of a log in memory."""
    if not len(events):
        return Shape(0, 0.0, reposts=False, reactions=False, posts=False)
    reposts = bool((events.kind == Kind.REPOST).any())
    reactions = bool((events.kind != Kind.FOLLOW).any())
    shape = Shape(len(events), float(events.at.min()), reposts, reactions, posts=False)
    known = bool((events.post[shape.carries(events.kind)] != NO_POST).all())
    return Shape(shape.events, shape.first, reposts, reactions, known)
