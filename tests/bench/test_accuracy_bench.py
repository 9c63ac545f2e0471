"""The accuracy bench: its truth is known, its JSON has one shape, and a bad method is told to its face."""

import json
import os
import sys
from pathlib import Path

import numpy as np
import pytest

pytestmark = pytest.mark.ci

BENCH = Path(__file__).parents[2] / "bench"
VOICES, SEEDS = 500, 3


@pytest.fixture(scope="module", autouse=True)
def _bench():
    """Its modules can be imported while these tests run; the thread settings it makes do not outlive them."""
    kept, environment = sys.path[:], dict(os.environ)
    sys.path.insert(0, str(BENCH))
    yield
    sys.path[:] = kept
    os.environ.clear()
    os.environ.update(environment)


def _with(method, scenarios=(1, 5)):
    from accuracy_trial.trial import run_trial
    from accuracy_trial.verdicts import results_of

    return results_of(run_trial(scenario, seed, VOICES, method) for scenario in scenarios for seed in range(SEEDS))


def test_a_quick_run_writes_its_figures(monkeypatch: pytest.MonkeyPatch, tmp_path, capsys):
    """Two scenarios in this process: a table on stdout, progress on stderr, and entries of one shape in the file."""
    import accuracy
    from accuracy_trial.rivals import RIVALS

    words = ["--quick", "--voices", VOICES, "--seeds", 2, "--scenarios", "1,5", "--workers", 1]
    monkeypatch.setattr(sys, "argv", ["accuracy.py", *map(str, words), "--json", str(tmp_path / "a.json")])
    accuracy.main()
    said = capsys.readouterr()
    assert "(1) All observed" in said.out
    assert "4 of 4 trials" in said.err
    entries = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    for entry in entries:
        assert list(entry) == ["name", "value", "unit", "baseline", "baseline_value", "ratio"]
        assert isinstance(entry["value"], float | int)
        if entry["baseline_value"]:
            assert entry["ratio"] == pytest.approx(entry["value"] / entry["baseline_value"])
    named = {(entry["name"], entry["unit"]): entry for entry in entries}
    assert named["scenario 5: ours", "Kendall tau-b"]["baseline"] in RIVALS
    assert named["scenario 5: mean of raw", "NDCG@100"]["ratio"] == 1
    assert len(named) == len(entries)
    assert {entry["unit"] for entry in entries if entry["name"].startswith("target ")} <= {"met", "MISSED"}


def test_a_bad_method_misses_its_targets():
    """An order drawn by lot, with intervals that hold nobody, misses every target there is, and loudly."""
    from accuracy_trial.ours import Blended
    from accuracy_trial.report import table
    from accuracy_trial.verdicts import verdicts

    def by_lot(population):
        n = len(population.truth)
        return Blended(np.random.default_rng(1).random(n), np.ones(n), np.zeros(n))

    results = _with(by_lot)
    found = verdicts(results)
    assert len(found) == 4 + 1 + 4 + 1 + 1
    assert not any(verdict.met for verdict in found)
    printed = table(results, found, VOICES)
    assert printed.count("MISSED  (") == len(found)
    assert printed.endswith(f"MISSED: {len(found)} of {len(found)} targets.")


def test_the_truth_itself_meets_them():
    """A method that is told the truth, with intervals about it that hold nine in ten, meets every target."""
    from accuracy_trial.measures import true_shares
    from accuracy_trial.ours import Blended
    from accuracy_trial.verdicts import verdicts

    def told(population):
        shares = true_shares(population.truth, population.covered.any(axis=1))
        missing = np.arange(len(shares)) % 10 == 0
        return Blended(population.truth, shares + missing, shares + missing)

    results = _with(told)
    assert [verdict for verdict in verdicts(results) if not verdict.met] == []
    for measure in ("tau", "ndcg"):
        assert results[0].spread("ours", measure).mean == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("name", "covered", "silent"),
    [("mean of raw", 60.0, 60.0), ("median of percentiles", 0.5, 0.5), ("Borda (points)", 3.0, 1.5)],
)
def test_what_is_missing_is_no_zero(name, covered, silent):
    """Where a provider is silent a mean or median is of the others; only points have none, as the rival is defined."""
    from accuracy_trial.rivals import RIVALS

    scores = np.array([[10.0, 10.0], [60.0, 60.0], [90.0, 90.0], [60.0, np.nan]])
    scores[3, 0] = 60.0
    values = RIVALS[name](scores)
    assert values[1] == pytest.approx(covered, rel=0.2)
    assert values[3] == pytest.approx(silent, rel=0.4)


def test_every_rival_knows_a_clear_order():
    """Where four providers agree, every method gives their order; RRA leaves the last level, as good as by chance."""
    from accuracy_trial.measures import score
    from accuracy_trial.rivals import RIVALS, oracles

    truth = np.arange(200.0)
    scores = np.column_stack([truth, truth**2, np.sqrt(truth), truth - 3])
    for name, values in {**{name: rival(scores) for name, rival in RIVALS.items()}, **oracles(scores)}.items():
        assert score(truth, values).tau == pytest.approx(1.0, abs=0.05), name


def test_the_same_seed_is_the_same_population():
    """Every scenario gives the same population for the same seed, another for another, and truth at variance 1."""
    from accuracy_trial.scenarios import SCENARIOS, simulated

    for number in SCENARIOS:
        one, again, other = simulated(number, 2000, 1), simulated(number, 2000, 1), simulated(number, 2000, 2)
        assert np.array_equal(one.scores, again.scores, equal_nan=True)
        assert not np.array_equal(one.truth, other.truth)
        assert one.truth.std() == pytest.approx(1.0, abs=0.25)  # the heavy tails of (12) swing widely
        assert one.covered.any(axis=1).mean() > 0.7
