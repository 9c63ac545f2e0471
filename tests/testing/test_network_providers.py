"""The living networks pass the suite that a third party's provider must pass.

Bodies have the documented shape; names and figures are made up. `more_replies` are further ones, which the suite does
not play: `test_any_reply.py` bends them too.
"""

from recording import saying

from renown.claims import Account
from renown.providers.bluesky import Bluesky
from renown.providers.github import GitHub
from renown.providers.mastodon import Mastodon
from renown.providers.youtube import YouTube
from renown.testing import ProviderContract, Recorded


def bluesky_profile(handle="pirelli.example", **said):
    """A profile as Bluesky's public AppView gives it."""
    given = {"did": "did:plc:z72i7hdynmk6r22z27h6tvur", "handle": handle, "displayName": "Pirelli", "labels": []}
    return given | {"followersCount": 1200, "followsCount": 30, "postsCount": 450, "description": "Tyres"} | said


class TestBluesky(ProviderContract):
    """One account by one call, several by another."""

    account = Account("bluesky", "pirelli.example")
    replies = (
        saying("profile", **bluesky_profile()),
        saying("profiles", profiles=[bluesky_profile()]),
    )
    values = {"followers": 1200, "following": 30, "posts": 450, "name": "Pirelli", "description": "Tyres"}
    unknown = saying("", 400, error="InvalidRequest", message="Profile not found")
    other_person = saying("profile", **bluesky_profile("conti.example"))
    more_replies = (
        unknown,
        saying("profile", 400, error="AccountTakedown", message="Account has been suspended"),
        saying("profile", **bluesky_profile(labels=[{"val": "!no-unauthenticated", "src": "did:plc:x"}])),
        saying("profiles", profiles=[bluesky_profile("conti.example")]),
        saying("profiles", profiles=[]),
    )

    def make(self, settings):
        """As it is registered."""
        return Bluesky(settings)


def mastodon_account(acct="pirelli@social.example", **said):
    """An account as an instance gives it."""
    given = {"id": "109302500000000001", "acct": acct, "url": "https://social.example/@pirelli", "bot": False}
    words = {"display_name": "Pirelli", "note": "<p>Tyres &amp; more<br>since 1872</p>", "noindex": False}
    counts = {"followers_count": 1200, "following_count": 30, "statuses_count": 450}
    return saying("lookup", **(given | words | counts | {"discoverable": True} | said))


class TestMastodon(ProviderContract):
    """An account looked up on one instance."""

    account = Account("mastodon", "pirelli@social.example")
    replies = (mastodon_account(),)
    values = {"followers": 1200, "name": "Pirelli", "description": "Tyres & more\nsince 1872"}
    unknown = saying("", 404, error="Record not found")
    other_person = mastodon_account("conti@social.example")
    more_replies = (
        unknown,
        mastodon_account("pirelli", bot=True),
        mastodon_account("pirelli", url="https://[social.example/@pirelli"),
        mastodon_account(noindex=True),
        mastodon_account(note=None),
        mastodon_account(id=None),
    )

    def make(self, settings):
        """As it is registered."""
        return Mastodon(settings)


def github_user(login="pirelli", **said):
    """A user as GitHub gives it."""
    given = {"login": login, "id": 583231, "type": "Organization", "name": "Pirelli", "location": "Milan"}
    return saying("user", **(given | {"bio": None, "followers": 1200, "following": 0, "public_repos": 8} | said))


class TestGitHub(ProviderContract):
    """A user by name."""

    account = Account("github", "pirelli")
    replies = (github_user(),)
    values = {"followers": 1200, "following": 0, "kind": "ORGANISATION", "place": "Milan", "github.id": "583231"}
    unknown = saying("", 404, message="Not Found", status="404")
    other_person = github_user("conti")
    over_rate = Recorded(status=403, headers={"x-ratelimit-remaining": "0"})
    more_replies = (unknown, github_user(id=None), saying("", 403, message="API rate limit exceeded"))

    def make(self, settings):
        """As it is registered."""
        return GitHub(settings)


def youtube_channels(custom_url="@pirelli", **statistics):
    """A list of one channel as the YouTube Data API gives it."""
    snippet = {"title": "Pirelli", "description": "Tyres", "customUrl": custom_url, "country": "IT"}
    counts = {"viewCount": "990000", "subscriberCount": "1200", "hiddenSubscriberCount": False, "videoCount": "45"}
    channel = {"kind": "youtube#channel", "id": "UC_x5XG1OV2P6uZZ5FSM9Ttw", "snippet": snippet}
    return saying("channel", kind="youtube#channelListResponse", items=[channel | {"statistics": counts | statistics}])


class TestYouTube(ProviderContract):
    """A channel by handle."""

    account = Account("youtube", "pirelli")
    replies = (youtube_channels(),)
    values = {"followers": 1200, "posts": 45, "country": "IT", "name": "Pirelli"}
    unknown = saying("channel", kind="youtube#channelListResponse", pageInfo={"totalResults": 0})
    other_person = youtube_channels("@conti")
    more_replies = (
        unknown,
        youtube_channels(hiddenSubscriberCount=True),
        saying("", 403, error={"code": 403, "errors": [{"reason": "quotaExceeded", "domain": "youtube.quota"}]}),
        saying("", 400, error={"code": 400, "details": [{"reason": "API_KEY_INVALID"}]}),
        saying("", 403, error={"code": 403, "errors": [{"reason": "rateLimitExceeded"}]}),
    )

    def make(self, settings):
        """As it is registered."""
        return YouTube(settings)
