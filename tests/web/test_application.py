"""The application serves GraphiQL with its policy, from the package; and closes only the gateway it opened."""

import re

from starlette.testclient import TestClient

from renown.gateway import Gateway
from renown.web import application
from renown.web.graphiql import CONTENT_SECURITY_POLICY
from served import settings_of


def test_page_and_all_it_loads_are_served(served):
    """The page at / comes with its content policy, and every file it names is served from here."""
    page = served.client.get("/")
    assert page.status_code == 200
    assert page.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert page.headers["x-content-type-options"] == "nosniff"
    files = re.findall(r'(?:src|href)="(/[^"]+)"', page.text)
    assert len(files) > 3
    assert {file: served.client.get(file).status_code for file in files} == dict.fromkeys(files, 200)


def test_header_of_zero_asks_for_no_paths(served):
    """`X-Renown-Provenance: 0` is as if the header were not there."""
    query = '{ voice(account: { handle: "PirelliUK" }) { name { id } } }'
    assert "provenance" not in served.answer(query, X_Renown_Provenance="0")["extensions"]
    answer = served.answer(query, X_Renown_Provenance="1")
    assert answer["extensions"]["provenance"] == {"voice.name": answer["data"]["voice"]["name"]["id"]}


def test_paths_are_those_of_the_answer(served):
    """The paths follow aliases and places in lists, as the answer does."""
    answer = served.answer(
        '{ them: voices(accounts: [{ handle: "nobody_here" }, { handle: "PirelliUK" }]) { called: name { id } } }',
        X_Renown_Provenance="1",
    )
    assert answer["extensions"]["provenance"] == {"them.1.called": answer["data"]["them"][1]["called"]["id"]}


async def test_gateway_that_was_given_stays_open(tmp_path):
    """A gateway that is handed in outlives the application; one it opened is closed with it."""
    settings = settings_of(tmp_path / "renown.db")
    async with await Gateway.open(settings) as gateway:
        app = application(settings, gateway)
        async with app.router.lifespan_context(app):
            assert app.state.gateway is gateway
        assert await gateway.store.change() == 0


def test_other_paths_are_not_found(tmp_path):
    """What is not served is a plain 404, and GraphQL takes no other method than GET and POST."""
    with TestClient(application(settings_of(tmp_path / "renown.db"))) as client:
        assert client.get("/nothing").status_code == 404
        assert client.put("/graphql", json={"query": "{ networks }"}).status_code == 405
