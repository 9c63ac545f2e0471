"""The GraphQL address keeps to HTTP and to GraphQL over HTTP: methods, media types, ETags, refusals."""

import json

import pytest

NETWORKS = {"query": "{ networks }"}
GRAPHQL, JSON = "application/graphql-response+json", "application/json"


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, JSON),
        ("*/*", JSON),
        ("application/*;q=0.5", JSON),
        (JSON, JSON),
        (GRAPHQL, GRAPHQL),
        (f"{GRAPHQL}, {JSON};q=0.9", GRAPHQL),
        (f"{JSON}, {GRAPHQL}", JSON),
        (f"{GRAPHQL};q=0.5, {JSON}", JSON),
        (f"{GRAPHQL}, application/graphql+json, {JSON}, text/event-stream, multipart/mixed", GRAPHQL),
        (f"{GRAPHQL};q=0, */*;q=0.1", JSON),
    ],
)
def test_the_media_type_is_the_one_preferred(served, accept, media_type):
    """Of the two there are, the heavier one is sent; of two as heavy, the one named first."""
    response = served.client.post("/graphql", json=NETWORKS, headers={"accept": accept} if accept else {"accept": ""})
    assert response.headers["content-type"] == f"{media_type}; charset=utf-8"


@pytest.mark.parametrize("accept", ["text/html", "application/json;q=0", "text/event-stream, multipart/mixed"])
def test_what_cannot_be_sent_is_refused(served, accept):
    """Who accepts neither gets 406, and a sentence."""
    response = served.client.post("/graphql", json=NETWORKS, headers={"accept": accept})
    assert (response.status_code, response.json()["error"]["code"]) == (406, "BAD_MEDIA_TYPE")


@pytest.mark.parametrize("content_type", ["text/plain", "", "application/json; charset=utf-16", "application/graphql"])
def test_a_body_of_another_type_is_refused(served, content_type):
    """A body that is not said to be JSON in UTF-8 gets 415: a page elsewhere cannot send one unasked."""
    response = served.client.post("/graphql", content=json.dumps(NETWORKS), headers={"content-type": content_type})
    assert (response.status_code, response.json()["error"]["code"]) == (415, "BAD_MEDIA_TYPE")


def test_other_methods_are_told_which_there_are(served):
    """405 names the methods that are answered."""
    response = served.client.delete("/graphql")
    assert (response.status_code, response.headers["allow"]) == (405, "GET, HEAD, POST")


def test_a_body_beyond_the_limit_is_refused(served):
    """A million bytes are enough for any question."""
    response = served.client.post("/graphql", json={"query": "{ networks }" + " " * 1_000_000})
    assert (response.status_code, response.json()["error"]["code"]) == (413, "TOO_LARGE")


def test_a_query_by_get_is_the_same_query(served):
    """Document, variables and operation may stand in the address."""
    query = "query A($n: Int!) { ranking(first: $n) { nodes { place } } } query B { networks }"
    asked = {"query": query, "variables": '{"n": 2}', "operationName": "A", "extensions": "{}"}
    by_get = served.client.get("/graphql", params=asked)
    posted = served.client.post("/graphql", json=asked | {"variables": {"n": 2}, "extensions": {}})
    assert by_get.json()["data"] == posted.json()["data"]
    assert len(by_get.json()["data"]["ranking"]["nodes"]) == 2


@pytest.mark.parametrize(
    "params",
    [
        {"query": "{ networks }", "variables": "{"},
        {"query": "{ networks }", "variables": "[1]"},
        {"query": "{ networks }", "extensions": '"text"'},
        {"variables": "{}"},
        {},
    ],
    ids=str,
)
def test_an_address_that_is_no_request_is_refused(served, params):
    """What the address says must be JSON objects and a query, as in a body."""
    response = served.client.get("/graphql", params=params)
    assert response.status_code == 400
    assert response.json()["error"]["code"] in {"BAD_JSON", "NO_QUERY"}


def test_an_unchanged_answer_is_not_sent_again(served):
    """By GET an answer has an ETag; whoever sends it back is told 304, with the headers and without the body."""
    first = served.client.get("/graphql", params=NETWORKS)
    tag = first.headers["etag"]
    assert (first.headers["cache-control"], first.headers["vary"].startswith("Accept")) == ("no-cache", True)
    for sent in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = served.client.get("/graphql", params=NETWORKS, headers={"if-none-match": sent})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert again.headers["vary"] == first.headers["vary"]
    other = served.client.get("/graphql", params=NETWORKS, headers={"if-none-match": '"other"'})
    assert (other.status_code, other.content) == (200, first.content)


def test_a_head_is_a_get_without_its_body(served):
    """HEAD has the headers of GET."""
    head, get = served.client.head("/graphql", params=NETWORKS), served.client.get("/graphql", params=NETWORKS)
    assert (head.status_code, head.headers["etag"]) == (200, get.headers["etag"])
    assert head.headers["content-length"] == str(len(get.content))


def test_a_post_names_no_resource(served):
    """An answer to a POST has no ETag, and `If-None-Match` changes nothing about it."""
    response = served.client.post("/graphql", json=NETWORKS, headers={"if-none-match": "*"})
    assert (response.status_code, "etag" in response.headers) == (200, False)
    assert response.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "body",
    [
        {"query": "{"},
        {"query": "{ nothing }"},
        {"query": "query A($n: Int!) { ranking(first: $n) { totalCount } }", "variables": {"n": "many"}},
    ],
    ids=["syntax", "unknown field", "bad variable"],
)
def test_what_could_not_be_run_has_no_data(served, body):
    """A refused operation has errors and no `data`; its status is 400 in the media type that can say so."""
    for accept, status in ((JSON, 200), (GRAPHQL, 400)):
        response = served.client.post("/graphql", json=body, headers={"accept": accept})
        assert response.status_code == status
        assert "data" not in response.json()
        assert response.json()["errors"]


def test_an_operation_that_was_run_has_data(served):
    """An error of a resolver leaves null in its place, and the status is 200 in both media types."""
    query = '{ voice(account: { handle: "nobody_here" }) { id } }'
    for accept in (JSON, GRAPHQL):
        response = served.client.post("/graphql", json={"query": query}, headers={"accept": accept})
        assert (response.status_code, response.json()["data"]) == (200, {"voice": None})


@pytest.mark.parametrize("query", ["query A { networks }", "fragment B on Query { networks }"])
def test_an_operation_that_is_not_there_is_refused(served, query):
    """400 where the named operation is not in the document."""
    response = served.client.post("/graphql", json={"query": query, "operationName": "B"})
    assert (response.status_code, response.json()["error"]["code"]) == (400, "BAD_QUERY")
