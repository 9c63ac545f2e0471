"""What an answer names can be followed by every process, from the moment the answer is there."""

import json

from web_stage import ACCOUNT, Asking, fact

from renown.gateway import Gateway
from renown.settings import Settings

RANKING = """{ ranking(recipe: { minimumProviders: 1, weights: [{ provider: "klout", weight: 3 }] }) {
  recipe { hash } nodes { composite { id } } } }"""


async def test_another_process_follows_what_an_answer_names(empty_sqlite_url):
    """A recipe never used before is in the store when the answer leaves, and its composite is found elsewhere."""
    settings = Settings(_env_file=None, database_url=empty_sqlite_url, notice_seconds=0)
    async with await Gateway.open(settings) as ours, await Gateway.open(settings) as theirs:
        await ours.keep([fact("klout.score", 39.0)], [ACCOUNT])
        ranking = (await Asking(ours).data(RANKING))["ranking"]
        assert (await ours.store.recipe(ranking["recipe"]["hash"]))[0] == ranking["recipe"]["hash"]
        (shown,) = ranking["nodes"]
        query = f"{{ node(id: {json.dumps(shown['composite']['id'])}) {{ id }} }}"
        assert (await Asking(theirs).data(query))["node"] == shown["composite"]
