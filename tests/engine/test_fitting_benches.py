"""The benches of judgements and of bots: what they say with their data, made up here, and without it. SYNTHETIC."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from renown.engine.account_automation import AUTOMATION_COLUMNS, AutomationWeights
from renown.engine.profile_score import ProfileWeights

pytestmark = pytest.mark.ci

BENCH = Path(__file__).parents[2] / "bench" / "engine"
_FIGURES = ("follower_count", "following_count", "listed_count", "mentions_received", "retweets_received")
_FIGURES += ("mentions_sent", "retweets_sent", "posts", "network_feature_1", "network_feature_2", "network_feature_3")


@pytest.fixture
def data(tmp_path):
    """50 people in 250 pairs, and 120 accounts, of the same form as the real ones."""
    chance = np.random.default_rng(7)
    people = np.exp(chance.normal(4, 2, (50, 1)) + chance.normal(0, 1, (50, len(_FIGURES))))
    first, second = chance.integers(0, 50, (2, 250))
    odds = np.log(people[first, 0] * people[first, 2]) - np.log(people[second, 0] * people[second, 2])
    higher = chance.random(250) < 1 / (1 + np.exp(-odds))
    rows = np.hstack([higher[:, None].astype(int), people[first], people[second]])
    _write(tmp_path / "influence_pairs_2013/pairs.csv", ["Choice", *(f"{s}_{name}" for s in "AB" for name in _FIGURES)])
    with (tmp_path / "influence_pairs_2013/pairs.csv").open("a", newline="") as file:
        csv.writer(file).writerows([str(int(row[0])), *row[1:]] for row in rows)
    for label in ("bots", "humans"):
        for band in ("1k", "100k", "1M", "10M"):
            _accounts(tmp_path / f"bots_2017/{label}.{band}.csv", label == "bots", chance)
    return tmp_path


def _accounts(path, automated, chance):
    columns = [*AUTOMATION_COLUMNS, "cdn_content_in_kb"]
    _write(path, ["screen_name", *columns, "source_identity"])
    with path.open("a", newline="") as file:
        for one in range(15):
            figures = np.exp(chance.normal(2 + 0.5 * automated, 1, len(columns)))
            programs = "[0;4]" if chance.random() < 0.3 + 0.4 * automated else "[2]"
            csv.writer(file).writerow([f"someone {one}", *figures, programs])


def _write(path, header):
    path.parent.mkdir(exist_ok=True)
    path.write_text(",".join(header) + "\n")


def run(script, *words):
    """A bench as a command."""
    command = [sys.executable, str(BENCH / script), *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command


@pytest.mark.parametrize(
    ("script", "needed"),
    [
        ("judgements.py", "influence_pairs_2013/pairs.csv"),
        ("profile_fit.py", "influence_pairs_2013/pairs.csv"),
        ("bots.py", "bots_2017/"),
        ("automation_fit.py", "bots_2017/"),
    ],
)
def test_without_their_data_they_say_so(tmp_path, script, needed):
    """In one line that names what is needed."""
    answer = run(script, "--data", tmp_path)
    assert answer.returncode == 1
    (line,) = answer.stderr.splitlines()
    assert line == f"The data is not there: {needed} is needed in the folder that --data names."


@pytest.mark.parametrize(
    ("script", "ours"), [("judgements.py", "profile score"), ("bots.py", "automation probability")]
)
def test_a_quick_run_prints_ours_and_writes_its_bars(data, tmp_path, script, ours):
    """Each bar beside what it is compared with; where boosting is not installed, that is said."""
    answer = run(script, "--data", data, "--quick", "--json", tmp_path / "bars.json")
    assert answer.returncode == 0, answer.stderr
    assert f"Renown's {ours}" in answer.stdout
    assert "This was a quick run" in answer.stdout
    bars = json.loads((tmp_path / "bars.json").read_text())
    assert sum(line.endswith(("kept", "MISSED")) for line in answer.stdout.splitlines()) >= len(bars)
    for bar in bars:
        assert list(bar) == ["name", "value", "unit", "baseline", "baseline_value", "ratio"]


@pytest.mark.parametrize(
    ("script", "weights"), [("profile_fit.py", ProfileWeights), ("automation_fit.py", AutomationWeights)]
)
def test_a_fit_writes_the_same_weights_twice_and_the_engine_reads_them(data, tmp_path, script, weights):
    """In the committed form; those of profiles are never below zero."""
    for name in ("one.json", "two.json"):
        assert run(script, "--data", data, "--write", tmp_path / name).returncode == 0
    text = (tmp_path / "one.json").read_text()
    assert text == (tmp_path / "two.json").read_text()
    read = weights.of_json(json.loads(text))
    if isinstance(read, ProfileWeights):
        assert min(min(slopes) for slopes in read.slopes.values()) >= 0
