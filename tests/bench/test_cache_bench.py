"""The bench of the gateway's cache runs, and what it counts is so whatever else the machine does."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.ci

BENCH = Path(__file__).parents[2] / "bench"


def test_a_quick_run_counts_one_call_for_a_cold_key(tmp_path):
    """Of 200 askers of a cold key one calls upstream; plain aiocache lets all of them."""
    command = [sys.executable, BENCH / "cache.py", "--quick", "--json", tmp_path / "cache.json"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300).stdout  # noqa: S603 - ours
    assert "Renown" in printed
    entries = json.loads((tmp_path / "cache.json").read_text())
    assert all({"name", "value", "unit", "baseline", "baseline_value", "ratio"} == entry.keys() for entry in entries)
    (calls,) = [e for e in entries if e["name"] == "200 at once, 5 cold keys: calls" and "aiocache" in e["baseline"]]
    assert (calls["value"], calls["baseline_value"]) == (5, 1_000)
