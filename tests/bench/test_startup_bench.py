"""The bench of beginning: a bound that is missed is said, and its JSON has one shape."""

import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.ci


@pytest.fixture(autouse=True)
def _bench(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "bench"))
    yield
    sys.modules.pop("startup", None)


def test_a_missed_bound_is_said_and_one_that_holds_is_not():
    """What takes longer than its bound, with the time of what it is compared with taken off, is called MISSED."""
    from startup import Start, Took, _table

    def start(name, bound):
        return Start(name, lambda: None, bound, "base")

    starts = [Start("base", lambda: None), start("slow", 0.3), start("quick", 0.3)]
    took = {"base": Took(0.1, 0.1), "slow": Took(0.5, 0.2), "quick": Took(0.3, 0.2)}
    base, slow, quick = _table(starts, took).splitlines()[1:]
    assert slow.split() == ["slow,", "more", "than", "base", "0.400", "0.100", "0.3", "MISSED"]
    assert quick.split()[-3:] == ["0.200", "0.100", "0.3"]
    assert base.split() == ["base", "0.100", "0.100"]


def test_every_entry_has_one_shape():
    """Two entries a command, elapsed and processor; the ratio is to the bound, and there is none without one."""
    from startup import Start, _medians, figures_of

    starts = [Start("base", lambda: None), Start("bounded", lambda: None, 2.0)]
    entries = figures_of(starts, _medians(starts, 1))
    assert len({entry["name"] for entry in entries}) == len(entries) == 4
    for entry in entries:
        assert list(entry) == ["name", "value", "unit", "baseline", "baseline_value", "ratio"]
        bound = entry["baseline_value"]
        assert entry["ratio"] == (None if bound is None else pytest.approx(entry["value"] / bound))


def test_help_and_an_answer_are_measured(tmp_path):
    """Each way to begin runs to its end: help is printed, and a server answers and is gone."""
    from startup import _measured, _starts

    for start in _starts(tmp_path):
        took = _measured(start.run)
        assert took.elapsed > 0
        assert took.processor > 0
