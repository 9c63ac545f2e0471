"""Bluesky's Jetstream: each line, or each message of the websocket, is one event of the network.

Likes, reposts and follows; posts, which reply, name by facets, and quote (a mention, about the quoted post). An AT-URI
carries the account it belongs to, so targets are known without asking anybody. Accounts are DIDs: handles change. The
moment is `time_us`, when the network's servers saw it: `createdAt` is written by the client, who may write what it
likes. What is deleted is withdrawn. Lists are not read: nothing tells a list of praise from one to block by.
Source: github.com/bluesky-social/jetstream; the lexicons app.bsky.feed, app.bsky.graph and app.bsky.richtext.facet.
"""

import msgspec

from renown.engine.ingest.rows import Act, Post, Rows, Unreadable

COLLECTIONS = ("app.bsky.feed.post", "app.bsky.feed.like", "app.bsky.feed.repost", "app.bsky.graph.follow")
"""What is asked for, and read; events of others are passed over."""

_KINDS = {"app.bsky.feed.like": "like", "app.bsky.feed.repost": "repost", "app.bsky.graph.follow": "follow"}
_POST = "app.bsky.feed.post"


class _Ref(msgspec.Struct):
    uri: str


class _Reply(msgspec.Struct):
    parent: _Ref


class _Feature(msgspec.Struct):
    did: str | None = None
    uri: str | None = None


class _Facet(msgspec.Struct):
    features: list[_Feature] = []


class _Embedded(msgspec.Struct):
    uri: str | None = None
    record: _Ref | None = None


class _Embed(msgspec.Struct):
    record: _Embedded | None = None
    external: _Embedded | None = None


class _Record(msgspec.Struct):
    subject: _Ref | str | None = None
    text: str = ""
    reply: _Reply | None = None
    facets: list[_Facet] | None = None
    embed: _Embed | None = None


class _Commit(msgspec.Struct):
    operation: str
    collection: str
    rkey: str
    record: msgspec.Raw = msgspec.Raw(b"")


class Event(msgspec.Struct):
    """What is read of an event. `time_us` is microseconds since 1970, and the cursor to go on from."""

    did: str
    time_us: int
    kind: str
    commit: _Commit | None = None


_decoder = msgspec.json.Decoder(_Record)


def event_acts(number: int, event: Event, rows: Rows) -> None:
    """What an event says that an account did."""
    commit = event.commit
    if commit is None or commit.collection not in COLLECTIONS:
        return
    via = f"at://{event.did}/{commit.collection}/{commit.rkey}"
    if commit.operation == "delete":
        rows.withdrawn.append(via)
        return
    if not bytes(commit.record):
        raise Unreadable("has no record")
    if commit.operation != "create":
        return
    record, at = _decoder.decode(commit.record), str(event.time_us // 1_000_000)
    if commit.collection == _POST:
        _post_acts(number, record, Post(number, via, f"bluesky:{event.did}", at, _text(record)), rows)
        return
    subject = record.subject.uri if isinstance(record.subject, _Ref) else record.subject
    if subject is None:
        raise Unreadable("has no subject")
    post = None if subject.startswith("did:") else subject
    rows.acts.append(Act(number, f"bluesky:{event.did}", _whose(subject), _KINDS[commit.collection], at, post, via))


def _post_acts(number: int, record: _Record, post: Post, rows: Rows) -> None:
    named = dict.fromkeys(
        f"bluesky:{feature.did}" for facet in record.facets or [] for feature in facet.features if feature.did
    )
    if record.reply is not None:
        target = _whose(record.reply.parent.uri)
        named.pop(target, None)
        rows.acts.append(Act(number, post.author, target, "reply", post.at, record.reply.parent.uri, post.id))
    quoted = _quoted(record)
    if quoted is not None:
        target = _whose(quoted)
        named.pop(target, None)
        rows.acts.append(Act(number, post.author, target, "mention", post.at, quoted, post.id))
    rows.acts += [Act(number, post.author, target, "mention", post.at, post.id, post.id) for target in named]
    rows.posts.append(post)


def _quoted(record: _Record) -> str | None:
    """The post that is quoted, with pictures or without; not a list or a feed that is shown."""
    shown = record.embed.record if record.embed else None
    uri = None if shown is None else (shown.record.uri if shown.record else shown.uri)
    return uri if uri and f"/{_POST}/" in uri else None


def _text(record: _Record) -> str:
    """The text, and behind it the links that it shows cut short or not at all."""
    links = [feature.uri for facet in record.facets or [] for feature in facet.features]
    links.append(record.embed.external.uri if record.embed and record.embed.external else None)
    missing = dict.fromkeys(link for link in links if link and link not in record.text)
    return " ".join([record.text, *missing])


def _whose(uri: str) -> str:
    """The account that a record, or the account itself that a DID, belongs to."""
    did = uri.removeprefix("at://").partition("/")[0]
    if not did.startswith("did:"):
        raise Unreadable("its subject is no AT-URI with a DID")
    return f"bluesky:{did}"
