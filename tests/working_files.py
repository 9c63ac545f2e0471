"""A working file for tests, written into directly: a few fans of a few voices, and what these voices post."""

from pathlib import Path

from renown.engine.interactions import Kind
from renown.engine.working_file import WorkingFile

HOUR, DAY = 3600, 86_400
START = 1_341_100_800  # 1 July 2012, midnight UTC
UNTIL = START + 14 * DAY


def event(actor, target, at, kind=Kind.REPOST, post=None):
    """An event between two accounts on Twitter, so many seconds after the start."""
    return f"twitter:{actor}", f"twitter:{target}", kind.value, START + at, post


def post(id_, author, text, at=0):
    """A post of an account on Twitter, so many seconds after the start."""
    return id_, f"twitter:{author}", None if at is None else START + at, text


def write(path: Path, events=(), posts=()):
    """Put events and posts into a working file, which is made where there is none."""
    with WorkingFile.open(path) as file:
        for row in events:
            file.connection.execute(
                'INSERT INTO event (actor, target, kind, "at", post, key) VALUES (?, ?, ?, ?, ?, hash(?))',
                [*row, repr(row)],
            )
        for row in posts:
            file.connection.execute("INSERT INTO post VALUES (?, ?, ?, ?, hash(?))", [*row, repr(row)])
    return path


def small_world(path: Path, days=14):
    """Two weeks in which 40 fans pass on what PirelliUK posts on tyres, 12 answer a friend, and one looks on."""
    events = [
        event(f"fan{at % 40}", "pirelliuk", (at * 5 * HOUR) % (days * DAY), post=f"tyres{at % 8}") for at in range(160)
    ]
    events += [event(f"fan{at % 12}", "friend", (at * 7 * HOUR) % (days * DAY), Kind.REPLY) for at in range(60)]
    events += [event("pirelliuk", "onlooker", 3 * DAY, Kind.FOLLOW)]
    posts = [post(f"tyres{at}", "pirelliuk", f"Winter tyres, part {at}", at * DAY) for at in range(8)]
    posts += [post(f"other{at}", "pirelliuk", "Good morning", at * DAY) for at in range(8)]
    return write(path, events, posts)
