"""Living networks through the gateway, over real sockets.

The upstreams here are small stand-ins on loopback ports that answer with documented bodies: no network was asked.
"""

import asyncio
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest
from loopback import serving
from starlette.responses import JSONResponse
from test_bluesky import PROFILE as BLUESKY
from test_bluesky import label
from test_github import NOT_FOUND, PRIMARY, USER
from test_mastodon import PROFILE as MASTODON
from test_youtube import CHANNEL, UNKNOWN, refusal

from renown.claims import AbsenceReason, Account
from renown.errors import UnknownVoice
from renown.gateway import Gateway, Tally
from renown.providers import ProviderState
from renown.settings import ProviderSettings, Settings, sqlite_url

ALICE, OCTOCAT = Account("bluesky", "alice.example"), Account("github", "octocat")
TOOTER, CHANNELS = Account("mastodon", "alice@social.example"), Account("youtube", "GoogleDevelopers")
KEY = "key-that-nobody-may-see"


class Networks:
    """Four stand-ins that know one account each, may hide it, and write down what they were asked."""

    def __init__(self):
        self.asked = []
        self.known = {"bluesky": BLUESKY, "github": USER, "mastodon": MASTODON, "youtube": CHANNEL}
        self.ahead = timedelta()

    def now(self):
        """The gateway's clock."""
        return datetime.now(UTC) + self.ahead

    async def bluesky(self, request):
        """`getProfile` and `getProfiles`."""
        self.asked.append(("bluesky", request.url.path.rpartition(".")[2], request.query_params.multi_items()))
        if request.url.path.endswith("getProfiles"):
            return JSONResponse({"profiles": [self.known["bluesky"]]})
        if request.query_params["actor"].lower() != BLUESKY["handle"]:
            return JSONResponse({"error": "InvalidRequest", "message": "Profile not found"}, 400)
        return JSONResponse(self.known["bluesky"])

    async def github(self, request):
        """`/users/{name}`."""
        self.asked.append(("github", request.url.path, []))
        if request.url.path == "/users/limited":
            headers = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(int(self.now().timestamp()) + 1800)}
            return JSONResponse(PRIMARY, 403, headers)
        known = request.url.path.lower() == "/users/octocat"
        return JSONResponse(self.known["github"] if known else NOT_FOUND, 200 if known else 404)

    async def mastodon(self, request):
        """`/api/v1/accounts/lookup`."""
        self.asked.append(("mastodon", request.url.path, request.query_params.multi_items()))
        return JSONResponse(self.known["mastodon"])

    async def youtube(self, request):
        """`channels`; without the key it is refused."""
        self.asked.append(("youtube", request.url.path, []))
        if request.query_params.get("key") != KEY:
            return JSONResponse(refusal("forbidden"), 403)
        return JSONResponse(UNKNOWN | {"items": [self.known["youtube"]]})


@pytest.fixture
def networks():
    """The four, not yet served."""
    return Networks()


@pytest.fixture
async def gateway(networks, tmp_path):
    """A gateway that asks the four and holds nothing."""
    with ExitStack() as stack:
        providers = {
            slug: ProviderSettings(base_url=stack.enter_context(serving(getattr(networks, slug))), key=KEY)
            for slug in networks.known
        }
        settings = Settings(
            _env_file=None, database_url=sqlite_url(tmp_path / "renown.db"), providers=providers, deadline_seconds=20
        )
        async with await Gateway.open(settings, now=networks.now) as opened:
            yield opened


async def settled(gateway):
    """Wait until nothing runs behind."""
    while gateway._cache._tasks:
        await asyncio.wait(gateway._cache._tasks)


async def test_each_network_is_asked_about_its_own_accounts_only(gateway, networks):
    """Four accounts on four networks are four calls, and each has its network's facts."""
    found = await gateway.voices([ALICE, OCTOCAT, TOOTER, CHANNELS], tally := Tally())
    followers = [each.unwrap().shown("followers") for each in found]
    assert [claim.value for claim in followers] == [1200, 20, 547, 2450000]
    assert [claim.provenance.provider for claim in followers] == ["bluesky", "github", "mastodon", "youtube"]
    assert found[1].unwrap().shown("place").value == "San Francisco"
    assert found[3].unwrap().shown("country").value == "US"
    assert sorted(slug for slug, *_ in networks.asked) == ["bluesky", "github", "mastodon", "youtube"]
    assert tally.upstream_calls == 4
    assert KEY not in repr(found)


async def test_facts_are_an_answer_and_are_not_asked_for_again(gateway, networks):
    """A network has no score: its facts are what it was asked for, until they are a day old."""
    first = await gateway.voice(OCTOCAT)
    networks.ahead += timedelta(hours=23)
    assert await gateway.voice(OCTOCAT) == first
    async with await Gateway.open(gateway.settings, now=networks.now) as other:
        assert await other.voice(OCTOCAT) == first
    assert len(networks.asked) == 1
    networks.ahead += timedelta(hours=2)
    networks.known["github"] = USER | {"followers": 21}
    assert await gateway.voice(OCTOCAT) == first
    await settled(gateway)
    assert len(networks.asked) == 2
    assert (await gateway.voice(OCTOCAT)).shown("followers").value == 21


async def test_an_age_that_is_asked_for_is_held_for_facts_too(gateway, networks):
    """Who wants nothing older than an hour gets it asked for again after two, not within it."""
    record = await gateway.voice(OCTOCAT)
    await gateway.older_than(record, 3600, Tally())
    networks.ahead += timedelta(hours=2)
    await gateway.older_than(record, 3600, Tally())
    assert len(networks.asked) == 2


async def test_accounts_of_one_network_share_a_call(gateway, networks):
    """Bluesky is asked about several accounts at once, each named by a parameter of its own."""
    found = await gateway.voices([ALICE, Account("bluesky", "nobody.example")])
    (asked,) = networks.asked
    assert asked == ("bluesky", "getProfiles", [("actors", "alice.example"), ("actors", "nobody.example")])
    assert found[0].unwrap().shown("name").value == "Alice"
    assert found[1].record is None


@pytest.mark.parametrize(
    ("account", "hidden"),
    [(ALICE, BLUESKY | {"labels": [label("!no-unauthenticated")]}), (TOOTER, MASTODON | {"noindex": True})],
    ids=["bluesky", "mastodon"],
)
async def test_who_hides_is_masked_and_left_alone(gateway, networks, account, hidden):
    """Nothing of them is kept, the network is no worse for it, and it is not asked again for an hour."""
    networks.known[account.network] = hidden
    record = await gateway.voice(account)
    networks.ahead += timedelta(minutes=50)
    await gateway.voice(account)
    assert record.claims == {}
    assert record.absences[account.network].reason is AbsenceReason.MASKED
    assert await gateway.store.accounts() == []
    assert gateway.provider_state(account.network) is ProviderState.LIVE
    assert len(networks.asked) == 1


async def test_who_is_shown_again_has_facts_again(gateway, networks):
    """An absence ends with the next answer."""
    networks.known["mastodon"] = MASTODON | {"discoverable": False}
    await gateway.voice(TOOTER)
    networks.known["mastodon"] = MASTODON
    networks.ahead += timedelta(hours=2)
    record = await gateway.voice(TOOTER)
    assert (record.shown("followers").value, dict(record.absences).get("mastodon")) == (547, None)


async def test_a_limit_is_waited_for(gateway, networks):
    """Until GitHub's reset nobody asks about that account again; after it, it is asked."""
    limited = Account("github", "limited")
    record = await gateway.voice(limited)
    assert record.absences["github"].reason is AbsenceReason.QUOTA_EXHAUSTED
    networks.ahead += timedelta(minutes=25)
    await gateway.voice(limited)
    assert len(networks.asked) == 1
    networks.ahead += timedelta(minutes=10)
    await gateway.voice(limited)
    assert len(networks.asked) == 2


async def test_an_unknown_account_is_an_unknown_voice(gateway):
    """Nobody by that name: the voice is not known, and no facts are made up."""
    with pytest.raises(UnknownVoice):
        await gateway.voice(Account("github", "nobody"))


async def test_there_is_no_profile_score_without_lists(gateway):
    """These networks count no listings, and the absence names the missing count."""
    record = await gateway.voice(OCTOCAT)
    absence = gateway.score(record, "renown")
    assert absence.reason is AbsenceReason.NO_SCORE_YET
    assert "listed" in absence.message
    assert gateway.score(record, "github").reason is AbsenceReason.NOT_APPLICABLE
