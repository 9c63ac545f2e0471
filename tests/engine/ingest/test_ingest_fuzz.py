"""Whatever a line holds, the ingest goes on: 10,000 lines, broken in all ways that a seeded hand finds."""

import json
import random

import pytest
from ingest_samples import DID, event, like, lines, mentions, post_uri, status, tweet

from renown.engine.ingest.content import LONGEST_LINE
from renown.engine.ingest.forms import Form

_LINES = 10_000
_CONSTANTS = [
    None,
    True,
    -1,
    2**70,
    1e308,
    "",
    "\x00",
    "🙂" * 50,
    [],
    {},
    [[]],
    "did:",
    "at://",
    "@",
    "'); DROP TABLE event; --",
]


def _tweet():
    quoted = tweet(2, "star", "t.co/x", entities=mentions("other", links=[("t.co/x", "https://a.example")]))
    return tweet(3, "fan", quoted_status=quoted, in_reply_to_screen_name="star", entities=mentions("bob"))


def _jet():
    facets = [{"features": [{"did": DID.format("cy")}, {"uri": "https://a.example"}]}]
    post = {"text": "hi", "facets": facets, "reply": {"parent": {"uri": post_uri("bob")}}}
    return event("ann", "app.bsky.feed.post", "4", post)


REAL = {
    Form.TWEETS: _tweet,
    Form.JETSTREAM: _jet,
    Form.MASTODON: lambda: status(3, "ann", reblog=status(1, "star@far.example")),
    Form.NDJSON: lambda: {"actor": "a", "target": "b", "kind": "like", "at": 1, "post": "p", "text": "hello"},
}
GOOD = {
    Form.TWEETS: tweet(99, "last", "@end", entities=mentions("end")),
    Form.JETSTREAM: like("last", post_uri("end")),
    Form.MASTODON: status(99, "last", reblog=status(98, "end")),
    Form.NDJSON: {"actor": "last", "target": "end", "kind": "like", "at": 9},
}


def _places(tree, path=()):
    """Where the values of a tree stand."""
    for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from _places(value, (*path, key))


def _misshaped(tree, chance):
    """One value of a tree is replaced or goes."""
    place = chance.choice(list(_places(tree)))
    within = tree
    for key in place[:-1]:
        within = within[key]
    if chance.random() < 0.3:
        del within[place[-1]]
    else:
        within[place[-1]] = chance.choice(_CONSTANTS)
    return tree


def _mangled(line, chance):
    """Bytes of a line are changed, cut, doubled, or follow one another in no order."""
    line = bytearray(line)
    for _ in range(chance.randrange(1, 4)):
        at, to = sorted(chance.randrange(len(line) + 1) for _ in range(2))
        way = chance.randrange(5)
        if way == 0:
            line[at:to] = b""
        elif way == 1:
            line[at:at] = chance.randbytes(chance.randrange(20))
        elif way == 2:
            line[at:at] = line[at:to]
        elif way == 3:
            line[at:to] = bytes(reversed(line[at:to]))
        else:
            line[at:at] = chance.choice(
                [b'"', b",", b"\\", b"{" * 500, b"[" * 5000, b"\xff\xfe", b"\x00", b"\r", b"9" * 400]
            )
    return bytes(line).replace(b"\n", b" ")


def _json_lines(form, count, seed):
    chance = random.Random(seed)  # noqa: S311 - the same each time
    for _ in range(count):
        tree = REAL[form]()
        for _ in range(chance.randrange(3)):
            tree = _misshaped(tree, chance)
        line = json.dumps(tree, ensure_ascii=chance.random() < 0.5).encode()
        yield line if chance.random() < 0.5 else _mangled(line, chance)


def _plain_lines(line, count, seed):
    chance = random.Random(seed)  # noqa: S311 - the same each time
    for _ in range(count):
        yield _mangled(line, chance)


@pytest.mark.parametrize("form", REAL)
def test_no_garbage_stops_lines_of_json(stage, form):
    """Every line is gone through, and the last one, which is good, has come in."""
    count = _LINES // 5
    garbage = b"\n".join(_json_lines(form, count, seed=7))
    source = stage.read("garbage", lines(GOOD[form]).encode() + garbage + b"\n" + lines(GOOD[form]).encode(), form)
    assert source.finished
    assert source.line == count + 2
    assert 0 < source.refused < count
    assert any("end" in target for _, target, _ in stage.pairs())


@pytest.mark.parametrize(
    ("form", "line", "head"),
    [
        (Form.CSV, b'fan1,"sta,r",like,2012-07-01T00:00:00Z,p1,"say ""hi"""', b"actor,target,kind,at,post,text\n"),
        (Form.HIGGS, b"376989 50329 1341101181 RT", b""),
    ],
)
def test_no_garbage_stops_plain_lines(stage, form, line, head):
    """Nor those."""
    count = _LINES // 5
    good = b"last,end,like,9,,\n" if head else b"last end 9 like\n"
    garbage = b"\n".join(_plain_lines(line, count, seed=11)).replace(b"last", b"")
    source = stage.read("garbage", head + garbage + b"\n" + good, form)
    assert source.finished
    assert source.line == count + 1 + bool(head)
    assert source.refused > count // 10
    assert ("twitter:last", "twitter:end", "like") in stage.pairs()


def test_no_bytes_stop_an_ingest(stage):
    """No lines at all, and lines without an end."""
    chance = random.Random(5)  # noqa: S311 - the same each time
    for form in (*REAL, Form.CSV, Form.HIGGS):
        head = b"actor,target,kind,at\n" if form is Form.CSV else b""
        source = stage.read(f"noise of {form}", head + chance.randbytes(200_000) + b"{" * LONGEST_LINE, form)
        assert source.finished
        assert source.events == 0
        assert source.refused
