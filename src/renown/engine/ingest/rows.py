"""What is read of a source, before anything of it is checked: acts, posts, and what is no act at all."""

from dataclasses import dataclass, field
from typing import NamedTuple

_LONGEST_TOLD = 200


class Unreadable(Exception):
    """A line that is none of its form; says why."""


class Act(NamedTuple):
    """One account did something to another, as the source spells it.

    `actor` and `target` may carry a network: `twitter:PirelliUK`. `at` is seconds since 1970 or ISO 8601. Where there
    is a `text`, it is that of `post`.
    """

    line: int
    actor: str | None
    target: str | None
    kind: str | None
    at: str | None
    post: str | None = None
    via: str | None = None
    text: str | None = None


ACT = Act._fields
"""The names of its columns."""


class Post(NamedTuple):
    """A post with its text, and links written out in it."""

    line: int
    id: str
    author: str
    at: str
    text: str


class Refused(NamedTuple):
    """A line that cannot be read, why, and how it begins."""

    line: int
    reason: str
    text: str


@dataclass(slots=True)
class Rows:
    """What was read of some lines, in their order.

    `withdrawn` names posts and records (`via`) that their authors have deleted.
    """

    acts: list[Act] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.acts) + len(self.posts) + len(self.refused) + len(self.withdrawn)

    def refuse(self, line: int, reason: str, said: str | bytes) -> None:
        """Note that a line cannot be read."""
        text = said[: 4 * _LONGEST_TOLD].decode("utf-8", "backslashreplace") if isinstance(said, bytes) else said
        self.refused.append(Refused(line, reason, text[:_LONGEST_TOLD].rstrip("\r\n")))
