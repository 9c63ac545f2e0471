"""Lines as they come from each network, made up."""

import json

AT = 1_341_100_800  # 1 July 2012, midnight UTC
DID = "did:plc:{:x<24}"


def tweet(number, user, text="hello", **more):
    """A tweet of API 1.1."""
    made = {
        "id_str": str(number),
        "created_at": "Sun Jul 01 00:00:00 +0000 2012",
        "user": {"screen_name": user, "followers_count": 5},
        "text": text,
        "entities": {"user_mentions": [], "urls": []},
        "lang": "en",
    }
    return made | more


def mentions(*names, links=()):
    """What is marked in a tweet."""
    urls = [{"url": short, "expanded_url": whole} for short, whole in links]
    return {"user_mentions": [{"screen_name": name} for name in names], "urls": urls}


def event(who, collection, rkey, record, operation="create", *, time_us=AT * 1_000_000):
    """An event of Jetstream."""
    commit = {"rev": "3l", "operation": operation, "collection": collection, "rkey": rkey, "cid": "bafy"}
    if record is not None:
        commit["record"] = {"$type": collection, "createdAt": "2012-07-01T00:00:00Z"} | record
    return {"did": DID.format(who), "time_us": time_us, "kind": "commit", "commit": commit}


def like(who, post, rkey="1", **more):
    """A like of a post."""
    return event(who, "app.bsky.feed.like", rkey, {"subject": {"uri": post, "cid": "bafy"}}, **more)


def post_uri(who, rkey="p"):
    """The address of a post on Bluesky."""
    return f"at://{DID.format(who)}/app.bsky.feed.post/{rkey}"


def status(number, acct, content="<p>hello</p>", **more):
    """A status of the Mastodon API."""
    user, _, host = acct.partition("@")
    host = host or "home.example"
    return {
        "id": str(number),
        "uri": f"https://{host}/users/{user}/statuses/{number}",
        "created_at": "2012-07-01T00:00:00.000Z",
        "account": {"id": f"9{user}", "acct": acct, "url": f"https://{host}/@{user}"},
        "content": content,
        "visibility": "public",
        "reblog": None,
        "mentions": [],
    } | more


def lines(*objects):
    """NDJSON."""
    return "".join(json.dumps(each) + "\n" for each in objects)
