"""Objects that were rendered before are put into other answers as they are, while they would be rendered alike."""

import asyncio
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
import strawberry

from renown.api import Context, Schema, build
from renown.api.plan import Documents, Plans
from renown.claims import Account, Claim, Provenance, ProvenanceKind
from renown.emulators import Dataset, running
from renown.gateway import Gateway
from renown.settings import ProviderSettings
from served import settings_of

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ACCOUNTS = [Account("twitter", handle) for handle in ("PirelliUK", "DunlopLive", "BBC_TopGear")]

VOICE = '{ voice(account: { handle: "PirelliUK" }) { id name { value } description { value } %s } }'
SCORE = VOICE % 'score(provider: "klout") { ... on Score { id value %s } }'
FRESHNESS = SCORE % "provenance { freshness }"
CHANGE = "query ($days: Int!) " + SCORE % "change(days: $days) { value }"
RANKING = """{ ranking(recipe: { minimumProviders: 1 }, first: %s) {
  understoodAs totalCount nodes { place voice { id name { value } description { value } } composite { value } }
} }"""


@dataclass
class Clock:
    """Stands still until it is moved."""

    now: datetime = NOW

    def __call__(self):
        """The present moment."""
        return self.now


@dataclass
class Asking:
    """Asks a schema by its plans, and holds each answer against Strawberry's."""

    gateway: Gateway
    schema: Schema
    context: Context | None = None

    async def __call__(self, query, variables=None):
        """The root field's rendering as a plan left it, and the answer in plain Python."""
        self.context = Context(self.gateway)
        result = await self.schema.run(query, variables, self.context)
        answer = msgspec.json.decode(msgspec.json.encode(_shown(result)))
        expected = await strawberry.Schema.execute(self.schema, query, variables, Context(self.gateway))
        assert answer == json.loads(json.dumps(_shown(expected)))
        return next(iter(result.data.values())), answer


def _shown(result):
    return {"data": result.data, "errors": [each.formatted for each in result.errors or ()], "also": result.extensions}


def _fact(account, field, value, *, days=0.0, fresh=None, keep=None):
    return Claim(
        subject=account.key,
        field=field,
        value=value,
        provenance=Provenance(
            kind=ProvenanceKind.OBSERVED,
            provider="klout",
            source="https://klout.example/",
            adapter="test@1",
            observed_at=NOW - timedelta(days=days, hours=1),
            fetched_at=NOW,
            fresh_until=fresh and NOW + fresh,
            keep_until=keep and NOW + keep,
        ),
    )


@pytest.fixture
def clock():
    """The gateway's, moved by hand."""
    return Clock()


@pytest.fixture
async def gateway(tmp_path, clock):
    """A gateway that holds three voices and asks nobody; no other process writes."""
    async with await Gateway.open(settings_of(tmp_path / "a.db", notice_seconds=3_600), now=clock) as opened:
        facts = [_fact(each, "klout.score", 39.0 + at, fresh=timedelta(hours=1)) for at, each in enumerate(ACCOUNTS)]
        await opened.keep([*facts, _fact(ACCOUNTS[0], "klout.score", 30.0, days=10)], ACCOUNTS)
        yield opened


@pytest.fixture
def ask(gateway):
    """Asks it."""
    return Asking(gateway, build(gateway.settings))


@pytest.mark.parametrize("query", [SCORE % "", FRESHNESS, RANKING % 2], ids=["voice", "freshness", "ranking"])
async def test_what_was_rendered_is_put_into_the_next_answer(ask, query):
    """The second answer has the very JSON the first one was given, and both are Strawberry's."""
    first, answer = await ask(query)
    again, same = await ask(query)
    assert isinstance(first, msgspec.Raw)
    assert again is first
    assert same == answer


async def test_parts_serve_other_answers(ask):
    """A voice and its score that one ranking showed are not rendered again for a ranking by other weights."""
    query = """query ($weight: Float!) {
      ranking(recipe: {
        minimumProviders: 1
        weights: [{ provider: "klout", weight: 1 }, { provider: "kred", weight: $weight }]
      }) { nodes {
        voice { id name { value } description { value } }
        composite { id contributions { score { ... on Score { id value provenance { source } } } } } } } }"""
    first, _ = await ask(query, {"weight": 1.0})
    kept = len(ask.schema.plans.renderings)
    other, _ = await ask(query, {"weight": 2.0})
    assert bytes(first) != bytes(other)
    assert len(ask.schema.plans.renderings) == kept + 1


async def test_execute_answers_in_plain_python(ask):
    """Who is not the web gets data without anything encoded in it."""
    for _ in range(2):
        result = await ask.schema.execute(SCORE % "", None, Context(ask.gateway))
        assert result.data["voice"]["score"]["value"] == 39.0


async def test_a_rendering_ends_when_a_claim_goes_stale(ask, clock):
    """It holds until the moment a claim in it goes stale, says so in each answer, and is then made anew."""
    for _ in range(2):
        fresh, answer = await ask(FRESHNESS)
        assert answer["data"]["voice"]["score"]["provenance"]["freshness"] == "FRESH"
        assert ask.context.tally.holds_until == (NOW + timedelta(hours=1)).timestamp()
    clock.now += timedelta(hours=1)
    stale, answer = await ask(FRESHNESS)
    assert answer["data"]["voice"]["score"]["provenance"]["freshness"] == "STALE"
    assert bytes(stale) != bytes(fresh)
    assert (await ask(FRESHNESS))[0] is stale


async def test_a_rendering_ends_with_a_write(ask, gateway):
    """Whatever is written is in the next answer, of a voice and of a ranking."""
    for query in (SCORE % "", RANKING % 1):
        await ask(query)
    await gateway.keep([_fact(ACCOUNTS[0], "description", "Tyres.")], ACCOUNTS)
    _, voice = await ask(SCORE % "")
    assert voice["data"]["voice"]["description"] == {"value": "Tyres."}
    await gateway.keep([_fact(ACCOUNTS[0], "klout.score", 90.0, days=-0.01)], ACCOUNTS)
    _, ranking = await ask(RANKING % 1)
    assert ranking["data"]["ranking"]["nodes"][0]["voice"]["description"] == {"value": "Tyres."}


async def test_a_rendering_ends_with_a_licence(ask, gateway, clock):
    """What a licence ends is deleted, and no rendering shows it any more."""
    await gateway.keep([_fact(ACCOUNTS[0], "description", "Tyres.", keep=timedelta(hours=2))], ACCOUNTS)
    _, before = await ask(SCORE % "")
    clock.now += timedelta(hours=2)
    _, after = await ask(SCORE % "")
    assert before["data"]["voice"]["description"] == {"value": "Tyres."}
    assert after["data"]["voice"]["description"] is None


async def test_what_failed_is_not_kept(ask):
    """An error below an object is told each time; what failed is not kept."""
    for _ in range(2):
        voice, answer = await ask(CHANGE, {"days": 0})
        assert not isinstance(voice, msgspec.Raw)
        assert [each["extensions"]["code"] for each in answer["errors"]] == ["BAD_PERIOD"]


@pytest.mark.parametrize(
    "selected",
    ['score(provider: "klout") { ... on Score { provider { state } } }', "scores(maxAgeSeconds: 60) { __typename }"],
)
async def test_what_may_change_by_itself_is_not_kept(ask, selected):
    """What takes no change number is asked for each time."""
    for _ in range(2):
        voice, _ = await ask(VOICE % selected)
        assert not isinstance(voice, msgspec.Raw)


async def test_other_variables_are_other_renderings(ask):
    """The variables below an object tell its renderings apart."""
    changes = [(await ask(CHANGE, {"days": days}))[1]["data"]["voice"]["score"]["change"] for days in (5, 20, 5)]
    assert changes == [{"value": 9.0}, None, {"value": 9.0}]


async def test_a_number_is_not_a_truth_and_nothing_is_not_null(ask):
    """Variables that are left out, null, or equal in Python alone, are not taken for one another."""
    query = f"query ($providers: [String!]) {VOICE % 'scores(providers: $providers) { __typename }'}"
    left_out, null, none = [await ask(query, each) for each in ({}, {"providers": None}, {"providers": []})]
    assert left_out[1]["data"]["voice"]["scores"]
    assert left_out[0] is not null[0]
    assert none[1]["data"]["voice"]["scores"] == []


async def test_pages_and_their_words_are_told_apart(ask):
    """Rankings that differ in nothing but how many are asked for have renderings of their own."""
    said = [(await ask(RANKING % first))[1]["data"]["ranking"]["understoodAs"] for first in (2, 3, 20)]
    assert len(set(said)) == 3


async def test_they_take_no_more_than_their_bytes(ask):
    """The one that was used longest ago makes room, and one that is too large is not kept."""
    plans = ask.schema.plans = Plans(ask.schema, Documents([], 10_000), most_bytes=2_000)
    query = "query ($handle: String!) " + (SCORE % "").replace('"PirelliUK"', "$handle")
    for account in ACCOUNTS * 2:
        await ask(query, {"handle": account.handle})
        assert 0 < plans.renderings.size <= 2_000
    assert len(plans.renderings) < 2 * len(ACCOUNTS)
    ask.schema.plans = Plans(ask.schema, Documents([], 10_000), most_bytes=100)
    await ask(SCORE % "")
    assert len(ask.schema.plans.renderings) == 0


async def test_what_a_write_overtook_is_not_kept(ask, gateway, monkeypatch):
    """An object whose rendering began before a write and ended after it is rendered again."""
    composite = gateway.composite

    async def written_meanwhile(*asked):
        await gateway.keep([_fact(ACCOUNTS[1], "description", str(len(ask.schema.plans.renderings)))], ACCOUNTS)
        return await composite(*asked)

    monkeypatch.setattr(gateway, "composite", written_meanwhile)
    query = VOICE % "composite(recipe: { minimumProviders: 1 }) { ... on Composite { value } }"
    overtaken, _ = await ask(query)
    monkeypatch.undo()
    settled, _ = await ask(query)
    assert not isinstance(overtaken, msgspec.Raw)
    assert isinstance(settled, msgspec.Raw)


async def test_many_at_once_are_answered_as_one_by_one(ask):
    """Objects that are rendered at the same time end with the first of them at the latest, and say the same."""
    query = "query ($provider: String!) " + VOICE % (
        "composite(recipe: { minimumProviders: 1 }) { ... on Composite { value } }"
        " score(provider: $provider) { ... on Score { value provenance { freshness } } ... on Absence { reason } }"
    )

    async def answer(provider):
        context = Context(ask.gateway)
        result = await ask.schema.run(query, {"provider": provider}, context)
        return msgspec.json.encode(_shown(result)), context.tally.holds_until

    alone = {provider: await answer(provider) for provider in ("klout", "kred")}
    asked = ["klout", "kred"] * 10
    assert await asyncio.gather(*map(answer, asked)) == [alone[provider] for provider in asked]


async def test_what_it_cost_is_counted_each_time(tmp_path):
    """The lookup before a voice that is kept is made and counted for each answer."""
    about = {"handle": "only_kred", "kred": {"influence": 500, "outreach": 1}}
    query = '{ voice(account: { handle: "only_kred" }) { id name { value } score(provider: "kred") { __typename } } }'
    async with running("kred", Dataset.from_json({"key": "k", "app_id": "a", "accounts": [about]})) as kred:
        credentials = ProviderSettings(base_url=kred.url, key="k", app_id="a")
        more = {"providers": {"kred": credentials}, "deadline_seconds": 20, "notice_seconds": 3_600}
        async with await Gateway.open(settings_of(tmp_path / "a.db", **more)) as gateway:
            schema = build(gateway.settings)
            cold, held, kept = [await schema.run(query, None, Context(gateway)) for _ in range(3)]
    assert cold.extensions["cost"]["upstreamCalls"] > 0
    assert held.data["voice"] is kept.data["voice"]
    assert kept.extensions == held.extensions == {"cost": {"upstreamCalls": 0, "cacheHits": 1, "cacheMisses": 0}}
