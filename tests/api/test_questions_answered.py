"""What the schema lets one ask: rankings now and in the past, single scores, history, search, topics, providers."""

from datetime import UTC, datetime, timedelta

import pytest

from making import claim as made
from renown.claims import Account
from served import objects

TYRES = ("Goodyear_UK", "MichelinTyres", "PirelliUK", "ContiUK", "DunlopLive", "BridgestoneTyre")
BEFORE_2013 = "2012-12-31T00:00:00Z"
WITHIN = "{ normaliser: PERCENTILE, reference: WITHIN_LIST }"


def _tyres(served, recipe="{}", fields=""):
    entries = served.data(
        f'{{ ranking(filter: {{ list: "tyres" }}, recipe: {recipe}) {{ nodes {{ place placeLow placeHigh shared tier'
        f" voice {{ accounts {{ handle }} }} composite {{ value {fields} }} }} }} }}"
    )["ranking"]["nodes"]
    return {entry["voice"]["accounts"][0]["handle"]: entry for entry in entries}


# ------------------------------------------------------------------ the golden list


def test_goodyear_leads_the_tyres_for_certain(served):
    """On the list of tyre brands Goodyear is first in every alternative: its place ranges from 1 to 1, a tier alone."""
    found = _tyres(served)
    assert found.keys() == set(TYRES)
    goodyear = found["Goodyear_UK"]
    assert [goodyear[name] for name in ("place", "placeLow", "placeHigh", "shared", "tier")] == [1, 1, 1, False, 1]
    assert all(entry["placeLow"] <= entry["place"] <= entry["placeHigh"] for entry in found.values())


def test_percentiles_within_the_list_share_the_third_place(served):
    """Compared within the list by percentile Pirelli and Continental share place 3, and nobody is 4th."""
    found = _tyres(served, WITHIN)
    assert {handle for handle, entry in found.items() if entry["shared"]} == {"PirelliUK", "ContiUK"}
    assert {found[handle]["place"] for handle in ("PirelliUK", "ContiUK")} == {3}
    assert sorted(entry["place"] for entry in found.values()) == [1, 2, 3, 3, 5, 6]


@pytest.mark.parametrize(
    ("recipe", "origin", "unit", "shown"),
    [
        ("{ normaliser: RAW }", 0, 1, ["39.500", "39.000"]),
        ("{ normaliser: MINMAX, reference: WITHIN_LIST }", 0, 100, ["0.488", "0.499"]),
        ("{ normaliser: ZSCORE, reference: WITHIN_LIST }", 50, 10, ["-0.024", "-0.023"]),
    ],
)
def test_method_decides_between_pirelli_and_conti(recipe, origin, unit, shown, served):
    """The raw mean puts Pirelli third; min-max and z-scores within the list put Continental there, by a hair."""
    found = _tyres(served, recipe)
    values = {handle: found[handle]["composite"]["value"] for handle in ("PirelliUK", "ContiUK")}
    assert [f"{(value - origin) / unit:.3f}" for value in values.values()] == shown
    third, fourth = sorted(values, key=values.__getitem__, reverse=True)
    assert (found[third]["place"], found[fourth]["place"]) == (3, 4)


# ------------------------------------------------------------------ who is there and who is not


def test_universe_accounts_for_everybody(served):
    """Those considered less those left out, by reason, are those ranked; and the statement says the numbers."""
    ranking = served.data(
        '{ ranking(of: "top UK automotive voices") { totalCount universe { considered statement'
        " excluded { reason count } } } }"
    )["ranking"]
    universe = ranking["universe"]
    assert universe["considered"] - sum(left["count"] for left in universe["excluded"]) == ranking["totalCount"] == 12
    assert f"{universe['considered']} voices were considered" in universe["statement"]
    assert all(left["count"] > 0 for left in universe["excluded"])


def test_voice_below_the_minimum_is_unranked(served):
    """With fewer scores than the recipe asks for a voice is unranked, in a comparison too, with a reason."""
    shown = served.data(
        '{ voice(account: { handle: "PirelliUK" }) { id composite(recipe: { minimumProviders: 3 })'
        " { ... on Unranked { reason message voice { id } } } }"
        ' compare(accounts: [{ handle: "PirelliUK" }, { handle: "ContiUK" }], recipe: { minimumProviders: 3 })'
        " { entries { id } unranked { reason voice { id } } pairs { odds } verdict } }"
    )
    unranked = shown["voice"]["composite"]
    assert unranked["reason"] == "BELOW_MINIMUM"
    assert "2 of " in unranked["message"]
    assert unranked["voice"]["id"] == shown["voice"]["id"]
    compared = shown["compare"]
    assert (compared["entries"], compared["pairs"], len(compared["unranked"])) == ([], [], 2)
    assert compared["verdict"].startswith("Not ranked, for want of scores")


def test_comparison_does_not_order_what_is_too_close(served):
    """Conti and Dunlop are told apart, Conti leading on both providers; Pirelli and Conti are too close to call."""
    query = """
    query($second: String!) {
      compare(accounts: [{ handle: "ContiUK" }, { handle: $second }]) { verdict pairs { odds tooCloseToCall } }
    }"""
    clear = served.data(query, {"second": "DunlopLive"})["compare"]
    close = served.data(query, {"second": "PirelliUK"})["compare"]
    assert clear == {
        "verdict": "Continental UK is above Dunlop (odds 100%).",
        "pairs": [{"odds": 1, "tooCloseToCall": False}],
    }
    assert close["pairs"][0]["tooCloseToCall"]
    assert close["verdict"] == "Too close to call: Pirelli UK and Continental UK."


# ------------------------------------------------------------------ moments


def test_ranking_as_of_a_moment_knows_only_what_was_observed_then(served):
    """As of the end of 2012 only the tyre brands have two scores; the snapshot and `asOf` say the moment."""
    ranking = served.data(
        f'{{ ranking(asOf: "{BEFORE_2013}", first: 50) {{ totalCount asOf snapshot nodes {{ id voice {{ accounts'
        " { handle } } composite { id } } } }"
    )["ranking"]
    handles = {entry["voice"]["accounts"][0]["handle"] for entry in ranking["nodes"]}
    assert (ranking["totalCount"], handles) == (6, set(TYRES))
    assert ranking["asOf"] == "2012-12-31T00:00:00+00:00"
    assert ranking["snapshot"].endswith("@2012-12-31T00:00:00+00:00")
    for entry in ranking["nodes"]:
        for id_ in (entry["id"], entry["composite"]["id"]):
            assert served.data("query($id: ID!) { node(id: $id) { id } }", {"id": id_})["node"] == {"id": id_}


def test_ranking_of_the_present_is_as_of_now(served):
    """Where no moment is asked for, `asOf` is the present."""
    before = datetime.now(UTC)
    shown = datetime.fromisoformat(served.data("{ ranking { asOf } }")["ranking"]["asOf"])
    assert before <= shown <= datetime.now(UTC)


def test_voice_as_of_a_moment(served):
    """Before its figures were observed a voice has neither score nor composite, and each says why not."""
    query = (
        'query($at: DateTime) { voice(account: { handle: "BBC_TopGear" }) { score(provider: "peerindex", asOf: $at)'
        " { ... on Score { value } ... on Absence { reason message } }"
        " composite(asOf: $at) { ... on Composite { value } ... on Unranked { reason message } } } }"
    )
    now = served.data(query)["voice"]
    then = served.data(query, {"at": BEFORE_2013})["voice"]
    assert now["score"] == {"value": 85}
    assert now["composite"]["value"] > 70
    assert then["score"]["reason"] == "RETIRED"
    assert then["composite"]["reason"] == "BELOW_MINIMUM"
    assert served.data(query, {"at": "2013-04-14"})["voice"] == now


def test_score_older_than_asked_for_is_an_absence(served):
    """Where nobody can be asked again, a score older than `maxAgeSeconds` is an absence that names the day it is of."""
    query = (
        'query($age: Int) { voice(account: { handle: "PirelliUK" }) { score(provider: "klout", maxAgeSeconds: $age)'
        " { ... on Score { value } ... on Absence { reason message } } } }"
    )
    assert served.data(query)["voice"]["score"] == {"value": 39}
    assert served.data(query, {"age": 2_000_000_000})["voice"]["score"] == {"value": 39}
    absence = served.data(query, {"age": 3600})["voice"]["score"]
    assert absence["reason"] == "RETIRED"
    assert "15 August 2012" in absence["message"]


# ------------------------------------------------------------------ history

HISTORY = """
query($from: DateTime, $to: DateTime, $first: Int = 90, $after: String, $provider: String = "klout") {
  voice(account: { handle: "PirelliUK" }) {
    history(provider: $provider, from: $from, to: $to, first: $first, after: $after) {
      totalCount nodes { at score { id value change(days: 1) { value } } }
      pageInfo { hasNextPage hasPreviousPage endCursor }
    }
  }
}"""


@pytest.fixture
def grown(served_alone):
    """The demo and four more scores of one voice, a day apart."""
    day = datetime(2014, 1, 1, tzinfo=UTC)
    later = [made(value=40.0 + n, observed_at=day + timedelta(days=n)) for n in range(4)]
    gateway = served_alone.client.app.state.gateway
    served_alone.client.portal.call(gateway.keep, later, [Account("twitter", "PirelliUK")])
    return served_alone


def test_history_is_oldest_first_and_bounded(grown):
    """History shows every score held, oldest first; `from` and `to` bound it, both included."""
    whole = grown.data(HISTORY)["voice"]["history"]
    assert [point["score"]["value"] for point in whole["nodes"]] == [39, 40, 41, 42, 43]
    assert whole["nodes"][0]["at"] == "2012-08-15T00:00:00+00:00"
    part = grown.data(HISTORY, {"from": "2014-01-01", "to": "2014-01-03"})["voice"]["history"]
    assert [point["score"]["value"] for point in part["nodes"]] == [40, 41, 42]
    assert part["totalCount"] == 3
    assert grown.data(HISTORY, {"provider": "kred"})["voice"]["history"]["nodes"] == []


def test_history_is_paged(grown):
    """Pages of history follow one another without overlap."""
    seen, after, more = [], None, True
    while more:
        page = grown.data(HISTORY, {"first": 2, "after": after})["voice"]["history"]
        assert (page["totalCount"], page["pageInfo"]["hasPreviousPage"]) == (5, after is not None)
        seen += [point["score"]["value"] for point in page["nodes"]]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert seen == [39, 40, 41, 42, 43]


def test_change_is_between_two_observations(grown):
    """A change is the newer score less the older, on the provider's scale; null where no older one is held."""
    points = grown.data(HISTORY)["voice"]["history"]["nodes"]
    changes = [point["score"]["change"] for point in points]
    assert changes == [None, {"value": 1}, {"value": 1}, {"value": 1}, {"value": 1}]


# ------------------------------------------------------------------ search, topics, providers, recipes


def test_search_finds_names_and_handles(served):
    """Search looks in names and handles, whatever the capitals; whole words come first; a filter narrows it."""
    query = """
    query($text: String!, $filter: VoiceFilter) {
      search(text: $text, filter: $filter) { totalCount nodes { accounts { handle } } edges { node { id } } }
    }"""
    found = served.data(query, {"text": "bbc"})["search"]
    handles = [voice["accounts"][0]["handle"] for voice in found["nodes"]]
    assert found["totalCount"] == len(handles) == len(found["edges"]) > 3
    assert "BBC_TopGear" in handles
    narrowed = served.data(query, {"text": "BBC", "filter": {"topics": ["automotive"]}})["search"]
    assert [voice["accounts"][0]["handle"] for voice in narrowed["nodes"]] == ["BBC_TopGear"]
    assert served.data(query, {"text": "@PirelliUK"})["search"]["totalCount"] == 1
    assert served.data(query, {"text": "nobody has this"})["search"]["totalCount"] == 0


def test_topics_have_names_and_parents(served):
    """Topics somebody speaks on, with the wider topic of those that have one; a text narrows them."""
    topics = {each["slug"]: each for each in served.data("{ topics { slug name parent { slug } } }")["topics"]}
    assert topics["automotive"] == {"slug": "automotive", "name": "Automotive", "parent": None}
    assert topics["tyres"]["parent"] == topics["motorsport"]["parent"] == {"slug": "automotive"}
    assert [each["slug"] for each in served.data('{ topics(text: "Tyre") { slug } }')["topics"]] == ["tyres"]


def test_providers_say_their_state(served):
    """Without any configuration Klout and PeerIndex are retired, Kred is not configured, Renown computes."""
    providers = served.data("{ providers { slug state metrics { slug minimum maximum higherIsMore meaning } } }")[
        "providers"
    ]
    states = {each["slug"]: each["state"] for each in providers}
    assert {slug: states[slug] for slug in ("klout", "kred", "peerindex", "renown")} == {
        "klout": "RETIRED",
        "kred": "NOT_CONFIGURED",
        "peerindex": "RETIRED",
        "renown": "LIVE",
    }
    assert list(states)[:4] == ["klout", "kred", "peerindex", "renown"]
    for each in objects(providers):
        assert each.get("meaning", "A sentence.").endswith(".")


def test_recipe_is_found_by_its_hash(served):
    """A recipe that was used is found by its hash or its first digits, and a ranking by that hash is the same."""
    asked = """
    {
      ranking(recipe: { weights: [{ provider: "klout", weight: 4 }, { provider: "peerindex", weight: 2 }] }) {
        recipe { id hash name canonical explanation } nodes { composite { value } }
      }
    }"""
    first = served.data(asked)["ranking"]
    recipe = first["recipe"]
    assert recipe["canonical"]["weights"] == {"klout": 2, "peerindex": 1}
    assert recipe["name"] is None
    query = "query($hash: String!) { recipe(hash: $hash) { id hash name canonical explanation } }"
    for digits in (64, 16):
        assert served.data(query, {"hash": recipe["hash"][:digits]})["recipe"] == recipe
    again = "query($hash: String!) { ranking(recipe: { hash: $hash }) { nodes { composite { value } } } }"
    assert served.data(again, {"hash": recipe["hash"]})["ranking"]["nodes"] == first["nodes"]
    assert served.data("{ ranking { recipe { name } } }")["ranking"]["recipe"]["name"] == "default"


@pytest.mark.parametrize(("first", "places"), [(None, 3), (5, 5)])
def test_number_in_the_phrase_gives_way_to_first(first, places, served):
    """The phrase's number counts unless `first` is given; a variable that is not sent is not given."""
    query = """
    query($first: Int) {
      ranking(of: "top 3 UK automotive voices", first: $first) { understoodAs nodes { place } }
    }"""
    for variables in [{"first": first}] if first else [{"first": None}, {}]:
        ranking = served.data(query, variables)["ranking"]
        assert len(ranking["nodes"]) == places
        assert ranking["understoodAs"].startswith(f"The top {places} voices")


def test_cost_says_what_was_asked_of_providers(served):
    """`extensions.cost` counts calls to providers and what the cache had, and nothing is asked here."""
    for query in ("{ ranking { totalCount } }", '{ voice(account: { handle: "PirelliUK" }) { id } }', "{ nonsense }"):
        assert served.answer(query)["extensions"]["cost"] == {"upstreamCalls": 0, "cacheHits": 0, "cacheMisses": 0}


def test_query_may_be_in_the_address(served):
    """A query is answered by GET as by POST."""
    response = served.client.get(
        "/graphql", params={"query": "query($s: String!) { provider(slug: $s) { slug } }", "variables": '{"s": "kred"}'}
    )
    assert response.json()["data"] == {"provider": {"slug": "kred"}}
