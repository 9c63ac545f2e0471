"""What a request costs in instructions stays near what is committed, by a ratio that no clock and no machine moves."""

import json
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

pytestmark = pytest.mark.ci

BENCH = Path(__file__).parents[2] / "bench"
_MOST = 1.25  # times what is committed: other builds of Python and numpy differ by a tenth


def test_no_request_costs_much_more_than_is_committed(tmp_path: Path):
    """Each case, beside the encoding of an answer in the same run, takes at most a quarter more than it did."""
    found = tmp_path / "found.json"
    asked = [sys.executable, "instructions.py", "--json", str(found)]
    said = subprocess.run(asked, cwd=BENCH, capture_output=True, text=True, check=False)  # noqa: S603 - our own bench
    if "NOT RUN" in said.stderr:
        warnings.warn(UserWarning(said.stderr.strip()), stacklevel=1)
        pytest.skip(said.stderr.strip())
    committed = json.loads((BENCH / "instructions.json").read_text(encoding="utf-8"))
    of_this = committed.get(f"{sys.version_info.major}.{sys.version_info.minor}")
    if of_this is None:
        pytest.skip(f"No ratios are committed for Python {sys.version_info.major}.{sys.version_info.minor}.")
    ratios = {each["name"]: each["ratio"] for each in json.loads(found.read_text(encoding="utf-8"))}
    assert ratios.keys() == of_this.keys(), said.stderr
    assert {name: ratio for name, ratio in ratios.items() if ratio > _MOST * of_this[name]} == {}
