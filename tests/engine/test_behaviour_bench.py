"""The bench of foresight and manipulation: its measures, its attacks, and what it says without its data."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from renown.engine.interactions import Kind

pytestmark = pytest.mark.ci

BENCH = Path(__file__).parents[2] / "bench" / "engine"
_MODULES = ("attacks", "behaviour", "cuts", "foresight", "simple_scorers")


@pytest.fixture(autouse=True)
def _bench(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(BENCH))
    yield
    for module in _MODULES:
        sys.modules.pop(module, None)


@pytest.fixture
def data(tmp_path):
    """A small log of the same form and days; SYNTHETIC."""
    chance = np.random.default_rng(4)
    start, end, rows = 1341100800, 1341532800, 20_000
    actor, target = chance.integers(0, 4_000, rows), chance.zipf(1.6, rows) % 3_000
    at = np.sort(chance.integers(start, end, rows))
    lines = zip(actor, target, at, chance.choice(["RT", "MT", "RE"], rows), strict=True)
    file = tmp_path / "higgs_2012" / "interactions_until_2012-07-06.txt.gz"
    file.parent.mkdir()
    file.write_text("\n".join(" ".join(map(str, line)) for line in lines if line[0] != line[1]))
    return tmp_path


def run(*words):
    """The bench as a command."""
    command = [sys.executable, str(BENCH / "behaviour.py"), *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command


def test_without_its_data_it_says_so(tmp_path):
    """In one line that names the file."""
    answer = run("--data", tmp_path)
    assert answer.returncode == 1
    (line,) = answer.stderr.splitlines()
    assert line.startswith("The data is not there: higgs_2012/interactions_until_2012-07-06.txt.gz is needed")


def test_every_bar_is_printed_with_what_it_is_compared_with(data, tmp_path):
    """And written as JSON of one shape."""
    answer = run("--data", data, "--quick", "--json", tmp_path / "bars.json")
    assert answer.returncode == 0, answer.stderr
    assert sum(line.endswith(("kept", "MISSED")) for line in answer.stdout.splitlines()) == 4
    bars = json.loads((tmp_path / "bars.json").read_text())
    assert [list(bar) for bar in bars] == [["name", "value", "unit", "baseline", "baseline_value", "ratio"]] * 4


def test_the_measures_hold_at_known_points():
    """The right order is 1, all tied is a half, the wrong order is 0; a tied median stands in the middle."""
    from foresight import auc, median_place, ndcg

    came = np.array([9.0, 3.0, 1.0, 0.0, 0.0])
    assert ndcg(came, came) == pytest.approx(1)
    assert ndcg(-came, came) < 0.8
    assert (auc(came, came), auc(np.ones(5), came), auc(-came, came)) == (1, 0.5, 0)
    assert median_place(np.ones(5), np.array([0, 1])) == 0.6


def test_an_attack_adds_its_bots_and_nothing_after_the_cut(data):
    """Each bot's acts, the ring, the fooled and the famous are in the log; the real rows are as they were."""
    from attacks import Attack, attacked
    from cuts import MOMENTS, cuts_of

    (cut,) = cuts_of(data, MOMENTS[:1])
    log = attacked(cut, Attack("all", bots=10, acts=2, famous=2, fooled=5, hours=6, aged=True))
    theirs = (log.actor >= cut.log.accounts) | (log.target >= cut.log.accounts)
    assert log.where(~theirs).at.tolist() == cut.log.at.tolist()
    assert theirs.sum() == 10 * 2 * len(cut.targets) + 10 * 5 + 10 * 2 + 5
    assert log.at.max() < cut.until
    assert (log.kind[theirs] == Kind.REPOST).all()
