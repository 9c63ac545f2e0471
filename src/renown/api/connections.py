"""What every Relay connection shares, and every node."""

from typing import Protocol

import strawberry

from renown.api.describe import interface_type, object_type, plain, resolver
from renown.claims import Claim


@object_type
class PageInfo:
    """Where a page stands in its connection."""

    has_next_page: bool = plain("Whether there is more after this page.")
    has_previous_page: bool = plain("Whether there is something before this page.")
    start_cursor: str | None = plain("The cursor of the first entry; null on an empty page.")
    end_cursor: str | None = plain("The cursor of the last entry, for `after`; null on an empty page.")


@interface_type
class Node:
    """Anything that has an id by which `node` finds it again."""

    @resolver
    def id(self) -> strawberry.ID:
        """An opaque id, unique in this gateway."""
        raise NotImplementedError


class Claimed(Protocol):
    """What all that is sourced has: a claim that is held, or made when it is looked at."""

    @property
    def claim(self) -> Claim:
        """The claim."""
        ...


def page_info(cursors: list[str], *, before: bool, more: bool) -> PageInfo:
    """The page info of a page with these cursors."""
    return PageInfo(
        has_next_page=more,
        has_previous_page=before,
        start_cursor=cursors[0] if cursors else None,
        end_cursor=cursors[-1] if cursors else None,
    )
