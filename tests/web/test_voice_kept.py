"""An answer about a voice is kept while every provider's word on it is fresh, and what it says it cost is true."""

import json
from datetime import UTC, datetime, timedelta

from web_stage import Asking

from renown.emulators import Dataset, running
from renown.gateway import Gateway
from renown.settings import ProviderSettings
from served import settings_of

KNOWN = Dataset.from_json(
    {"key": "k", "app_id": "a", "accounts": [{"handle": "only_kred", "kred": {"influence": 500, "outreach": 1}}]}
)
VOICE = '{ voice(account: { handle: "only_kred" }) { score(provider: "kred") { ... on Score { value } } } }'


class Ahead:
    """The real time, and what it was moved on by."""

    def __init__(self):
        self.by = timedelta()

    def __call__(self):
        """The present moment."""
        return datetime.now(UTC) + self.by


async def test_a_voice_is_kept_once_it_costs_nothing_and_while_it_is_fresh(tmp_path):
    """The first answer cost calls and is not kept; the second cost none and is; a day later its provider is asked."""
    clock = Ahead()
    async with running("kred", KNOWN) as kred:
        credentials = ProviderSettings(base_url=kred.url, key="k", app_id="a")
        settings = settings_of(tmp_path / "a.db", providers={"kred": credentials}, deadline_seconds=20)
        async with await Gateway.open(settings, now=clock) as gateway:
            ask = Asking(gateway)

            async def cost():
                answer = json.loads((await ask(VOICE)).body)
                assert answer["data"]["voice"]["score"] == {"value": 500.0}
                return answer["extensions"]["cost"]

            cold, held, kept = await cost(), await cost(), await cost()
            assert ask.runs == 2
            calls = len(kred.calls)
            clock.by = timedelta(days=2)
            stale = await cost()
            while len(kred.calls) == calls:  # behind the stale answer its provider is asked
                await cost()
            await ask.responder.close()
    assert cold["upstreamCalls"] == calls
    assert held == kept == stale == {"upstreamCalls": 0, "cacheHits": 1, "cacheMisses": 0}
    assert ask.runs > 2


async def test_a_voice_nobody_waited_for_is_not_kept(tmp_path):
    """While a provider has not answered by the deadline, whoever asks again is not given the answer without it."""
    async with running("kred", KNOWN) as kred:
        credentials = ProviderSettings(base_url=kred.url, key="k", app_id="a")
        settings = settings_of(tmp_path / "a.db", providers={"kred": credentials}, deadline_seconds=0.001)
        async with await Gateway.open(settings) as gateway:
            ask = Asking(gateway)
            answers = [await ask(VOICE) for _ in range(2)]
            await ask.responder.close()
    assert ask.runs == 2
    assert dict(answers[0].headers)[b"cache-control"] == b"no-store"
