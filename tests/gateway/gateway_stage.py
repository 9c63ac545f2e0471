"""What the tests of the gateway play with: the demo's figures, the emulated providers, a clock moved by hand."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from importlib.resources import files

from renown.claims import Account, Claim
from renown.emulators import Behaviour, Dataset, Running, running
from renown.gateway import Gateway
from renown.gateway.walking import find_claims
from renown.providers import Import, read_table
from renown.settings import ProviderSettings, Settings

KEY, APP_ID = "key-that-nobody-may-see", "app-id-that-nobody-may-see"
SLUGS = ("klout", "kred", "peerindex")
FULL = Account("twitter", "Synthetic_One")
CROWD = tuple(Account("twitter", f"crowd_{number}") for number in range(30))
TYRES = ("Goodyear_UK", "MichelinTyres", "PirelliUK", "ContiUK", "DunlopLive", "BridgestoneTyre")

_FULL = {
    "handle": "Synthetic_One",
    "twitter_id": "900000000000000001",
    "klout": {"id": "37436179756135399", "score": 61.25},
    "kred": {"influence": 733, "outreach": 6},
    "peerindex": {
        "id": "00000000-0000-3000-8000-000000000001",
        "peerindex": 58,
        "country_code": "GB",
        "place_name": "London",
        "topics": {"Sports": 59, "News and society": 0},
    },
}
DATA = Dataset.from_json(
    {
        "key": KEY,
        "app_id": APP_ID,
        "accounts": [
            _FULL,
            {"handle": "only_kred", "kred": {"influence": 500, "outreach": 1}},
            {"handle": "unscored", "kred": {"influence": 0, "outreach": 0}},
            *({"handle": account.handle, "kred": {"influence": 400, "outreach": 1}} for account in CROWD),
        ],
    }
)


class Clock:
    """The gateway's clock: the real time, and what it was moved on by. What a provider sends keeps the real time."""

    def __init__(self):
        self._ahead = timedelta()

    def __call__(self):
        """The present moment in UTC."""
        return datetime.now(UTC) + self._ahead

    def move(self, **span):
        """Let a time span pass, given as for `timedelta`."""
        self._ahead += timedelta(**span)


class Upstream:
    """Three emulators on ports of their own."""

    def __init__(self, emulators: dict[str, Running]):
        self.of = emulators

    @property
    def calls(self):
        """How many calls each has had."""
        return {slug: len(emulator.calls) for slug, emulator in self.of.items()}

    async def until(self, **calls):
        """Wait until each of these has had so many calls."""
        while any(len(self.of[slug].calls) < count for slug, count in calls.items()):  # noqa: ASYNC110 - other threads
            await asyncio.sleep(0.01)

    def forget_calls(self):
        """Count anew."""
        for emulator in self.of.values():
            emulator.calls.clear()

    def behave(self, *, polls=0, **fails):
        """Let each fail as named, and those not named work; so many polls complete a job of Kred's."""
        for slug, emulator in self.of.items():
            emulator.behave(Behaviour(fail=fails.get(slug), polls_before_complete=polls))

    def settings(self, database_url, slugs=SLUGS, **more):
        """Settings of a gateway that asks these: with time enough, where a test does not shorten it."""
        return Settings(
            _env_file=None,
            database_url=database_url,
            providers={
                slug: ProviderSettings(base_url=self.of[slug].url, key=KEY, app_id=APP_ID if slug == "kred" else None)
                for slug in slugs
            },
            **{"deadline_seconds": 10.0} | more,
        )


@asynccontextmanager
async def upstream_of(data: Dataset) -> AsyncIterator[Upstream]:
    """The three, knowing the same accounts."""
    contexts = {slug: running(slug, data) for slug in SLUGS}
    started = {slug: await context.__aenter__() for slug, context in contexts.items()}
    try:
        emulated = Upstream(started)
        emulated.behave()
        yield emulated
    finally:  # all at once: each takes a moment to stop
        await asyncio.gather(*(context.__aexit__(None, None, None) for context in contexts.values()))


def tyre_figures(gateway: Gateway) -> Import:
    """The demo's figures and declarations of the six tyre brands."""
    whole, keys = demo_figures(gateway), {Account("twitter", handle).key for handle in TYRES}
    return Import(
        tuple(claim for claim in whole.claims if claim.subject in keys),
        tuple(account for account in whole.accounts if account.key in keys),
        (),
    )


def demo_figures(gateway: Gateway) -> Import:
    """All of the demo's figures and declarations as one import."""
    parts = [
        read_table(file.read_bytes(), file.name, gateway.registry, gateway.now())
        for file in sorted((files("renown") / "demo").iterdir(), key=lambda file: file.name)
        if file.name.endswith(".csv")
    ]
    return Import(
        tuple(claim for part in parts for claim in part.claims),
        tuple(account for part in parts for account in part.accounts),
        tuple(refusal for part in parts for refusal in part.refusals),
    )


async def find_claim(gateway: Gateway, claim_id: str) -> Claim | None:
    """The claim with this id, or None."""
    return (await find_claims(gateway, [claim_id]))[0]


async def inputs_of(gateway: Gateway, claim: Claim) -> list[Claim]:
    """The claims a derived claim was made of, in order."""
    return [found for found in await find_claims(gateway, claim.provenance.inputs) if found is not None]


async def settled(gateway: Gateway) -> None:
    """Wait until nothing runs behind."""
    while gateway._cache._tasks:
        await asyncio.wait(gateway._cache._tasks)


def handles(voices: Iterable[str]) -> list[str]:
    """The handles in voice keys."""
    return [voice.partition(":")[2] for voice in voices]


def values(claims: Iterable[Claim]) -> dict[str, object]:
    """What is said, by field."""
    return {claim.field: claim.value for claim in claims}
