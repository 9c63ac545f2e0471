"""Whatever a client asks wrongly is told in one clear error with a code, and is no line in our log."""

import json
import logging

import pytest
from structlog.testing import capture_logs

from renown.gateway.paging import encode_cursor

TYRES = ("PirelliUK", "ContiUK", "DunlopLive", "Goodyear_UK", "MichelinTyres", "BridgestoneTyre")
MANY = ", ".join('{ handle: "PirelliUK" }' for _ in range(101))


def ranking(arguments):
    """A ranking with these arguments."""
    return f"{{ ranking({arguments}) {{ totalCount }} }}"


def recipe(parts):
    """A ranking under a recipe of these parts."""
    return ranking(f"recipe: {{ {parts} }}")


def pirelli(field):
    """A field of a voice that is known."""
    return f'{{ voice(account: {{ handle: "PirelliUK" }}) {{ {field} }} }}'


def klout(field):
    """A field of a score that is known."""
    return pirelli(f'score(provider: "klout") {{ ... on Score {{ {field} }} }}')


def compare(*handles):
    """A comparison of these."""
    accounts = ", ".join(f'{{ handle: "{handle}" }}' for handle in handles)
    return f"{{ compare(accounts: [{accounts}]) {{ verdict }} }}"


# What is asked, the code of the one error, and words its message must have.
BAD = [
    ('{ voice(account: { handle: "nobody_here" }) { id } }', "UNKNOWN_VOICE", "'nobody_here'"),
    ('{ voice(account: { handle: "" }) { id } }', "BAD_HANDLE", "is not a handle"),
    ('{ voice(account: { handle: "a b" }) { id } }', "BAD_HANDLE", "is not a handle"),
    ('{ voice(account: { handle: "a", network: "twiter" }) { id } }', "UNKNOWN_NETWORK", "'twitter'"),
    (f"{{ voices(accounts: [{MANY}]) {{ id }} }}", "BAD_PAGE", "At most 100"),
    (ranking('of: ""'), "BAD_QUESTION", "empty"),
    (ranking('of: "   "'), "BAD_QUESTION", "empty"),
    (ranking('of: "top UK automotiv voices"'), "UNKNOWN_WORD", "'automotive'"),
    (ranking('of: "top UK voices", filter: {}'), "AMBIGUOUS_QUESTION", "phrase and a filter"),
    (ranking('of: "top German automotive voices"'), "EMPTY_RANKING", "none is left"),
    (ranking("filter: { minimumScore: 99.9 }"), "EMPTY_RANKING", "composite below 99.9"),
    (ranking('filter: { topics: ["automotiv"] }'), "UNKNOWN_TOPIC", "'automotive'"),
    (ranking('filter: { list: "tires" }'), "UNKNOWN_LIST", "'tyres'"),
    (ranking('filter: { networks: ["twiter"] }'), "UNKNOWN_NETWORK", "'twitter'"),
    (ranking('filter: { providers: ["klont"] }'), "UNKNOWN_PROVIDER", "'klout'"),
    (ranking('filter: { country: "GBR" }'), "UNKNOWN_COUNTRY", "'GBR'"),
    (ranking('filter: { country: "" }'), "UNKNOWN_COUNTRY", "alpha-2"),
    (ranking("first: 0"), "BAD_PAGE", "1 to 100"),
    (ranking("first: -1"), "BAD_PAGE", "1 to 100"),
    (ranking("first: 100000"), "BAD_PAGE", "100000"),
    (ranking('after: "nonsense"'), "BAD_CURSOR", "'nonsense'"),
    (ranking('after: ""'), "BAD_CURSOR", "is not a cursor"),
    (ranking(f'after: "{encode_cursor("2", 1, 2)}"'), "BAD_CURSOR", "is not a cursor"),
    (ranking('asOf: "2999-01-01T00:00:00Z"'), "BAD_MOMENT", "in the future"),
    (ranking('asOf: "2999-01-01"'), "BAD_MOMENT", "in the future"),
    (ranking('asOf: "yesterday"'), "BAD_QUERY", "'yesterday' is no moment"),
    (ranking('asOf: "0001-01-01T00:00:00+14:00"'), "BAD_QUERY", "is no moment"),
    (recipe('weights: [{ provider: "klout", weight: -1 }]'), "BAD_RECIPE", "negative"),
    (recipe('weights: [{ provider: "klout", weight: 1e999 }]'), "BAD_RECIPE", "finite"),
    (
        recipe('weights: [{ provider: "klout", weight: 0 }, { provider: "kred", weight: 0 }]'),
        "BAD_RECIPE",
        "All weights are zero",
    ),
    (recipe('weights: [{ provider: "klont", weight: 1 }]'), "UNKNOWN_PROVIDER", "'klout'"),
    (recipe('weights: [{ provider: "klout", weight: 1 }, { provider: "klout", weight: 2 }]'), "BAD_RECIPE", "two"),
    (recipe("weights: []  weighting: CUSTOM"), "BAD_RECIPE", "no weights"),
    (recipe('weights: [{ provider: "klout", weight: 1 }]  weighting: EQUAL'), "BAD_RECIPE", "EQUAL"),
    (recipe("minimumProviders: 0"), "BAD_RECIPE", "0 providers"),
    (recipe("halfLifeDays: 0"), "BAD_RECIPE", "half-life"),
    (recipe('hash: "0123456789abcdef"'), "UNKNOWN_RECIPE", "'0123456789abcdef'"),
    (recipe('hash: "89bf"'), "UNKNOWN_RECIPE", "'89bf'"),
    (recipe('hash: "0123456789abcdef"  combiner: MEAN'), "BAD_RECIPE", "other parts"),
    (recipe("normaliser: EQUATED  reference: POPULATION"), "BAD_RECIPE", "reference FROZEN"),
    (recipe("combiner: CONSENSUS  normaliser: LINEAR"), "BAD_RECIPE", "normaliser EQUATED"),
    (recipe("combiner: CONSENSUS"), "NO_REFERENCE", "renown reference build"),
    (
        pirelli("composite(recipe: { normaliser: PERCENTILE, reference: WITHIN_LIST }) { __typename }"),
        "BAD_RECIPE",
        "no list",
    ),
    (klout("normalised(recipe: { normaliser: ZSCORE, reference: WITHIN_LIST }) { value }"), "BAD_RECIPE", "no list"),
    (pirelli('composite(asOf: "2999-01-01T00:00:00Z") { __typename }'), "BAD_MOMENT", "in the future"),
    (pirelli('score(provider: "klout", asOf: "2999-01-01T00:00:00Z") { __typename }'), "BAD_MOMENT", "in the future"),
    (pirelli('score(provider: "klont") { __typename }'), "UNKNOWN_PROVIDER", "'klout'"),
    (pirelli('scores(providers: ["klout", "klont"]) { __typename }'), "UNKNOWN_PROVIDER", "'klout'"),
    (pirelli('score(provider: "klout", maxAgeSeconds: -1) { __typename }'), "BAD_AGE", "-1 seconds"),
    (klout("change(days: 0) { value }"), "BAD_PERIOD", "1 to 36500 days"),
    (klout("change(days: 2147483647) { value }"), "BAD_PERIOD", "1 to 36500 days"),
    (pirelli("topics(first: 0) { topic { slug } }"), "BAD_PAGE", "1 to 100"),
    (pirelli('history(provider: "klont") { totalCount }'), "UNKNOWN_PROVIDER", "'klout'"),
    (pirelli('history(after: "x") { totalCount }'), "BAD_CURSOR", "'x'"),
    (pirelli(f'history(after: "{encode_cursor("Monday", 2)}") {{ totalCount }}'), "BAD_CURSOR", "is not a cursor"),
    (pirelli(f'claims(after: "{encode_cursor(2**63)}") {{ totalCount }}'), "BAD_CURSOR", "is not a cursor"),
    (pirelli("claims(first: 101) { totalCount }"), "BAD_PAGE", "1 to 100"),
    (compare("PirelliUK"), "BAD_COMPARISON", "2 to 5"),
    (compare(*TYRES), "BAD_COMPARISON", "2 to 5"),
    (compare("PirelliUK", "@pirelliuk"), "BAD_COMPARISON", "different voices"),
    (compare("PirelliUK", "nobody_here"), "UNKNOWN_VOICE", "'nobody_here'"),
    ('{ search(text: " @ ") { totalCount } }', "EMPTY_SEARCH", "empty"),
    ('{ node(id: "nonsense") { id } }', "BAD_ID", "'nonsense'"),
    ('{ node(id: "") { id } }', "BAD_ID", "is not an id"),
    ('{ node(id: "Vm9pY2U6AAAA") { id } }', "BAD_ID", "is not an id"),  # three NULs, which no database takes as text
    ('{ recipe(hash: "nonsense") { hash } }', "UNKNOWN_RECIPE", "'nonsense'"),
    ('{ provider(slug: "klont") { id } }', "UNKNOWN_PROVIDER", "'klout'"),
    ("{ nonsense }", "BAD_QUERY", "'nonsense'"),
    ("{ voice { id } }", "BAD_QUERY", "account"),
    ("{ ...missing }", "BAD_QUERY", "'missing'"),
    ("{", "BAD_QUERY", "Syntax Error"),
    ("mutation { nonsense }", "BAD_QUERY", "mutation"),
]


@pytest.fixture(autouse=True)
def _nothing_logged(caplog):
    """Nothing is logged at ERROR, neither by structlog nor by the standard library."""
    with capture_logs() as logged, caplog.at_level(logging.ERROR):
        yield
    assert [entry for entry in logged if entry["log_level"] in {"error", "critical"}] == []
    assert caplog.records == []


def _check(error, code, words):
    assert error["extensions"]["code"] == code
    assert words in error["message"]
    assert "Traceback" not in json.dumps(error, default=str)
    assert error["extensions"]["nextStep"]


@pytest.mark.parametrize(("query", "code", "words"), BAD, ids=[f"{code}-{words}" for _, code, words in BAD])
def test_bad_request_is_one_clear_error(query, code, words, served):
    """A bad request has one error, which has a code, names what is wrong and says what to do next."""
    _check(served.error(query), code, words)


@pytest.mark.parametrize("value", ["NaN", "1e5 ", "a", None, [1], True])
def test_weight_that_is_no_number_is_refused(value, served):
    """A weight given as a variable must be a JSON number: words, `NaN` among them, null and lists are refused."""
    query = 'query($w: Float!) { ranking(recipe: { weights: [{ provider: "klout", weight: $w }] }) { totalCount } }'
    _check(served.error(query, {"w": value}), "BAD_QUERY", "$w")


def test_null_in_an_argument_is_refused(served):
    """Null for an argument that must not be null is refused also where only running the operation shows it."""
    query = 'query($handle: String = "PirelliUK") { voice(account: { handle: $handle }) { id } }'
    assert served.data(query)["voice"]
    _check(served.error(query, {"handle": None}), "BAD_QUERY", "$handle")


@pytest.mark.parametrize("moment", ["yesterday", 12, True])
def test_moment_that_is_none_is_refused(moment, served):
    """A moment given as a variable must be ISO 8601."""
    _check(
        served.error("query($at: DateTime) { ranking(asOf: $at) { totalCount } }", {"at": moment}), "BAD_QUERY", "$at"
    )


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"12",
        b'"text"',
        b"[1]",
        b"\xff\xfe",
        b'{"query": "{ networks }", "variables": {"w": NaN}}',
        b'{"query": "{ networks }", "variables": {"w": 1e999}}',
        b'{"query": "{ networks }", "variables": {"t": "\\ud800"}}',
        b'{"query": "{ networks }", "variables": ' + b'{"a":' * 20_000 + b"1" + b"}" * 20_001,
        b"[" * 100_000,
    ],
    ids=lambda body: body[-20:].decode(errors="replace"),
)
def test_body_that_is_no_json_object_is_refused(body, served):
    """A body that is no JSON object in UTF-8 gets status 400 and an error in the one shape; NaN is no JSON either."""
    response = served.client.post("/graphql", content=body, headers={"content-type": "application/json"})
    assert response.status_code == 400
    error = response.json()["error"]
    assert (error["code"], error["nextStep"][:4]) == ("BAD_JSON", "Send")


@pytest.mark.parametrize("body", [b"{}", b'{"query": 12}', b'{"query": "{ networks }", "variables": [1]}'])
def test_request_without_query_is_refused(body, served):
    """A JSON object that is no GraphQL request gets status 400 and a sentence."""
    response = served.client.post("/graphql", content=body, headers={"content-type": "application/json"})
    assert response.status_code == 400
    assert "query" in response.text or "variables" in response.text


def test_unknown_voice_is_null_beside_its_error(served):
    """An unknown handle is null with the error UNKNOWN_VOICE at its path."""
    answer = served.answer('{ voice(account: { handle: "nobody_here" }) { id } networks }')
    assert answer["data"]["voice"] is None
    assert "twitter" in answer["data"]["networks"]
    assert [error["path"] for error in answer["errors"]] == [["voice"]]


def test_unknown_voice_among_others_leaves_them(served):
    """In `voices` only the unknown one is null, with its error; the others stand in their places."""
    handles = ["ContiUK", "nobody_here", "PirelliUK", "nor_this_one"]
    answer = served.answer(
        "query($a: [AccountInput!]!) { voices(accounts: $a) { accounts { handle } } }",
        {"a": [{"handle": handle} for handle in handles]},
    )
    shown = [voice and voice["accounts"][0]["handle"] for voice in answer["data"]["voices"]]
    assert shown == ["ContiUK", None, "PirelliUK", None]
    assert [error["path"] for error in answer["errors"]] == [["voices", 1], ["voices", 3]]
    assert {error["extensions"]["code"] for error in answer["errors"]} == {"UNKNOWN_VOICE"}


def test_bad_id_among_others_leaves_them(served):
    """In `nodes` an id that is none is null with the error BAD_ID, one that names nothing null; the others stand."""
    good = served.data(pirelli("id"))["voice"]["id"]
    answer = served.answer(
        "query($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": [good, "nonsense", "Vm9pY2U6eA", good]}
    )
    assert answer["data"]["nodes"] == [{"id": good}, None, None, {"id": good}]
    (error,) = answer["errors"]
    assert (error["path"], error["extensions"]["code"]) == (["nodes", 1], "BAD_ID")


@pytest.mark.parametrize(
    "other",
    [
        'of: "top UK automotive voices"',
        'filter: { topics: ["football"] }',
        "recipe: { minimumProviders: 1 }",
        "recipe: { normaliser: RAW }",
    ],
)
def test_cursor_of_another_question_is_refused(other, served):
    """A cursor goes on with the question it came from, and with no other filter or recipe."""
    cursor = served.data("{ ranking(first: 2) { pageInfo { endCursor } } }")["ranking"]["pageInfo"]["endCursor"]
    assert served.data(ranking(f'first: 2, after: "{cursor}"'))
    _check(served.error(ranking(f'{other}, after: "{cursor}"')), "BAD_CURSOR", "is not a cursor")


def test_cursor_of_a_search_is_none_of_a_ranking(served):
    """A search's cursor is refused by a ranking and by another search."""
    cursor = served.data('{ search(text: "BBC", first: 1) { pageInfo { endCursor } } }')["search"]["pageInfo"][
        "endCursor"
    ]
    _check(served.error(ranking(f'after: "{cursor}"')), "BAD_CURSOR", "is not a cursor")
    _check(
        served.error(f'{{ search(text: "Sky", after: "{cursor}") {{ totalCount }} }}'), "BAD_CURSOR", "is not a cursor"
    )
