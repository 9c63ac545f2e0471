"""Ids that are held: a provider's own spares the identity step, the network's own goes before a name."""

from urllib.parse import urlsplit

import pytest
from gateway_stage import FULL, values

from making import claim
from renown.claims import Account
from renown.gateway import Gateway

NUMBER, KLOUT_ID = "900000000000000001", "37436179756135399"


async def _asked(upstream, database_url, clock, account, *held):
    """The paths Klout was asked for about an account of which these claims are held, and what is said of it then."""
    async with await Gateway.open(upstream.settings(database_url, slugs=("klout",)), now=clock) as gateway:
        await gateway.keep(held, [account])
        record = await gateway.voice(account)
    paths = [urlsplit(call).path for call in upstream.of["klout"].calls]
    return paths, values(record.claims.values())


async def test_the_networks_own_id_goes_before_the_name(upstream, database_url, clock):
    """Whoever has changed their name since is found by Twitter's number of the account."""
    renamed = Account("twitter", "synthetic_renamed")
    number = claim(renamed.key, "twitter.id", NUMBER, provider="klout")
    paths, said = await _asked(upstream, database_url, clock, renamed, number)
    assert paths == [f"/v2/identity.json/tw/{NUMBER}", f"/v2/user.json/{KLOUT_ID}/score"]
    assert said["klout.score"] == 61.25


@pytest.mark.parametrize("ids", [{"klout.id": KLOUT_ID}, {"klout.id": KLOUT_ID, "twitter.id": NUMBER}])
async def test_the_providers_own_id_spares_the_identity(upstream, database_url, clock, ids):
    """Klout's own id is the shortest way, whatever else is held."""
    held = [claim(FULL.key, field, value) for field, value in ids.items()]
    paths, said = await _asked(upstream, database_url, clock, FULL, *held)
    assert paths == [f"/v2/user.json/{KLOUT_ID}/score"]
    assert said["klout.score"] == 61.25
