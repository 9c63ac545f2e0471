"""Who influences a voice and whom it influences, in a line each: those of the directory, with their sources."""

from itertools import count
from typing import TYPE_CHECKING

from renown.claims import Claim, Relation
from renown.cli.terminal import printable, say
from renown.cli.voice_record import VoiceSheet

if TYPE_CHECKING:
    from renown.gateway.links import Linked

_SAID = {Relation.INFLUENCER: "Influenced by", Relation.INFLUENCEE: "Influences"}


def graph_claims(sheet: VoiceSheet) -> list[Claim]:
    """What says so, in the order in which `print_graph` numbers it."""
    return [claim for linked in sheet.graph.values() for each in linked for claim in each.claims]


def print_graph(sheet: VoiceSheet, first: int) -> None:
    """A line for each relation in which there is anybody; its claims are numbered from `first` on."""
    numbers = count(first)

    def named(linked: "Linked") -> str:
        sources = "".join(f"[{next(numbers)}]" for _ in linked.claims)
        return f"@{printable(linked.account.handle)} {sources}"

    for relation, linked in sheet.graph.items():
        if linked:
            say(f"{_SAID[relation]}: {', '.join(named(each) for each in linked)}")
