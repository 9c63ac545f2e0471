"""Mastodon statuses as the API gives them, one an object: boosts, replies, mentions and texts; public ones only.

A status is called by its `uri`, which is the same on every instance. An instance spells its own accounts without their
host; their page tells it. Whom a reply is to is found among its mentions; what it replies to is known by the instance's
own number only, so a reply names no post. Favourites and quotations are not to be had from statuses.
Source: docs.joinmastodon.org, entities/Status and entities/Account.
"""

from urllib.parse import urlsplit

import msgspec

from renown.engine.ingest.plain_text import plain
from renown.engine.ingest.rows import Act, Post, Rows, Unreadable

PUBLIC = frozenset({"public", "unlisted"})
"""Who else may see a status than those it is meant for: everybody."""


class _Account(msgspec.Struct):
    acct: str
    id: str = ""
    url: str | None = None


class Status(msgspec.Struct):
    """What is read of a status."""

    id: str
    uri: str
    created_at: str
    account: _Account
    content: str = ""
    visibility: str = "public"
    reblog: "Status | None" = None
    in_reply_to_account_id: str | None = None
    mentions: list[_Account] = []


def status_acts(number: int, status: Status, rows: Rows) -> None:
    """What a status does, and its text."""
    if status.visibility not in PUBLIC:
        return
    author, at, via = _address(status.account), status.created_at, status.uri
    if status.reblog is not None:
        boosted = status.reblog
        rows.acts.append(Act(number, author, _address(boosted.account), "repost", at, boosted.uri, via))
        rows.posts.append(_post(number, boosted))
        return
    asked = status.in_reply_to_account_id
    for named in status.mentions:
        answered = asked is not None and named.id == asked
        kind, post = ("reply", None) if answered else ("mention", via)
        rows.acts.append(Act(number, author, _address(named), kind, at, post, via))
    rows.posts.append(_post(number, status))


def _post(number: int, status: Status) -> Post:
    return Post(number, status.uri, _address(status.account), status.created_at, plain(status.content))


def _address(account: _Account) -> str:
    """`mastodon:user@host`."""
    if "@" in account.acct:
        return f"mastodon:{account.acct}"
    try:
        host = urlsplit(account.url or "").hostname
    except ValueError:
        host = None
    if not host:
        raise Unreadable("has an account without a host")
    return f"mastodon:{account.acct}@{host}"
