"""An account's own archive from Mastodon: `outbox.json`, a collection of ActivityPub activities; public ones only.

`Announce` is a boost. `Create` makes a note, which replies to `inReplyTo` and names whom its tags of type Mention name.
A tag spells an account as it is (`@user@host`); of the author of another's post there is only the post's address, which
holds the name on Mastodon and on most that speak with it. Where it does not, the target is not known and the activity
is refused with that reason. Likes have no moment there, and are not read.
Source: docs.joinmastodon.org, spec/activitypub; W3C ActivityStreams vocabulary.
"""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

import msgspec

from renown.engine.ingest.plain_text import plain
from renown.engine.ingest.rows import Act, Post, Rows, Unreadable

_PUBLIC = {"https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"}
_AUTHOR = re.compile(r"/(?:users/|@)([\w.-]+)")


class _Tag(msgspec.Struct):
    type: str | None = None
    name: str | None = None
    href: str | None = None


class _Note(msgspec.Struct, rename="camel"):
    id: str
    content: str | None = None
    in_reply_to: str | None = None
    tag: list[_Tag] = []


class Activity(msgspec.Struct):
    """What is read of an activity."""

    id: str
    type: str
    actor: str
    published: str
    object: str | _Note
    to: list[str] | str = []
    cc: list[str] | str = []


class Outbox(msgspec.Struct, rename="camel"):
    """The collection, each activity as its bytes."""

    ordered_items: list[msgspec.Raw]


def activity_acts(number: int, activity: Activity, rows: Rows) -> None:
    """What an activity does, and its text."""
    if not _PUBLIC.intersection([*_listed(activity.to), *_listed(activity.cc)]):
        return
    author, at, note = _whose(activity.actor), activity.published, activity.object
    if activity.type == "Announce" and isinstance(note, str):
        rows.acts.append(Act(number, author, _whose(note), "repost", at, note, activity.id))
    elif activity.type == "Create" and isinstance(note, _Note):
        named = dict.fromkeys(_named(tag) for tag in note.tag if tag.type == "Mention")
        if note.in_reply_to:
            target = _whose(note.in_reply_to)
            named.pop(target, None)
            rows.acts.append(Act(number, author, target, "reply", at, note.in_reply_to, note.id))
        rows.acts += [Act(number, author, target, "mention", at, note.id, note.id) for target in named]
        rows.posts.append(Post(number, note.id, author, at, plain(note.content or "")))


def _named(tag: _Tag) -> str:
    """Its own name where that holds the host, else by its address."""
    name = (tag.name or "").removeprefix("@")
    return f"mastodon:{name}" if "@" in name else _whose(tag.href or "")


def _whose(address: str) -> str:
    try:
        parts = urlsplit(address)
        found = _AUTHOR.match(parts.path)
    except ValueError:
        parts = found = None
    if parts is None or found is None or not parts.hostname:
        raise Unreadable("does not say by its address whose post it is")
    return f"mastodon:{found[1]}@{parts.hostname}"


def _listed(addressed: Sequence[str] | str) -> Sequence[str]:
    return [addressed] if isinstance(addressed, str) else addressed
