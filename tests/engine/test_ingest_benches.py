"""The demonstration on UK politics, and how fast a log is taken in: with data made up here, and without. SYNTHETIC."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

pytestmark = pytest.mark.ci

BENCH = Path(__file__).parents[2] / "bench" / "engine" / "uk_mps.py"


@pytest.fixture
def data(tmp_path):
    """30 members who name and retweet each other and some others, of the same form as the real tables."""
    folder, chance = tmp_path / "uk_mps_2015", np.random.default_rng(3)
    folder.mkdir()
    members = [f"Member{n}" for n in range(30)]
    others = [f"paper{n}" for n in range(5)]
    for table in ("mentions", "retweets"):
        counts = {
            member: {name: int(chance.integers(1, 9)) for name in [*members, *others] if chance.random() < 0.4}
            for member in members
        }
        (folder / f"{table}.json").write_text(json.dumps(counts))
    profiles = [{"handle": name.lower(), "followers": int(chance.integers(1, 10_000))} for name in members]
    (folder / "profiles.json").write_text(json.dumps(profiles))
    return tmp_path


def run(*words):
    """The bench as a command."""
    command = [sys.executable, str(BENCH), *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command


def test_without_its_data_it_says_so(tmp_path):
    """In one line that names the folder."""
    answer = run("--data", tmp_path)
    assert answer.returncode == 1
    assert answer.stderr.splitlines() == [
        "The data is not there: uk_mps_2015/ is needed in the folder that --data names."
    ]


def test_it_prints_the_ranking_and_what_it_goes_with(data, tmp_path):
    """Members apart from others, correlations with both truths, and what made-up moments do."""
    answer = run("--data", data, "--quick", "--json", tmp_path / "bars.json")
    assert answer.returncode == 0, answer.stderr
    assert "Top UK politics voices: members of parliament (30)" in answer.stdout
    assert "paper0" in answer.stdout.partition("Whom else")[2]
    assert "With other moments of the day, 1 times: rho at least" in answer.stdout
    bars = json.loads((tmp_path / "bars.json").read_text())
    assert [list(bar) for bar in bars] == [["name", "value", "unit", "baseline", "baseline_value", "ratio"]] * 2
    assert all(-1 <= bar["value"] <= 1 for bar in bars)


def test_the_bench_of_ingest_measures_every_form(tmp_path):
    """Ours and the bare reading of the same file."""
    command = [sys.executable, str(BENCH.with_name("ingest_speed.py")), "--events", "5000", "--json"]
    answer = subprocess.run(  # noqa: S603 - our own command
        [*command, str(tmp_path / "speed.json")], capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
    found = json.loads((tmp_path / "speed.json").read_text())
    assert [each["name"] for each in found] == ["log.csv", "log.parquet", "log.txt", "tweets.ndjson"]
    assert all(each["value"] > 0 < each["baseline_value"] for each in found)
