"""Where an emulator's accounts can come from beside a data file: published figures, and any number of invented ones."""

from importlib.resources import files

import msgspec
import pytest

from renown.emulators import Behaviour, Dataset, read_figures, running

MANY = 100_000


@pytest.fixture(scope="module")
def many():
    """A hundred thousand accounts."""
    return Dataset.synthetic(MANY, seed=1)


def test_a_population_is_openly_synthetic():
    """Its note says so with its seed, and so does every name."""
    data = Dataset.synthetic(20, seed=7)
    assert data.note.startswith("Synthetic: 20 invented accounts")
    assert "seed 7" in data.note
    assert all(account.handle.startswith("synthetic_") for account in data.accounts)


def test_a_seed_gives_the_same_population():
    """The same seed the same accounts, another seed others; a smaller population begins a larger one."""
    data = Dataset.synthetic(1_500, seed=1)
    assert data == Dataset.synthetic(1_500, seed=1)
    assert data.accounts[:700] == Dataset.synthetic(700, seed=1).accounts
    assert data.accounts != Dataset.synthetic(1_500, seed=2).accounts
    assert Dataset.synthetic(0, seed=1).accounts == ()


def test_a_population_is_a_valid_data_file():
    """What the generator makes passes the checks of a file, and each provider is missing for somebody."""
    data = Dataset.synthetic(1_500, seed=1)
    assert Dataset.from_json(msgspec.to_builtins(data)) == data
    for part in ("klout", "kred", "peerindex"):
        known = [account for account in data.accounts if getattr(account, part)]
        assert 0 < len(known) < 1_500
    assert any(account.klout and account.klout.influencers for account in data.accounts)


@pytest.mark.parametrize(("size", "seed"), [(-1, 1), (1, -1)])
def test_a_negative_population_is_refused(size, seed):
    """A ValueError."""
    with pytest.raises(ValueError, match="0 or more"):
        Dataset.synthetic(size, seed)


@pytest.mark.parametrize(
    ("name", "question", "told"),
    [
        ("klout", "/identity.json/twitter?screenName={}&key=demo-key", lambda account: account.klout.id),
        ("klout-v1", "/users/show.json?users={}&key=demo-key", lambda account: account.handle),
        ("kred", "/kredscore?term={}&app_id=0badcafe&app_key=demo-key", lambda account: account.handle),
        ("peerindex", "/actor/extended?twitter_screen_name={}&api_key=demo-key", lambda account: account.twitter_id),
        ("peerindex-a", "/profile/show.json?id={}&api_key=demo-key", lambda account: account.handle),
        ("peerindex-b", "/profile/show.json?id={}&api_key=demo-key", lambda account: account.handle),
    ],
)
async def test_a_hundred_thousand_are_served(client, many, name, question, told):
    """The first and the last that a provider knows are found by it, on every emulator."""
    assert len(many.accounts) == MANY
    known = [account for account in many.accounts if getattr(account, name.partition("-")[0])]
    async with running(name, many, Behaviour(polls_before_complete=0)) as emulator:
        for account in (known[0], known[-1]):
            reply = await client.get(emulator.url + question.format(account.handle))
            assert f'"{told(account)}"' in reply.text


@pytest.fixture
def tables():
    """The demo's two tables of published figures."""
    folder = files("renown.demo")
    return [folder / "uk_tyres_2012.csv", folder / "uk_voices_2013.csv"]


async def test_the_demos_figures_can_be_served(client, tables):
    """A brand has the Klout and PeerIndex scores its row says; who has no row at a provider is unknown to it."""
    data = read_figures(*tables)
    assert len(data.accounts) == 46
    assert "uk_tyres_2012.csv, uk_voices_2013.csv" in data.note
    async with running("klout-v1", data) as klout, running("peerindex", data) as peerindex:
        tyres = await client.get(f"{klout.url}/klout.json?users=Goodyear_UK&key=demo-key")
        other = await client.get(f"{klout.url}/klout.json?users=MercedesAMGF1&key=demo-key")
        question = "/actor/extended?twitter_screen_name=MercedesAMGF1&api_key=demo-key"
        team = (await client.get(peerindex.url + question)).json()
    assert tyres.json()["users"] == [{"twitter_screen_name": "Goodyear_UK", "kscore": 59}]
    assert other.status_code == 404
    assert (team["peerindex"], team["authority"], team["activity"]) == (86, 89, 59)


def test_the_later_figure_counts(tmp_path):
    """Of two dates the later one, wherever it stands; ids are the same whenever they are made up."""
    path = tmp_path / "figures.csv"
    path.write_text(
        "handle,provider,metric,value,date\n"
        "one,klout,score,60,2013-01-01\n"
        "one,klout,score,50,2012-01-01\n"
        "one,klout,true_reach,7,2012-01-01\n"
        "one,klouchebag,score,99,2012-01-01\n"
    )
    data = read_figures(path)
    [account] = data.accounts
    assert (account.klout.score, account.klout.profile.true_reach) == (60, 7)
    assert account.klout.id == read_figures(path).accounts[0].klout.id


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ("handle,provider,value\none,klout,5\n", r"figures\.csv has no column 'metric'"),
        ("handle,provider,metric,value\none,klout,glory,5\n", r"figures\.csv, line 2: klout has no metric 'glory'"),
        ("handle,provider,metric,value\none,kred,influence,much\n", r"line 2: .*'much'"),
        ("handle,provider,metric,value\none,klout,score,500\n", "<= 100"),
    ],
)
def test_figures_that_cannot_be_served_are_refused(tmp_path, table, says):
    """A ValueError that names the file and the line, or what is wrong with the account."""
    path = tmp_path / "figures.csv"
    path.write_text(table)
    with pytest.raises(ValueError, match=says):
        read_figures(path)
