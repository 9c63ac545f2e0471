"""Limits on what an operation may ask refuse it with an error that says so, and let GraphiQL through."""

import pytest
from graphql import get_introspection_query
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from renown.settings import Settings
from renown.web import application
from renown.web.graphiql import opening_query
from served import Served, settings_of

DEFAULTS = Settings(_env_file=None)


def nested(depth):
    """An operation of so many levels of fields."""
    steps = ['topics(text: "football")', *["parent"] * (depth - 1)]
    return "{ " + " { ".join(steps) + " { slug " + "}" * depth + " }"


def aliased(number):
    """An operation of so many aliases."""
    return "{ " + " ".join(f"a{each}: networks" for each in range(number)) + " }"


def spread(levels, times):
    """An operation in which fragments spread one another so many levels down, each so many times."""
    fragments = (f"fragment F{at} on Query {{ {f'...F{at + 1} ' * times}}}" for at in range(levels))
    return f"{{ ...F0 }} {' '.join(fragments)} fragment F{levels} on Query {{ networks }}"


def test_depth_is_limited(served):
    """An operation as deep as the limit is answered; one level more is refused, with both numbers in the sentence."""
    assert served.data(nested(DEFAULTS.max_depth))["topics"]
    error = served.error(nested(DEFAULTS.max_depth + 1))
    assert error["extensions"]["code"] == "TOO_DEEP"
    assert f"{DEFAULTS.max_depth + 1} levels deep, and {DEFAULTS.max_depth} are allowed" in error["message"]


def test_depth_counts_through_fragments(served):
    """Fragments, inline or by name, neither add a level nor hide one."""
    deep = nested(DEFAULTS.max_depth + 1).removeprefix("{").removesuffix("}")
    for hidden in (
        f"{{ ... on Query {{ {deep} }} }}",
        f"{{ ...Deep }} fragment Deep on Query {{ {deep} }}",
    ):
        assert served.error(hidden)["extensions"]["code"] == "TOO_DEEP"


def test_aliases_are_limited(served):
    """As many aliases as the limit are answered; one more is refused, with both numbers in the sentence."""
    assert len(served.data(aliased(DEFAULTS.max_aliases))) == DEFAULTS.max_aliases
    error = served.error(aliased(DEFAULTS.max_aliases + 1))
    assert error["extensions"]["code"] == "TOO_MANY_ALIASES"
    assert f"{DEFAULTS.max_aliases + 1} aliases, and {DEFAULTS.max_aliases} are allowed" in error["message"]


def test_aliases_count_wherever_their_fragment_is_spread(served):
    """An alias in a fragment counts each time the fragment is spread, however deep fragments spread one another."""
    doubling = spread(5, 2).replace("{ networks }", "{ again: networks }")
    assert "The operation has 32 aliases" in served.error(doubling)["message"]


def test_tokens_are_limited(served):
    """A document of more tokens than the limit is refused, and the sentence says so."""
    error = served.error("{ " + "networks " * DEFAULTS.max_tokens + "}")
    assert f"more than {DEFAULTS.max_tokens} tokens" in error["message"]


@pytest.mark.parametrize(("levels", "times"), [(30, 6), (100, 2), (150, 1)])
def test_short_document_is_measured_in_short_time(levels, times, served):
    """Fragments that spread one another, as many levels as tokens allow, are measured once each: the answer comes."""
    assert "twitter" in served.data(spread(levels, times))["networks"]


def test_fragments_nested_too_deeply_are_refused(served):
    """A chain of fragments longer than can be followed is refused, here or by graphql-core; it is no fault of ours."""
    with capture_logs() as logged:
        errors = served.answer(spread(240, 1))["errors"]
    assert {error["extensions"]["code"] for error in errors} <= {"TOO_DEEP", "BAD_QUERY"}
    assert logged == []


@pytest.mark.parametrize("document", ["{ a" * 660, '{ search(text: "a", filter: { topics: ' + "[" * 900])
def test_nesting_without_end_is_refused(document, served):
    """A document nested deeper than it can be read is refused, and the sentence says so."""
    assert "nested too deeply" in served.error(document)["message"]


def test_fragment_within_itself_is_refused(served):
    """A fragment that spreads itself, directly or through another, is refused, and not measured for ever."""
    assert "itself" in served.error("{ ...F } fragment F on Query { ...F }")["message"]
    circle = "{ ...F } fragment F on Query { ...G } fragment G on Query { networks ...F }"
    assert "itself" in served.error(circle)["message"]


def test_introspection_passes(served):
    """GraphiQL's full introspection query passes the default limits."""
    full = get_introspection_query(
        specified_by_url=True, directive_is_repeatable=True, schema_description=True, input_value_deprecation=True
    )
    assert len(served.data(full)["__schema"]["types"]) > 60


def test_opening_query_runs(served):
    """The query a newcomer's first tab opens with runs, and shows ten voices with what each was made of."""
    ranking = served.data(opening_query())["ranking"]
    assert [entry["place"] for entry in ranking["nodes"]] == list(range(1, 11))
    assert all(entry["composite"]["contributions"] for entry in ranking["nodes"])


def test_limits_are_settings(demo_file):
    """The limits are those of the settings."""
    tight = settings_of(demo_file, max_depth=2, max_aliases=1, max_tokens=30, max_page=3)
    with TestClient(application(tight)) as client:
        asked = Served(client)
        assert asked.error("{ ranking { nodes { voice { id } } } }")["extensions"]["code"] == "TOO_DEEP"
        assert asked.error(aliased(2))["extensions"]["code"] == "TOO_MANY_ALIASES"
        assert "30 tokens" in asked.error("{ " + "networks " * 30 + "}")["message"]
        assert asked.error("{ ranking(first: 4) { totalCount } }")["extensions"]["code"] == "BAD_PAGE"
        assert asked.data("{ ranking(first: 3) { nodes { place } } }")


def test_pages_within_pages_are_limited(served):
    """Pages within pages multiply, through fragments and with variables too; too many entries are refused."""
    deep = "claims { nodes { subject { claims { nodes { subject { claims { nodes { id } } } } } } } }"
    voice = f'{{ voice(account: {{ handle: "PirelliUK" }}) {{ {deep} }} }}'
    error = served.error(voice)
    assert error["extensions"]["code"] == "TOO_WIDE"
    assert "127550 entries, and 10000 are allowed" in error["message"]
    hidden = f"{voice.replace(deep, '...Deep')} fragment Deep on Voice {{ {deep} }}"
    assert served.error(hidden)["extensions"]["code"] == "TOO_WIDE"
    assert served.data(voice.replace("claims {", "claims(first: 2) {"))["voice"]
