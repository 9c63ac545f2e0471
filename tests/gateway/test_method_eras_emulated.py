"""A change of method from the wire to the ranking: Klout emulated on a port, asked day by day."""

from datetime import UTC, datetime, timedelta

from renown.claims import Account
from renown.emulators import AlgorithmChange, Behaviour, Dataset, running
from renown.gateway import Filter, Gateway
from renown.gateway.bulk import Bulk
from renown.scoring import Normaliser, Recipe
from renown.settings import ProviderSettings, Settings, sqlite_url

KEY = "key-that-nobody-may-see"
START = datetime(2014, 3, 1, 9, tzinfo=UTC)
DATA = Dataset.from_json(
    {
        "key": KEY,
        "accounts": [
            {"handle": f"voice_{n:02d}", "klout": {"id": str(10**16 + n), "score": 12.5 + 1.75 * n}} for n in range(45)
        ],
    }
)
ACCOUNTS = [Account("twitter", account.handle) for account in DATA.accounts]
LINEAR = Recipe(normaliser=Normaliser.LINEAR, minimum_providers=1)


async def _read(gateway, accounts):
    await (await Bulk.plan(gateway, accounts)).run()


async def _values(gateway):
    ranked = await gateway.rank(Filter(), LINEAR)
    return dict(zip(ranked.voices, ranked.values.tolist(), strict=True))


async def test_an_emulated_change_of_method(tmp_path):
    """Klout scores by another algorithm from the third day on; read over two days, all 45 keep their composites.

    What each reply is stamped with is the gateway's own clock, so days can be simulated.
    """
    day = 0

    def clock():
        return START + timedelta(days=day)

    async with running("klout", DATA) as klout:
        asked = ProviderSettings(base_url=klout.url, key=KEY, pace=1000.0)
        settings = Settings(_env_file=None, database_url=sqlite_url(tmp_path / "a.db"), providers={"klout": asked})
        async with await Gateway.open(settings, now=clock) as gateway:
            await _read(gateway, ACCOUNTS)
            before = await _values(gateway)
            day = 2
            klout.behave(Behaviour(algorithm_change=AlgorithmChange(after_calls=0, seed=1)))
            await _read(gateway, ACCOUNTS[:32])
            suspected = await gateway.eras("klout")
            while_held = await _values(gateway)
            day = 3
            await _read(gateway, ACCOUNTS[32:])
            opened = await gateway.eras("klout")
            after = await _values(gateway)
            record = (await gateway.records([ACCOUNTS[0].key]))[ACCOUNTS[0].key]
            said = gateway.score(record, "klout")
    assert [(era.state, era.began_at) for era in suspected] == [("SUSPECTED", START + timedelta(days=2))]
    assert [(era.state, era.pairs, era.opened_at) for era in opened] == [("OPEN", 45, START + timedelta(days=3))]
    assert before == while_held == after
    assert said.value != 12.5
    assert said.provenance.observed_at == START + timedelta(days=2)
