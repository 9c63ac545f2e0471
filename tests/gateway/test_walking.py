"""Walking claims: every id leads to the claim, down to the figure and up to what was made of it."""

import itertools

import pytest
from gateway_stage import FULL, find_claim, inputs_of, tyre_figures
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from making import claim
from renown.claims import Account, Claim, ProvenanceKind
from renown.gateway import DEFAULT_RECIPE, Filter, Gateway
from renown.gateway.blended import normalised_claim
from renown.gateway.locator import BlendLocator, ChangeLocator, StandInLocator, read_locator
from renown.gateway.walking import built_on, change_between, stand_in
from renown.scoring import Normaliser, Recipe, Reference
from renown.settings import Settings

GOODYEAR = Account("twitter", "Goodyear_UK")
RECIPES = [
    DEFAULT_RECIPE,
    Recipe(half_life_days=90),
    Recipe(normaliser=Normaliser.PERCENTILE, reference=Reference.POPULATION),
    Recipe(normaliser=Normaliser.MINMAX, reference=Reference.WITHIN_LIST),
]


@pytest.fixture
async def held(any_database_url, clock):
    """A gateway that holds the tyre brands, on SQLite and on PostgreSQL."""
    async with await Gateway.open(Settings(_env_file=None, database_url=any_database_url), now=clock) as gateway:
        figures = tyre_figures(gateway)
        await gateway.keep(figures.claims, figures.accounts)
        yield gateway


async def _computed(gateway, recipe=DEFAULT_RECIPE, asked=None):
    """The composites of a ranking and the normalised scores in them."""
    ranked = await gateway.rank(asked or Filter(), recipe)
    entries = await gateway.entries(ranked, 0, len(ranked))
    normalised = [part.normalised for entry in entries for part in entry.contributions if part.normalised]
    return [entry.claim for entry in entries], normalised


async def test_every_input_of_a_composite_is_found(held):
    """Each composite and normalised score leads to stored figures, and none of them is computed from nothing."""
    for recipe in RECIPES:
        composites, normalised = await _computed(held, recipe, Filter(topics=("tyres",)))
        assert (len(composites), len(normalised)) == (6, 12)
        for computed in (*composites, *normalised):
            inputs = await inputs_of(held, computed)
            assert [said.id for said in inputs] == list(computed.provenance.inputs)
            assert {said.subject for said in inputs} == {computed.subject}


async def test_a_computed_claim_is_found_again_later(held, clock):
    """By its id, a computed claim is the equal claim: at once, after the store has moved on, and in a new gateway."""
    made = [
        computed
        for recipe in RECIPES
        for computed in itertools.chain(*(said[:3] for said in await _computed(held, recipe, Filter(list="tyres"))))
    ]
    assert [await find_claim(held, computed.id) for computed in made] == made
    newcomer = Account("twitter", "newcomer")
    later = [claim(newcomer.key), claim(newcomer.key, "peerindex.peerindex", 99.0), claim(GOODYEAR.key, value=12.0)]
    await held.keep(later, [newcomer])
    await held.rank(Filter())
    assert [await find_claim(held, computed.id) for computed in made] == made
    async with await Gateway.open(held.settings, now=clock) as other:
        assert [await find_claim(other, computed.id) for computed in made] == made


async def test_a_claim_of_the_past_is_found_again(demo):
    """A composite as of a moment leads back to the same composite of that moment."""
    moment = demo.now().replace(year=2012, month=9, day=15)
    record = (await demo.records([GOODYEAR.key], moment))[GOODYEAR.key]
    composite = (await demo.composite(record, as_of=moment)).claim
    assert await find_claim(demo, composite.id) == composite


async def test_a_changed_input_does_not_pass_for_the_old_one(held):
    """After a new figure the composite has another id; each id gives its own value."""
    (before, *_), _ = await _computed(held, asked=Filter(voices=(GOODYEAR.key,)))
    await held.keep([claim(GOODYEAR.key, "klout.score", 12.0)], [])
    (after, *_), _ = await _computed(held, asked=Filter(voices=(GOODYEAR.key,)))
    assert before.id != after.id
    assert (await find_claim(held, before.id)).value == before.value != after.value


async def test_what_was_made_of_an_expired_claim_is_gone(held, clock):
    """Once a claim has expired, composite and normalised score made of it are not found, in a new gateway either."""
    expiring = claim(GOODYEAR.key, "klout.score", 60.0, keep_until=clock().replace(year=clock().year + 1))
    await held.keep([expiring], [])
    composites, normalised = await _computed(held, asked=Filter(list="tyres"))
    made = [said for said in (*composites, *normalised) if expiring.id in said.provenance.inputs]
    others = [said for said in (*composites, *normalised) if said not in made]
    assert [said.field for said in made] == ["composite", "klout.normalised"]
    clock.move(days=366)
    async with await Gateway.open(held.settings, now=clock) as later:
        for gateway in (held, later):
            assert [await find_claim(gateway, said.id) for said in made] == [None, None]
            assert [await find_claim(gateway, said.id) for said in others] == others
            assert await inputs_of(gateway, made[0]) == [
                said for said in await inputs_of(gateway, composites[0]) if said.field == "peerindex.peerindex"
            ]


async def test_from_a_figure_up_to_the_composite(held, clock):
    """What was built on a published figure: its normalised score and the composite, each found by its id elsewhere."""
    record = await held.voice(GOODYEAR)
    figure = held.score(record, "klout")
    users, total = await built_on(held, figure, 10, 0)
    assert [(said.subject, said.field) for said in users] == [
        (GOODYEAR.key, "klout.normalised"),
        (GOODYEAR.key, "composite"),
    ]
    assert total == 2
    assert [await built_on(held, figure, 1, offset) for offset in (0, 1, 2)] == [
        ([users[0]], 2),
        ([users[1]], 2),
        ([], 2),
    ]
    await held.recipes.saved()
    async with await Gateway.open(held.settings, now=clock) as other:
        assert [await find_claim(other, said.id) for said in users] == users


async def test_from_a_count_up_to_the_profile_score(demo):
    """What was built on a follower count is the score with its range, and on that its normalised and the composite."""
    record = await demo.voice(Account("twitter", "JeremyClarkson"))
    followers = record.shown("followers")
    users, total = await built_on(demo, followers, 10, 0)
    assert ([said.field for said in users], total) == (["renown.score", "renown.low", "renown.high"], 3)
    assert users[0] == demo.score(record, "renown")
    assert {said.field for said in await inputs_of(demo, users[0])} == {"followers", "listed"}
    assert [said.field for said in (await built_on(demo, users[0], 10, 0))[0]] == ["renown.normalised", "composite"]


async def test_on_what_no_score_is_made_of_nothing_is_built(demo):
    """A name, and a claim of somebody nobody holds, have no users."""
    record = await demo.voice(GOODYEAR)
    assert await built_on(demo, record.shown("name"), 10, 0) == ([], 0)
    assert await built_on(demo, claim("twitter:nobody"), 10, 0) == ([], 0)


async def test_changes_and_stand_ins_are_found(demo, monkeypatch):
    """The change between two stored scores, and what stands in for a name or kind, are found by their ids."""
    moment = demo.now()
    monkeypatch.setattr(demo, "now", lambda: moment)
    old = demo.score(await demo.voice(GOODYEAR), "klout")
    new = claim(GOODYEAR.key, "klout.score", 61.5)
    await demo.keep([new], [])
    change = change_between(new, old)
    assert (change.value, change.field) == (2.5, "klout.change")
    assert await inputs_of(demo, change) == [new, old]
    for computed in (change, *(stand_in(GOODYEAR, field, moment) for field in ("name", "kind"))):
        assert await find_claim(demo, computed.id) == computed
    assert (await find_claim(demo, str(StandInLocator("name", GOODYEAR.key)))).value == "Goodyear_UK"


async def test_a_tilde_in_a_handle_is_no_separator(empty):
    """A handle may hold the sign that the parts of an id are put together with."""
    odd = Account("twitter", "~we~ird~")
    await empty.keep([claim(odd.key), claim(odd.key, "peerindex.peerindex", 40.0)], [odd])
    (composite,), normalised = await _computed(empty)
    for computed in (composite, *normalised):
        assert await find_claim(empty, computed.id) == computed
    assert (await find_claim(empty, str(StandInLocator("name", odd.key)))).value == "~we~ird~"


async def test_a_score_of_a_voice_that_is_not_ranked_is_normalised(demo):
    """A score is put on a ranking's scale also where its voice has too few for a composite, and is found by its id."""
    lonely = Account("twitter", "lonely")
    score = claim(lonely.key, "kred.influence", 500.0)
    await demo.keep([score], [lonely])
    normalised = normalised_claim(await demo.rank(Filter()), score)
    assert normalised.provenance.kind is ProvenanceKind.DERIVED
    assert await find_claim(demo, normalised.id) == normalised


LOCATORS = [
    BlendLocator("composite", "2", DEFAULT_RECIPE.hash, "{}", GOODYEAR.key, "51.292929"),
    BlendLocator("normalised", "2@2012-09-15T00:00:00+00:00", "0" * 16, "", "0" * 32, "1.0"),
    ChangeLocator("0" * 32, "f" * 32),
    StandInLocator("kind", "twitter:~a~"),
]


@pytest.mark.parametrize("locator", LOCATORS, ids=lambda locator: type(locator).__name__)
def test_a_locator_is_read_as_it_was_written(locator):
    """What an id says is what it was made from; of a recipe's hash the first digits."""
    read = read_locator(str(locator))
    assert str(read) == str(locator)
    assert type(read) is type(locator)


GARBAGE = [
    "",
    "0" * 32,
    "nonsense",
    "\0",
    "\ud800",
    "~",
    "~~~~~",
    "composite~",
    "composite~2~x~e30~twitter:goodyear_uk~51.292929",
    "composite~two~{recipe}~e30~twitter:goodyear_uk~51.292929",
    "composite~99~{recipe}~e30~twitter:goodyear_uk~51.292929",
    "composite~2@2012-09-15T00:00:00~{recipe}~~twitter:goodyear_uk~51.292929",
    "composite~2@0001-01-01T00:00:00+00:00~{recipe}~~twitter:goodyear_uk~51.292929",
    "composite~2~{recipe}~!~twitter:goodyear_uk~51.292929",
    "composite~2~{recipe}~bm8~twitter:goodyear_uk~51.292929",
    "composite~2~{recipe}~gICA~twitter:goodyear_uk~51.292929",
    "composite~2~{recipe}~e30~twitter:goodyear_uk~51.3",
    "composite~2~{recipe}~e30~twitter:nobody~51.292929",
    "composite~2~{recipe}~~twitter:goodyear_uk~",
    "normalised~2~{recipe}~~00000000000000000000000000000000~1.0",
    "normalised~2~{recipe}~~{name}~1.0",
    "change~~",
    "change~{score}~{score}",
    "change~{name}~{score}",
    "standin~name~twitter:nobody",
    "standin~country~twitter:goodyear_uk",
]


async def test_an_id_that_is_none_gives_nothing(held):
    """Whatever is no id of a claim, or of one that is not as it says, leads nowhere and raises nothing."""
    record = await held.voice(GOODYEAR)
    await held.rank(Filter())
    score, name = held.score(record, "klout").id, record.shown("name").id
    ids = [text.format(recipe=DEFAULT_RECIPE.hash[:16], score=score, name=name) for text in GARBAGE]
    assert {id_: await find_claim(held, id_) for id_ in ids} == dict.fromkeys(ids)


_parts = st.text(max_size=20) | st.sampled_from(
    ["2", "e30", "", DEFAULT_RECIPE.hash[:16], "twitter:goodyear_uk", "51.292929", "2@2012-09-15", "name"]
)
_ids = st.text(max_size=60) | st.builds(
    lambda step, parts: "~".join((step, *parts)),
    st.sampled_from(["composite", "normalised", "change", "standin"]),
    st.lists(_parts, max_size=6),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(claim_id=_ids)
async def test_any_text_as_an_id_gives_a_claim_or_nothing(demo, claim_id):
    """No text given as a claim's id raises anything; what is found has that id."""
    await demo.recipes.remember(DEFAULT_RECIPE)
    found = await find_claim(demo, claim_id)
    assert found is None or (isinstance(found, Claim) and found.id == claim_id)


async def test_claims_of_a_live_provider_are_walked_too(upstream, any_database_url, clock):
    """A composite of scores that were just asked for leads to each provider's own value."""
    async with await Gateway.open(upstream.settings(any_database_url), now=clock) as gateway:
        record = await gateway.voice(FULL)
        composite = (await gateway.composite(record)).claim
        said = {claim.field: claim.value for claim in await inputs_of(gateway, composite)}
    assert said == {"klout.score": 61.25, "kred.influence": 733, "peerindex.peerindex": 58}
