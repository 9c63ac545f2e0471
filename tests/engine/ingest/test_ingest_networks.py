"""What accounts do on Twitter, Bluesky and Mastodon, read from their own formats."""

import json

import pytest
from ingest_samples import AT, DID, event, like, lines, mentions, post_uri, status, tweet

from renown.engine.ingest.plain_text import plain

ANN, BOB, CY = (f"bluesky:{DID.format(name)}" for name in ("ann", "bob", "cy"))


def test_a_tweet_reposts_replies_names_and_quotes(stage):
    """Whom it answers or quotes is not named besides; of a repost only the repost is the account's own act."""
    original = tweet(1, "Star", "look at t.co/x", entities=mentions("Other", links=[("t.co/x", "https://a.example/")]))
    reply = {"in_reply_to_screen_name": "star", "in_reply_to_status_id_str": "1"}
    source = stage.read(
        "tweets.ndjson",
        lines(
            tweet(2, "Fan", "RT @Star: look", retweeted_status=original, entities=mentions("Star", "Other")),
            tweet(3, "fan", "@Star yes, @Bob", entities=mentions("Star", "Bob"), **reply),
            tweet(4, "Bob", "see", quoted_status=original, entities=mentions("fan", "FAN")),
            tweet(5, "Star", "thread", in_reply_to_screen_name="Star", in_reply_to_status_id_str="1"),
            {"limit": {"track": 5}},
        ),
    )
    assert (source.form, source.refused, source.to_oneself) == ("tweets", 0, 1)
    assert stage.events() == [
        ("twitter:bob", "twitter:fan", "mention", AT, "twitter:4", "twitter:4"),
        ("twitter:bob", "twitter:star", "mention", AT, "twitter:1", "twitter:4"),
        ("twitter:fan", "twitter:bob", "mention", AT, "twitter:3", "twitter:3"),
        ("twitter:fan", "twitter:star", "repost", AT, "twitter:1", "twitter:2"),
        ("twitter:fan", "twitter:star", "reply", AT, "twitter:1", "twitter:3"),
    ]
    assert stage.posts()["twitter:1"] == ("twitter:star", "look at https://a.example/")
    assert set(stage.posts()) == {"twitter:1", "twitter:3", "twitter:4", "twitter:5"}


def test_an_extended_tweet_is_read_whole(stage):
    """Its full text, and those whom only that names."""
    extended = {"full_text": "a long tale of @Bob", "entities": mentions("Bob")}
    stage.read("tweets", lines(tweet(1, "Ann", "a long tal…", extended_tweet=extended)))
    assert stage.posts()["twitter:1"] == ("twitter:ann", "a long tale of @Bob")
    assert stage.pairs() == [("twitter:ann", "twitter:bob", "mention")]


def test_a_deleted_tweet_is_withdrawn_whenever_that_is_read(stage):
    """With its text and with what was done by it; nor does it come in later."""
    notice = {"delete": {"status": {"id_str": "2", "user_id_str": "7"}}}
    made = tweet(2, "Fan", "RT", retweeted_status=tweet(1, "Star"))
    first = stage.read("a", lines(made, tweet(3, "Ann", "@Bob", entities=mentions("Bob"))))
    second = stage.read("b", lines(notice, tweet(9, "Ann")))
    third = stage.read("c", lines(made, tweet(8, "Ann")))
    assert (first.events, second.withdrawn, third.events) == (2, 1, 0)
    assert stage.pairs() == [("twitter:ann", "twitter:bob", "mention")]


def test_jetstream_says_likes_reposts_follows_replies_names_and_quotes(stage):
    """Targets are in the addresses; the moment is the server's, for what the client writes may be anything."""
    facets = [
        {"features": [{"$type": "app.bsky.richtext.facet#mention", "did": DID.format("cy")}]},
        {"features": [{"$type": "app.bsky.richtext.facet#mention", "did": DID.format("bob")}]},
        {"features": [{"$type": "app.bsky.richtext.facet#link", "uri": "https://a.example/long/path"}]},
    ]
    parent = {"parent": {"uri": post_uri("bob"), "cid": "c"}, "root": {"uri": post_uri("cy"), "cid": "c"}}
    quoted = {"$type": "app.bsky.embed.record", "record": {"uri": post_uri("bob", "q"), "cid": "c"}}
    posted = {"text": "hello a.example/lo...", "facets": facets, "reply": parent, "createdAt": "1999-01-01T00:00:00Z"}
    source = stage.read(
        "jet",
        lines(
            like("ann", post_uri("bob")),
            event("ann", "app.bsky.feed.repost", "2", {"subject": {"uri": post_uri("bob"), "cid": "c"}}),
            event("ann", "app.bsky.graph.follow", "3", {"subject": DID.format("bob")}),
            event("ann", "app.bsky.feed.post", "4", posted),
            event("cy", "app.bsky.feed.post", "5", {"text": "so", "embed": quoted}),
            event("cy", "app.bsky.graph.listitem", "6", {"subject": DID.format("bob"), "list": "at://x/y/z"}),
            {"did": DID.format("cy"), "time_us": AT, "kind": "identity", "identity": {"handle": "cy.example"}},
        ),
    )
    assert (source.form, source.refused) == ("jetstream", 0)
    assert [found[:5] for found in stage.events()] == [
        (ANN, BOB, "repost", AT, post_uri("bob")),
        (ANN, BOB, "reply", AT, post_uri("bob")),
        (ANN, BOB, "like", AT, post_uri("bob")),
        (ANN, BOB, "follow", AT, None),
        (ANN, CY, "mention", AT, post_uri("ann", "4")),
        (CY, BOB, "mention", AT, post_uri("bob", "q")),
    ]
    assert stage.posts() == {
        post_uri("ann", "4"): (ANN, "hello a.example/lo... https://a.example/long/path"),
        post_uri("cy", "5"): (CY, "so"),
    }


def test_what_is_undone_on_bluesky_is_withdrawn(stage):
    """A like, by its record; and the record is not read again."""
    undone = event("ann", "app.bsky.feed.like", "1", None, operation="delete")
    source = stage.read("jet", lines(like("ann", post_uri("bob")), like("cy", post_uri("bob")), undone))
    assert source.withdrawn == 1
    assert stage.pairs() == [(CY, BOB, "like")]


def test_mastodon_statuses_boost_reply_and_name(stage):
    """Accounts get the instance's host; what not everybody may see is left out."""
    star = status(1, "star@far.example", '<p>Look: <a href="https://a.example/"><span>a.ex</span></a></p>')
    named = [
        {"id": "9bob", "acct": "bob", "url": "https://home.example/@bob"},
        {"id": "9cy", "acct": "cy@far.example", "url": "https://far.example/@cy"},
    ]
    source = stage.read(
        "statuses",
        lines(
            status(2, "ann", "", reblog=star),
            status(3, "ann", mentions=named, in_reply_to_id="1", in_reply_to_account_id="9bob"),
            status(4, "ann", mentions=named, visibility="direct"),
        ),
    )
    via = "https://home.example/users/ann/statuses/3"
    assert (source.form, source.refused) == ("mastodon", 0)
    ann, bob, cy = "mastodon:ann@home.example", "mastodon:bob@home.example", "mastodon:cy@far.example"
    assert stage.events() == [
        (ann, bob, "reply", AT, None, via),
        (ann, cy, "mention", AT, via, via),
        (ann, "mastodon:star@far.example", "repost", AT, star["uri"], "https://home.example/users/ann/statuses/2"),
    ]
    assert stage.posts()[star["uri"]] == ("mastodon:star@far.example", "Look: https://a.example/")


def test_an_archive_of_mastodon_boosts_replies_and_names(stage):
    """Whose post it is stands in its address; an activity that does not say it is refused."""
    me, public = "https://home.example/users/ann", ["https://www.w3.org/ns/activitystreams#Public"]

    def activity(number, kind, what, to=public):
        when = "2012-07-01T00:00:00Z"
        return {"id": f"{me}/{number}", "type": kind, "actor": me, "published": when, "to": to, "object": what}

    note = {
        "id": f"{me}/statuses/2",
        "type": "Note",
        "content": "<p>yes</p>",
        "inReplyTo": "https://far.example/@star/1",
        "tag": [
            {"type": "Mention", "href": "https://far.example/users/star", "name": "@star@far.example"},
            {"type": "Mention", "href": "https://home.example/users/bob", "name": "@bob"},
            {"type": "Hashtag", "name": "#uk"},
        ],
    }
    items = [
        activity(1, "Announce", "https://far.example/users/star/statuses/1"),
        activity(2, "Create", note),
        activity(3, "Announce", "https://odd.example/notes/9xyz"),
        activity(4, "Create", note | {"id": "secret"}, to=["https://far.example/users/star"]),
    ]
    box = json.dumps({"@context": "x", "type": "OrderedCollection", "orderedItems": items}, indent=1)
    source = stage.read("outbox.json", box)
    assert (source.form, source.finished) == ("outbox", True)
    assert stage.refused() == [(3, "does not say by its address whose post it is")]
    ann, star = "mastodon:ann@home.example", "mastodon:star@far.example"
    assert stage.events() == [
        (ann, "mastodon:bob@home.example", "mention", AT, note["id"], note["id"]),
        (ann, star, "repost", AT, "https://far.example/users/star/statuses/1", f"{me}/1"),
        (ann, star, "reply", AT, "https://far.example/@star/1", note["id"]),
    ]
    assert stage.posts() == {note["id"]: (ann, "yes")}


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("{", "is no JSON"),
        (b"\xff\xfe", "is no JSON"),
        ('{"id_str": 5}', "Expected `str | null`, got `int` - at `$.id_str`"),
        (json.dumps(tweet(1, "ann") | {"created_at": "yesterday"}), "created_at is no moment"),
        (json.dumps(tweet(1, "ann") | {"user": None}), "is no tweet: it has no user, id_str or created_at"),
        ("[" * 100_000, "Expected `object`, got `array`"),
        ('{"retweeted_status":' * 50_000, "is nested too deeply"),
        (json.dumps(tweet(1, "ann") | {"retweeted_status": {}}), "is no tweet: it has no user, id_str or created_at"),
    ],
)
def test_a_bad_line_is_told_with_what_is_wrong(stage, bad, reason):
    """And nothing of it comes in."""
    bad = bad if isinstance(bad, bytes) else bad.encode()
    stage.read("tweets", lines(tweet(7, "ann")).encode() + bad + b"\n" + lines(tweet(8, "ann")).encode())
    assert stage.refused() == [(2, reason)]
    assert set(stage.posts()) == {"twitter:7", "twitter:8"}


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<p>a<br>b</p><p>c &amp; d</p>", "a\nb\nc & d"),
        ('<a href="https://x.example/@bob" class="u">@<span>bob</span></a> hi', "@bob hi"),
        ('see <a class="x" href="https://x.example/?a=1&amp;b=2">x.example/…</a>', "see https://x.example/?a=1&b=2"),
        ('<a href="https://x.example/tags/uk" rel="tag">#<span>uk</span></a>', "#uk"),
        ("<a " * 20_000, "<a " * 20_000),
    ],
)
def test_html_becomes_plain_text(content, text):
    """Links are written out, tags and whom it names stay as they are shown."""
    assert plain(content) == text.strip()
