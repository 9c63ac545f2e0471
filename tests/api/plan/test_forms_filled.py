"""Entries of rankings are filled into forms that other rankings left: what Strawberry gives, errors included."""

import shutil

import pytest
from plan_stage import Roads

from renown.api import build
from renown.api.plan import renderings
from renown.api.plan.renderings import Keeping
from renown.claims import Account, Claim, Provenance, ProvenanceKind
from renown.gateway import Gateway
from renown.gateway.shown import Shown
from served import settings_of

EVERYTHING = """query ($weight: Float!, $after: String) {
  ranking(first: 5, after: $after, recipe: {
    minimumProviders: 1, weights: [{ provider: "klout", weight: 1 }, { provider: "kred", weight: $weight }]
  }) {
    edges { cursor node { place } }
    nodes {
      __typename id at: place shared tier placeLow placeHigh
      voice { id name { value } description { value } }
      composite {
        id value again: value coverage agreement
        contributions { __typename provider { slug } weight points held score {
          ... on Score { id value } ... on Absence { reason } } } } }
    pageInfo { endCursor }
  }
}"""
SAID_ONE_BY_ONE = (
    "{ ranking(recipe: { minimumProviders: 1 }) { nodes { place composite { value interval { low } } } } }"
)


@pytest.fixture
async def roads(demo_file, tmp_path):
    """Both roads over the demo's figures, and a name that a form must not take for its own."""
    settings = settings_of(shutil.copy(demo_file, tmp_path / "a.db"), notice_seconds=3_600)
    async with await Gateway.open(settings) as gateway:
        account = Account("twitter", "PirelliUK")
        declared = Provenance(
            kind=ProvenanceKind.DECLARED, source="a test", adapter="test@1", observed_at=gateway.now(), frozen=True
        )
        name = Claim(subject=account.key, field="name", value='100 % "%b", \\u0000 and \u0000', provenance=declared)
        await gateway.keep([name], [account])
        yield Roads(gateway, build(gateway.settings))


@pytest.fixture
def counted(monkeypatch):
    """How many forms were made, and the lists that were filled."""
    made, filled = [], []
    form_of, fill = renderings.form_of, Keeping.filled
    monkeypatch.setattr(renderings, "form_of", lambda data: made.append(data) or form_of(data))

    def noted(self, *given):
        filled.append(fill(self, *given))
        return filled[-1]

    monkeypatch.setattr(Keeping, "filled", noted)
    return made, filled


async def test_forms_serve_rankings_by_other_weights(roads, counted):
    """Pages by weights never seen are Strawberry's, and no voice's form is made twice."""
    made, filled = counted
    voices = set()
    for weight in (1.0, 2.0, 3.5):
        after = None
        for _ in range(2):
            answer = await roads.both(EVERYTHING, {"weight": weight, "after": after})
            voices.update(node["voice"]["id"] for node in answer["data"]["ranking"]["nodes"])
            after = answer["data"]["ranking"]["pageInfo"]["endCursor"]
    assert None not in filled
    assert len(filled) == 2 * 2 * 3  # edges and nodes; what is asked again is kept whole
    assert len(made) == 2 * len(voices)


async def test_what_no_form_says_is_said_one_by_one(roads, counted):
    """A range beside the value is Strawberry's, and nothing is filled."""
    await roads.both(SAID_ONE_BY_ONE)
    assert counted == ([], [])


async def test_a_column_that_fails_leaves_its_errors_where_they_belong(roads, counted, monkeypatch):
    """What a column cannot give, each entry says for itself: a null with an error of its own path."""
    monkeypatch.setattr(Shown, "coverage", property(lambda _: 1 / 0))
    query = "{ ranking(recipe: { minimumProviders: 1 }, first: 3) { nodes { place composite { coverage } } } }"
    answer = await roads.both(query)
    assert answer["data"] is None
    assert answer["errors"][0]["path"][:2] == ["ranking", "nodes"]
    assert set(counted[1]) == {None}


async def test_a_number_that_is_none_is_an_error(roads, monkeypatch):
    """Not a number, where a number must be, is no null in a form."""
    monkeypatch.setattr(Shown, "coverage", property(lambda shown: [float("nan")] * len(shown)))
    answer = await roads.both(
        "{ ranking(recipe: { minimumProviders: 1 }, first: 3) { nodes { composite { coverage } } } }"
    )
    assert answer["errors"]
