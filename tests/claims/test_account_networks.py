"""Accounts on the networks that are known: their pages, and what is a handle on each."""

import pytest

from renown.claims import NETWORKS, Account
from renown.errors import BadRequest

PAGES = {
    ("twitter", "PirelliUK"): "https://twitter.com/PirelliUK",
    ("twitter", "@PirelliUK"): "https://twitter.com/PirelliUK",
    ("bluesky", "bsky.app"): "https://bsky.app/profile/bsky.app",
    ("github", "octocat"): "https://github.com/octocat",
    ("github", "dependabot[bot]"): "https://github.com/dependabot%5Bbot%5D",
    ("mastodon", "@Gargron@mastodon.social"): "https://mastodon.social/@Gargron",
    ("youtube", "GoogleDevelopers"): "https://www.youtube.com/@GoogleDevelopers",
    ("youtube", "日本"): "https://www.youtube.com/@%E6%97%A5%E6%9C%AC",
}


@pytest.mark.parametrize(("given", "page"), PAGES.items())
def test_each_network_has_a_page_for_a_handle(given, page):
    """The page is the network's own, and no sign in a handle can lead elsewhere."""
    account = Account(*given)
    assert account.url == page
    assert account.key.startswith(f"{account.network}:")


def test_the_network_meant_where_none_is_named_is_twitter():
    """It is the first of those that are known."""
    assert NETWORKS[0] == "twitter"


def test_a_fediverse_handle_keeps_its_host():
    """The key holds the user and the host, in lower case, without the leading @."""
    assert Account("mastodon", "@Gargron@Mastodon.Social").key == "mastodon:gargron@mastodon.social"


@pytest.mark.parametrize(
    ("network", "handle"),
    [
        ("mastodon", "Gargron"),
        ("mastodon", "Gargron@"),
        ("mastodon", "Gargron@localhost"),
        ("mastodon", "Gargron@mastodon.social/path"),
        ("mastodon", "a@b.example@c.example"),
        ("bluesky", "pirelli"),
        ("bluesky", "did:plc:z72i7hdynmk6r22z27h6tvur"),
        ("github", "../orgs"),
        ("github", ".."),
        ("github", "octo/cat"),
    ],
)
def test_what_cannot_be_a_handle_is_refused_with_an_example(network, handle):
    """A handle of another form than the network's is a BAD_HANDLE, and the error shows one that would do."""
    with pytest.raises(BadRequest, match=f"not a handle on {network}. Give one like") as refusal:
        _ = Account(network, handle).key
    assert refusal.value.code == "BAD_HANDLE"
