"""The servers that tests run on are the real ones."""

import redis


def test_valkey_answers(valkey_url):
    """What is written to the cache server is read back, and it listens on this machine only."""
    assert valkey_url.startswith("redis://")
    with redis.Redis.from_url(valkey_url) as client:
        client.set("renown-test-servers", "here", ex=60)
        assert client.get("renown-test-servers") == b"here"
