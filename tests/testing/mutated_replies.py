"""Replies nobody recorded: recorded ones with their structure changed, and now and then no JSON at all."""

import json
from dataclasses import dataclass, replace

from hypothesis import strategies as st

from renown.testing import Recorded

# Nineteen in twenty stay JSON: garbage is refused at the door, and it is behind the door that an adapter can fail.
STRUCTURAL = [True] * 19 + [False]
MARGINAL = [None, True, False, 0, -0.0, -1, 0.5, 1, 100, 101, 1000, 1001, 10**18, 10**30, -(10**12), 1e308, 5e-324]
WORDS = [
    "",
    " ",
    "0",
    "-1",
    "1e5",
    "41.5",
    "9" * 20,
    "not a number",
    "\0",
    "a\0b",
    "\x1b[31m",
    "\u202eabc",
    "é",
    "日本",
]
WORDS += ["<b>&amp;</b>", "../admin", "a/b?c=d", "somebody_else", "x" * 300]
STATUSES = [200, 202, 204, 304, 400, 401, 403, 404, 410, 429, 500, 503, 596]
HEADERS = {
    "retry-after": ["1", "0", "-5", "9" * 30, "soon", "Fri, 01 Jan 2100 00:00:00 GMT", "Fri, 99 Foo 2100"],
    "x-mashery-error-code": ["ERR_403_DEVELOPER_INACTIVE", "ERR_403_DEVELOPER_OVER_QPS", "ERR_596_SERVICE_NOT_FOUND"],
    "x-ratelimit-remaining": ["0", "1", ""],
    "x-ratelimit-reset": ["1316386800", "2026-11-22T05:00:00.000Z", "9" * 30, "later"],
    "ratelimit-reset": ["1900000000", "-1"],
}


class Twin(str):
    """A key that equals only itself, so that an object can hold two of a name."""

    __slots__ = ()
    __hash__ = object.__hash__

    def __eq__(self, other):
        return self is other


@dataclass(frozen=True)
class Mutant:
    """A reply, and whether its body is a recorded one with its structure changed."""

    reply: Recorded
    structural: bool


def mutants(recorded, steps):
    """Recorded replies with one to four changes, or with a body that is none; status and headers may change too."""
    known = [part for one in recorded for part in parts(tree_of(one))]
    names = sorted({name for part in known if isinstance(part, dict) for name in part})
    values = st.sampled_from(MARGINAL + WORDS + names + known)
    return _mutants(recorded, steps, values, st.sampled_from([*names, "unheard_of"]))


@st.composite
def _mutants(draw, recorded, steps, values, names):
    seed = draw(st.sampled_from(recorded))
    structural = draw(st.sampled_from(STRUCTURAL))
    body = draw(structures(seed, values, names) if structural else garbage(seed))
    status = draw(st.sampled_from([seed.status] * 8 + STATUSES))
    name = draw(st.sampled_from([None] * 4 + sorted(HEADERS)))
    more = {} if name is None else {name: draw(st.sampled_from(HEADERS[name]))}
    step = seed.step or draw(st.sampled_from(steps))
    return Mutant(replace(seed, step=step, body=body, status=status, headers={**seed.headers, **more}), structural)


@st.composite
def structures(draw, seed, values, names):
    """A recorded body after one to four changes of its structure: JSON still."""
    tree = tree_of(seed)
    for _ in range(draw(st.integers(1, 4))):
        top = [tree]
        container, key = draw(st.sampled_from(list(places(top))))
        changed = draw(st.sampled_from(CHANGES))(container, key, draw(values), draw(names))
        top = put(top, container, changed)
        tree = top[0] if len(top) == 1 else top
    return json.dumps(tree).encode()


def garbage(seed):
    """Bytes that are not JSON, or hardly."""
    cut = st.integers(0, len(seed.body)).map(lambda end: seed.body[:end])
    pages = st.sampled_from([b"<html><h1>Developer Over Rate</h1></html>", b"\xff\xfe{}", b"NaN", b"[" * 99, b"{}x"])
    return st.one_of(st.binary(max_size=60), cut, pages)


def tree_of(recorded):
    """The JSON of a recorded body; an empty object where it has none."""
    try:
        return json.loads(recorded.body)
    except ValueError:
        return {}


def parts(tree):
    """A tree and everything in it."""
    yield tree
    for child in children(tree):
        yield from parts(child)


def children(tree):
    """What stands directly in a container; nothing in a leaf."""
    if isinstance(tree, dict):
        return list(tree.values())
    return tree if isinstance(tree, list) else []


def places(container):
    """Every place in a container, however deep: the container that it is in, and its key or index there."""
    for key in list(container) if isinstance(container, dict) else range(len(container)):
        yield container, key
        if isinstance(container[key], dict | list):
            yield from places(container[key])


def put(tree, old, new):
    """The tree with one container, known by identity, in the place of another."""
    if tree is old:
        return new
    if isinstance(tree, dict):
        return {key: put(child, old, new) for key, child in tree.items()}
    return [put(child, old, new) for child in tree] if isinstance(tree, list) else tree


def _delete(container, key, _value, _name):
    if isinstance(container, dict):
        return {other: child for other, child in container.items() if other is not key}
    return container[:key] + container[key + 1 :]


def _duplicate(container, key, value, _name):
    if isinstance(container, dict):
        return {**container, Twin(key): value}
    return [*container, container[key]]


def _rename(container, key, _value, name):
    if isinstance(container, dict):
        return {name if other is key else other: child for other, child in container.items()}
    return container[::-1]


def _set(container, key, value):
    if isinstance(container, dict):
        return {other: value if other is key else child for other, child in container.items()}
    return [value if place == key else child for place, child in enumerate(container)]


def _replace(container, key, value, _name):
    return _set(container, key, value)


def _nest(container, key, value, name):
    return _set(container, key, {name: container[key]} if value is None else [container[key], value])


def _swap_type(container, key, _value, _name):
    old = container[key]
    if isinstance(old, str):
        return _set(container, key, len(old))
    if isinstance(old, dict):
        return _set(container, key, list(old.values()))
    return _set(container, key, dict.fromkeys(map(str, range(len(old))), 1) if isinstance(old, list) else str(old))


CHANGES = [_delete, _duplicate, _rename, _replace, _replace, _nest, _swap_type]
