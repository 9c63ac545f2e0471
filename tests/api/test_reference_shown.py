"""The frozen reference over GraphQL: what it is, and that a ranking says which one it was compared with."""

from decimal import Decimal

import pytest

from renown.gateway.referencing import build_reference, put_in_force

SHOWN = (
    "version builtAt voices independentSources statement tables { provider voices anchors error reliability statement }"
)
RANKING = (
    '{ ranking(of: "top UK automotive voices", first: 3) { reference { version } recipe { name explanation }'
    " nodes { composite { interval { kind low high } value"
    " contributions { points normalised { provenance { source } } } } } } }"
)


@pytest.fixture
def fitted(served_alone):
    """The demo, served, with a reference of its own figures in force."""
    client = served_alone.client
    gateway = client.app.state.gateway

    async def put():
        reference = await build_reference(gateway)
        await put_in_force(gateway, reference)
        return reference

    return served_alone, client.portal.call(put)


def test_without_a_reference_there_is_none(served_alone):
    """Before one is built both places say null."""
    said = served_alone.data("{ reference { version } ranking(first: 1) { reference { version } } }")
    assert said == {"reference": None, "ranking": {"reference": None}}


def test_a_reference_says_what_it_is(fitted):
    """Version, size, how many independent sources, and for each scale its anchors, error and reliability."""
    served, reference = fitted
    said = served.data(f"{{ reference {{ {SHOWN} }} }}")["reference"]
    assert (said["version"], said["voices"]) == (reference.version, reference.voices)
    assert said["independentSources"] == Decimal("1.632653")
    assert "2 providers, about" in said["statement"]
    assert {table["provider"] for table in said["tables"]} == {"peerindex", "renown"}
    assert all(
        table["anchors"] >= 30 and table["error"] > 0 and 0 < table["reliability"] < 1 for table in said["tables"]
    )


def test_a_ranking_stands_on_it(fitted):
    """By default it is the consensus: POSTERIOR ranges hold the value, points add up, sources name it."""
    served, reference = fitted
    ranking = served.data(RANKING)["ranking"]
    assert ranking["reference"]["version"] == reference.version
    assert ranking["recipe"]["name"] == "default"
    for node in ranking["nodes"]:
        composite = node["composite"]
        assert composite["interval"]["kind"] == "POSTERIOR"
        assert composite["interval"]["low"] <= composite["value"] <= composite["interval"]["high"]
        assert sum(part["points"] for part in composite["contributions"]) == composite["value"]
        sources = [
            part["normalised"]["provenance"]["source"] for part in composite["contributions"] if part["normalised"]
        ]
        assert sources
        assert all(reference.version[:16] in source or "LINEAR on the declared scale" in source for source in sources)
        assert any(reference.version[:16] in source for source in sources)
