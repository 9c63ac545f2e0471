"""Tweets as Twitter's API 1.1 and its streams gave them, one a line.

A tweet is a repost of `retweeted_status`, or else a reply to `in_reply_to_*`, names `entities.user_mentions`, and
quotes `quoted_status` (a mention, about the quoted tweet). Whom a reply or a quotation is to is not counted as named
besides. What an account does in a tweet that it reposts is not its own: only the repost is. `delete` notices withdraw a
tweet; other notices (`limit`, `warning`) are passed over.
Source: developer.twitter.com, the tweet object of API 1.1, extended tweets, and streaming message types.
"""

from datetime import datetime
from functools import lru_cache
from typing import Any

import msgspec

from renown.engine.ingest.rows import Act, Post, Rows, Unreadable


class _User(msgspec.Struct):
    screen_name: str


class _Link(msgspec.Struct):
    url: str = ""
    expanded_url: str | None = None


class _Entities(msgspec.Struct):
    user_mentions: list[_User] = []
    urls: list[_Link] = []


class _Extended(msgspec.Struct):
    full_text: str
    entities: _Entities = msgspec.field(default_factory=_Entities)


class _Deleted(msgspec.Struct):
    id_str: str


class _Delete(msgspec.Struct):
    status: _Deleted | None = None


class Tweet(msgspec.Struct):
    """What is read of a tweet, or of a notice that is none."""

    id_str: str | None = None
    created_at: str | None = None
    user: _User | None = None
    text: str | None = None
    full_text: str | None = None
    extended_tweet: _Extended | None = None
    entities: _Entities = msgspec.field(default_factory=_Entities)
    in_reply_to_screen_name: str | None = None
    in_reply_to_status_id_str: str | None = None
    retweeted_status: "Tweet | None" = None
    quoted_status: "Tweet | None" = None
    delete: _Delete | None = None
    limit: dict[str, Any] | None = None
    warning: dict[str, Any] | None = None


def tweet_acts(number: int, tweet: Tweet, rows: Rows) -> None:
    """What a tweet does, and the texts in it."""
    if tweet.user is None and (tweet.delete or tweet.limit or tweet.warning):
        if tweet.delete and tweet.delete.status:
            rows.withdrawn.append(_post(tweet.delete.status.id_str))
        return
    author, at, via = _by(tweet)
    reposted, quoted = tweet.retweeted_status, tweet.quoted_status
    if reposted is not None:
        whose, _, post = _by(reposted)
        rows.acts.append(Act(number, author, whose, "repost", at, post, via))
        rows.posts.append(_text(number, reposted))
        return
    named = {user.screen_name.casefold(): user.screen_name for user in _whole(tweet)[1].user_mentions}
    if tweet.in_reply_to_screen_name:
        named.pop(tweet.in_reply_to_screen_name.casefold(), None)
        about = tweet.in_reply_to_status_id_str
        post = _post(about) if about else None
        rows.acts.append(Act(number, author, f"twitter:{tweet.in_reply_to_screen_name}", "reply", at, post, via))
    if quoted is not None and quoted.user is not None:
        named.pop(quoted.user.screen_name.casefold(), None)
        rows.acts.append(Act(number, author, f"twitter:{quoted.user.screen_name}", "mention", at, _by(quoted)[2], via))
        rows.posts.append(_text(number, quoted))
    rows.acts += [Act(number, author, f"twitter:{name}", "mention", at, via, via) for name in named.values()]
    rows.posts.append(_text(number, tweet))


def _by(tweet: Tweet) -> tuple[str, str, str]:
    """Who wrote it, when, and what it is called."""
    if tweet.user is None or tweet.id_str is None or tweet.created_at is None:
        raise Unreadable("is no tweet: it has no user, id_str or created_at")
    return f"twitter:{tweet.user.screen_name}", _moment(tweet.created_at), _post(tweet.id_str)


@lru_cache(maxsize=10_000)
def _moment(created_at: str) -> str:
    try:
        return str(int(datetime.strptime(created_at, "%a %b %d %H:%M:%S %z %Y").timestamp()))
    except (ValueError, OverflowError):
        raise Unreadable("created_at is no moment") from None


def _post(number: str) -> str:
    return f"twitter:{number}"


def _whole(tweet: Tweet) -> tuple[str, _Entities]:
    """The text without its cut, and what is marked in it."""
    if tweet.extended_tweet is not None:
        return tweet.extended_tweet.full_text, tweet.extended_tweet.entities
    return tweet.full_text or tweet.text or "", tweet.entities


def _text(number: int, tweet: Tweet) -> Post:
    author, at, name = _by(tweet)
    text, entities = _whole(tweet)
    for link in entities.urls:
        if link.url and link.expanded_url:
            text = text.replace(link.url, link.expanded_url)
    return Post(number, name, author, at, text)
