"""The bench of the draws: it measures what it says, and says where a bound is missed."""

import json
import os
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[2] / "bench"


@pytest.fixture
def draws(monkeypatch: pytest.MonkeyPatch):
    """The bench, over few voices."""
    monkeypatch.syspath_prepend(str(BENCH))
    environment = dict(os.environ)
    import draws

    os.environ.clear()
    os.environ.update(environment)
    for name, value in {"DRAWS": 20, "LIST": 60, "EVERYBODY": 8000, "FITTED_ON": 300, "TOP": 5}.items():
        monkeypatch.setattr(draws, name, value)
    return draws


def test_a_quick_run_writes_its_figures(draws, monkeypatch, tmp_path, capsys):
    """Nine cases, each with the ranking beside it, and a verdict that follows from the ratio and the bound."""
    monkeypatch.setattr(sys, "argv", ["draws.py", "--quick", "--json", str(tmp_path / "d.json")])
    draws.main()
    lines = capsys.readouterr().out.splitlines()
    found = json.loads((tmp_path / "d.json").read_text())
    assert [each["bound"] for each in found] == [40.0] * 6 + [3.0] * 3
    for each in found:
        assert each["ratio"] == pytest.approx(each["value"] / each["baseline_value"])
        assert {"name", "value", "unit", "baseline", "baseline_value", "ratio"} <= set(each)
        assert each["memory_bytes"] > 0
        (line,) = (line for line in lines if line.startswith(each["name"]))
        assert line.endswith("kept" if each["ratio"] <= each["bound"] else "MISSED")


def test_everybody_simulated_can_be_ranked(draws):
    """Each voice has two providers at least, so that lists are as long as they are called."""
    import numpy as np

    assert ((~np.isnan(draws.simulated(500))).sum(axis=1) >= 2).all()
