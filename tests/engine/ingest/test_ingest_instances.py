"""A Mastodon instance on the loopback address: pages, what is new since, limits, and those who answer no strangers."""

import pytest
from ingest_samples import status
from starlette.responses import JSONResponse

from providers.loopback import serving
from renown.engine.ingest import instances
from renown.engine.ingest.instances import read_instance
from renown.engine.ingest.until import Until
from renown.errors import BadRequest, ProviderFailure
from renown.settings import ProviderSettings, Settings

_PAGE = 10


@pytest.fixture
def settings():
    """Asked as fast as may be."""
    return Settings(_env_file=None, providers={"mastodon": ProviderSettings(pace=1_000)}, pace_per_second=1_000)


class Instance:
    """Statuses by their numbers; pages as the API gives them, with its headers."""

    def __init__(self, count):
        self.statuses = [_boost(number) for number in range(1, count + 1)]
        self.paths, self.asked, self.refusals = [], [], []

    async def answer(self, request):
        """One page."""
        self.paths.append(request.url.path)
        if self.refusals:
            return self.refusals.pop(0)
        if request.url.path == "/api/v1/accounts/lookup":
            return JSONResponse({"id": "77", "acct": request.query_params["acct"]})
        asked = {name: int(value) for name, value in request.query_params.items() if name in {"min_id", "max_id"}}
        self.asked.append(asked)
        found = [s for s in self.statuses if asked.get("min_id", 0) < int(s["id"]) < asked.get("max_id", 10**9)]
        page = (found[:_PAGE] if "min_id" in asked else found[-_PAGE:])[::-1]
        links = [("next", "max_id", page[-1]["id"]), ("prev", "min_id", page[0]["id"])] if page else []
        here = str(request.url).partition("?")[0]
        link = ", ".join(f'<{here}?limit=40&{name}={number}>; rel="{rel}"' for rel, name, number in links)
        return JSONResponse(page, headers={"link": link} if link else {})


def _boost(number):
    return status(number, f"fan{number}", reblog=status(1000 + number, "star@far.example"))


async def test_the_pages_of_a_timeline_come_in_to_its_end(stage, settings):
    """Ever older ones, by the addresses that the instance gives."""
    instance = Instance(35)
    with serving(instance.answer) as url:
        _, after = await read_instance(stage.file, url, Until(), settings)
    assert after.events == 35
    assert set(instance.paths) == {"/api/v1/timelines/public"}
    assert instance.asked == [{}, {"max_id": 26}, {"max_id": 16}, {"max_id": 6}, {"max_id": 1}]


async def test_another_run_takes_what_is_new_and_then_what_is_older(stage, settings):
    """Without a gap: newer pages one by one from what is known on."""
    instance = Instance(60)
    with serving(instance.answer) as url:
        first = (await read_instance(stage.file, url, Until(count=20), settings))[1]
        instance.statuses += [_boost(number) for number in range(61, 86)]
        instance.asked.clear()
        second = (await read_instance(stage.file, url, Until(), settings))[1]
        third = (await read_instance(stage.file, url, Until(), settings))[1]
    assert (first.events, second.events, third.events) == (20, 85, 85)
    assert instance.asked[:4] == [{"min_id": 60}, {"min_id": 70}, {"min_id": 80}, {"min_id": 85}]
    assert instance.asked[-1] == {"min_id": 85}
    assert second.repeated == 0


@pytest.mark.parametrize(
    ("page", "path"),
    [
        ("/tags/uk", "/api/v1/timelines/tag/uk"),
        ("/@star", "/api/v1/accounts/77/statuses"),
        ("/api/v1/timelines/list/5", "/api/v1/timelines/list/5"),
    ],
)
async def test_pages_that_people_look_at_are_known(stage, settings, page, path):
    """A hashtag, an account, and any method by its own path."""
    instance = Instance(3)
    with serving(instance.answer) as url:
        _, after = await read_instance(stage.file, url + page, Until(), settings)
    assert after.events == 3
    assert instance.paths[-1] == path


async def test_a_limit_is_waited_for(stage, settings, monkeypatch):
    """Until the moment that the instance names."""
    waited, wait = [], instances._wait
    monkeypatch.setattr(instances, "_wait", lambda limit: waited.append(wait(limit)) or 0)
    instance = Instance(3)
    instance.refusals = [JSONResponse({"error": "Too many requests"}, 429, {"retry-after": "7"})]
    with serving(instance.answer) as url:
        _, after = await read_instance(stage.file, url, Until(), settings)
    assert after.events == 3
    assert len(waited) == 1
    assert 0 < waited[0] <= 7


@pytest.mark.parametrize(
    "refusal",
    [
        JSONResponse({"error": "This method requires an authenticated user"}, 422),
        JSONResponse({"error": "no"}, 401),
        JSONResponse({"statuses": []}),
    ],
)
async def test_an_instance_that_gives_none_is_told(stage, settings, refusal):
    """As a failure with a sentence."""
    instance = Instance(3)
    instance.refusals = [refusal] * 9
    with serving(instance.answer) as url, pytest.raises(ProviderFailure):
        await read_instance(stage.file, url, Until(), settings)


async def test_a_status_that_cannot_be_read_costs_no_page(stage, settings):
    """It is noted; a token in the address is kept nowhere."""
    instance = Instance(25)
    instance.statuses[12] = {"id": "13", "content": 7}
    with serving(instance.answer) as url:
        _, after = await read_instance(
            stage.file, f"{url}/api/v1/timelines/home?access_token=s3cret", Until(), settings
        )
    assert (after.events, after.refused) == (24, 1)
    stage.file.close()
    assert b"s3cret" not in stage.path.read_bytes()


async def test_an_address_without_a_host_is_refused(stage, settings):
    """Before anything is asked."""
    with pytest.raises(BadRequest, match="is no address of an instance"):
        await read_instance(stage.file, "https:///x", Until(), settings)
