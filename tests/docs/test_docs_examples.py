"""What the documents show as queries and files does what they say."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from documents import ROOT, blocks_of
from graphql import build_schema, parse, validate
from renewed import answer_of, answered

from renown.demo import load_demo
from renown.gateway import Gateway
from renown.gateway.vouching import known_only
from renown.providers import Registry, read_table
from renown.settings import Settings, sqlite_url

_SETTINGS = Settings(_env_file=None)
_ANSWERED = answered()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def demo(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Gateway]:
    """A gateway with the demo's figures."""
    url = sqlite_url(tmp_path_factory.mktemp("documents") / "demo.db")
    async with await Gateway.open(Settings(_env_file=None, database_url=url)) as gateway:
        await load_demo(gateway)
        yield gateway


@pytest.mark.parametrize("block", blocks_of("graphql"), ids=str)
def test_every_query_shown_is_one_of_the_schema(block):
    """The query is valid against schema.graphql."""
    schema = build_schema((ROOT / "schema.graphql").read_text(encoding="utf-8"))
    assert validate(schema, parse(block.text)) == []


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(("query", "answer"), _ANSWERED, ids=str)
async def test_every_answer_shown_is_the_answer(demo, query, answer):
    """The JSON below a query is what the demo answers, to the last digit."""
    assert await answer_of(demo, query.text) == json.loads(answer.text)


def test_the_documents_show_answers():
    """There are such pairs in the README: the tests above have something to try."""
    assert {query.document for query, _ in _ANSWERED} >= {"README.md"}


@pytest.mark.parametrize("block", blocks_of("csv"), ids=str)
def test_every_file_shown_can_be_imported(block):
    """No row of it is refused."""
    registry = Registry.load(_SETTINGS)
    table = read_table(block.text.encode(), "shown.csv", registry, datetime.now(UTC))
    assert table.refusals == ()
    assert table.claims


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("block", [block for block in blocks_of("csv") if block.text.startswith("voucher")], ids=str)
async def test_every_vouch_shown_can_be_imported_into_the_demo(demo, block):
    """Those who vouch there, and those vouched for, are in its directory."""
    table = read_table(block.text.encode(), "shown.csv", demo.registry, datetime.now(UTC))
    (checked,) = await known_only(demo.store, [table])
    assert checked.claims == table.claims
    assert not checked.refusals
