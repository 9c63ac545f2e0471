"""`renown voice` names who influences a voice and whom it influences, where anybody in the directory does."""

import asyncio
import csv
import io
import json

import pytest
from cli_stage import renown

from making import claim
from renown.claims import Account
from renown.gateway import Gateway
from renown.settings import Settings, sqlite_url

STAR, FRIEND, PUPIL = (Account("twitter", handle) for handle in ("The_Star", "The_Friend", "The_Pupil"))
SAID = (
    claim(STAR.key, "influencer/twitter:the_friend", True, provider="klout"),
    claim(STAR.key, "influencer/twitter:the_friend", True, provider="peerindex"),
    claim(STAR.key, "influencee/twitter:the_pupil", True, provider="klout"),
    claim(STAR.key, "klout.influencers", 12),
    claim(STAR.key, "klout.influencees", 1),
    claim(STAR.key, "peerindex.influencers", 20),
)


@pytest.fixture
def database(tmp_path):
    """A database with the star, a friend, a pupil and what ties them."""

    async def fill():
        settings = Settings(_env_file=None, database_url=sqlite_url(tmp_path / "graph.db"))
        async with await Gateway.open(settings) as gateway:
            await gateway.keep(SAID, [STAR, FRIEND, PUPIL])

    asyncio.run(fill())
    return tmp_path / "graph.db"


def test_the_table_says_it_in_a_line_each(database):
    """Each name has the numbers of its sources, which stand below like those of every other value."""
    shown = renown("voice", "The_Star", "--db", database, width=200).stdout
    lines = shown.splitlines()
    (friend,) = [line for line in lines if line.startswith("Influenced by: @The_Friend ")]
    (pupil,) = [line for line in lines if line.startswith("Influences: @The_Pupil ")]
    numbers = [part for line in (friend, pupil) for part in line.partition(" [")[2].rstrip("]").split("][")]
    sources = {line.partition(" ")[0]: line for line in lines if line.startswith("[")}
    assert [next(s.id for s in SAID if s.id in sources[f"[{number}]"]) for number in numbers] == [
        said.id for said in SAID[:3]
    ]
    assert "influencer/" not in shown


def test_json_and_csv_hold_the_claims(database):
    """Both name the other account with what says so."""
    said = json.loads(renown("voice", "The_Star", "--db", database, "--format", "json").stdout)
    (friend,) = said["influencers"]
    assert friend["account"]["handle"] == "The_Friend"
    assert [each["id"] for each in friend["claims"]] == [SAID[0].id, SAID[1].id]
    assert [each["account"]["handle"] for each in said["influencees"]] == ["The_Pupil"]
    rows = list(csv.DictReader(io.StringIO(renown("voice", "The_Star", "--db", database, "--format", "csv").stdout)))
    assert {row["claim"] for row in rows} >= {each.id for each in SAID}


def test_nobody_is_no_line(demo_db):
    """Where no provider named anybody there is nothing to say."""
    shown = renown("voice", "PirelliUK", "--db", demo_db).stdout
    assert "Influence" not in shown
