"""A fault of ours is told to us in the log, and to the client only as having happened."""

import json
import traceback

import pytest
from structlog.testing import capture_logs

SECRET = "postgresql://renown:hunter2@db/renown"


@pytest.fixture
def failing(monkeypatch):
    """Lets looking up the topics fail with an exception nobody expects."""

    async def fail(_gateway):
        raise RuntimeError(SECRET)

    monkeypatch.setattr("renown.api.query.known_topics", fail)


def test_fault_in_a_resolver_is_masked_and_logged_once(failing, served):
    """An unexpected exception gives one masked error at its path, and one log entry with its traceback."""
    with capture_logs() as logged:
        answer = served.answer("{ topics { slug } }")
    (error,) = answer["errors"]
    assert answer["data"] is None
    assert (error["path"], error["extensions"]) == (["topics"], {"code": "INTERNAL_ERROR"})
    assert "hunter2" not in json.dumps(answer, default=str)
    (entry,) = [entry for entry in logged if entry["log_level"] == "error"]
    assert (entry["path"], str(entry["exc_info"])) == (["topics"], SECRET)
    assert traceback.extract_tb(entry["exc_info"].__traceback__)[-1].name == "fail"


def test_fault_leaves_the_rest_of_the_answer(failing, served, monkeypatch):
    """Where a field may be null, a fault in it leaves the others, and what the client did wrong is told as ever."""
    monkeypatch.setattr("renown.api.voices.VoiceRecord.of_account", lambda *_: 1 / 0)
    with capture_logs() as logged:
        answer = served.answer(
            '{ voice(account: { handle: "PirelliUK" }) { accounts { handle followers { value } } }'
            ' provider(slug: "klont") { id } }'
        )
    assert answer["data"] == {
        "voice": {"accounts": [{"handle": "PirelliUK", "followers": None}]},
        "provider": None,
    }
    assert sorted(error["extensions"]["code"] for error in answer["errors"]) == ["INTERNAL_ERROR", "UNKNOWN_PROVIDER"]
    assert [type(entry["exc_info"]) for entry in logged] == [ZeroDivisionError]


def test_fault_before_execution_is_masked_too(served, monkeypatch):
    """An exception while an operation is validated is masked and logged as one in a resolver is."""
    monkeypatch.setattr("renown.api.limits._Measure.size", lambda *_: {}[SECRET])
    with capture_logs() as logged:
        answer = served.answer("{ networks __typename }")
    (error,) = answer["errors"]
    assert error["extensions"] == {"code": "INTERNAL_ERROR"}
    assert "hunter2" not in json.dumps(answer, default=str)
    assert [type(entry["exc_info"]) for entry in logged] == [KeyError]


def test_broken_promise_of_the_schema_is_a_fault(served_alone, monkeypatch):
    """A resolver that gives null where the schema promises a value is a fault: masked and logged."""
    monkeypatch.setattr("renown.api.query.claims.NETWORKS", (None,))
    with capture_logs() as logged:
        error = served_alone.error("{ networks }")
    assert error["extensions"] == {"code": "INTERNAL_ERROR"}
    assert len(logged) == 1
