"""`extensions.cost` counts what one request cost, provider calls among it."""

from renown.api import Context, build
from renown.emulators import Dataset, running
from renown.gateway import Gateway
from renown.settings import ProviderSettings
from served import settings_of

KNOWN = Dataset.from_json(
    {"key": "k", "app_id": "a", "accounts": [{"handle": "only_kred", "kred": {"influence": 500, "outreach": 1}}]}
)
SCORE = "{ ... on Score { value } ... on Absence { reason } }"


async def test_cost_of_cold_warm_and_forced_lookups(tmp_path):
    """A cold voice costs the calls the provider saw, a warm one none; `maxAgeSeconds: 0` asks the provider again."""
    async with running("kred", KNOWN) as kred:
        credentials = ProviderSettings(base_url=kred.url, key="k", app_id="a")
        settings = settings_of(tmp_path / "renown.db", providers={"kred": credentials}, deadline_seconds=20)
        async with await Gateway.open(settings) as gateway:
            schema = build(settings)

            async def cost(arguments=""):
                query = (
                    f'{{ voice(account: {{ handle: "only_kred" }}) {{ score(provider: "kred" {arguments}) {SCORE} }} }}'
                )
                before = len(kred.calls)
                answer = await schema.execute(query, context_value=Context(gateway))
                assert answer.errors is None
                assert answer.data == {"voice": {"score": {"value": 500.0}}}
                assert answer.extensions["cost"]["upstreamCalls"] == len(kred.calls) - before
                return answer.extensions["cost"]

            cold, warm, forced = await cost(), await cost(), await cost("maxAgeSeconds: 0")
    assert cold["upstreamCalls"] >= 1
    assert (cold["cacheHits"], cold["cacheMisses"]) == (0, 1)
    assert warm == {"upstreamCalls": 0, "cacheHits": 1, "cacheMisses": 0}
    assert forced["upstreamCalls"] >= 1
