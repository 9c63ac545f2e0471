"""A JSON object a line. What a line means is said by its form; here is how lines become objects."""

from collections.abc import Callable
from typing import Generic, TypeVar

import msgspec

from renown.engine.ingest.content import Lines
from renown.engine.ingest.rows import Act, Rows, Unreadable

_T = TypeVar("_T")


class JsonLines(Generic[_T]):
    """Each line is an object of one type, which `means` writes into the rows; it may raise Unreadable.

    What a line holds beyond the type's fields is not looked at.
    """

    def __init__(self, shape: type[_T], means: Callable[[int, _T, Rows], None]) -> None:
        self._decoder = msgspec.json.Decoder(shape)
        self._means = means

    def take(self, lines: Lines, rows: Rows) -> bool:
        """Read one line; False behind the last."""
        line = lines.next()
        if line is None:
            return False
        if line.strip():
            self.read(lines.number, line, rows)
        return True

    def read(self, number: int, line: bytes, rows: Rows) -> None:
        """Read a line whole, or note why it cannot be read."""
        acts, posts, withdrawn = len(rows.acts), len(rows.posts), len(rows.withdrawn)
        try:
            self._means(number, self._decoder.decode(line), rows)
        except Unreadable as why:
            rows.refuse(number, str(why), line)
        except msgspec.ValidationError as why:
            rows.refuse(number, _without_values(str(why)), line)
        except (msgspec.DecodeError, UnicodeDecodeError):
            rows.refuse(number, "is no JSON", line)
        except RecursionError:
            rows.refuse(number, "is nested too deeply", line)
        else:
            return
        del rows.acts[acts:], rows.posts[posts:], rows.withdrawn[withdrawn:]


class PlainAct(msgspec.Struct):
    """An object with the columns of the CSV."""

    actor: str
    target: str
    kind: str
    at: str | int | float
    post: str | int | None = None
    text: str | None = None


def plain_act(number: int, act: PlainAct, rows: Rows) -> None:
    """One act."""
    post = None if act.post is None else str(act.post)
    at = str(int(act.at)) if isinstance(act.at, float) else str(act.at)
    rows.acts.append(Act(number, act.actor, act.target, act.kind, at, post, None, act.text))


def _without_values(why: str) -> str:
    """Msgspec's words, which name the type and the place; never a value where it quotes one."""
    return why if "'" not in why else "is none of this form"
