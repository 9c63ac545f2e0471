"""The bench of rankings: all engines answer alike, and a bound that is missed is called so."""

import json
import os
import sys
from itertools import islice
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[2] / "bench"


@pytest.fixture
def ranking(monkeypatch: pytest.MonkeyPatch):
    """The bench, over few voices and without a server."""
    monkeypatch.syspath_prepend(str(BENCH))
    environment = dict(os.environ)
    import ranking

    os.environ.clear()
    os.environ.update(environment)
    monkeypatch.setattr(ranking, "QUICK_SIZES", (3_000, 6_000))
    monkeypatch.setattr(ranking, "QUICK_ROUNDS", 1)
    monkeypatch.setattr("ranking_trial.postgres.find_spec", lambda _: None)
    monkeypatch.delenv("RENOWN_TEST_POSTGRES_URL", raising=False)
    return ranking


def test_a_quick_run_writes_its_figures(ranking, monkeypatch, tmp_path, capsys):
    """Every size and case beside each engine that is there, the memory, and who was not run."""
    monkeypatch.setattr(sys, "argv", ["ranking.py", "--quick", "--json", str(tmp_path / "r.json")])
    ranking.main()
    entries = {(each["name"], each["baseline"]): each for each in json.loads((tmp_path / "r.json").read_text())}
    bare = entries["filter, first page, 6000 voices", "numpy, bare"]
    assert bare["ratio"] == pytest.approx(bare["value"] / bare["baseline_value"])
    assert entries["columns, 6000 voices", None]["value"] > 6_000 * 4 * 8 * 2
    assert entries["swapping, 6000 voices", None]["value"] > 0
    printed = capsys.readouterr().out
    assert "PostgreSQL" in printed.partition("Not run")[2]
    assert "quick run" in printed


def test_ours_answers_as_bare_numpy_does(ranking):
    """Over many questions, the page, the values and how many there are in all are the same."""
    population = ranking.Population.synthetic(4_000)
    engines = ranking.ours(population.standings()), ranking.bare_numpy(population)
    for case in ranking.CASES:
        for question in islice(case.asked(4_000), 20):
            one, other = (ask(question) for ask in engines)
            assert one.agrees_with(other)
            assert one.total >= len(one.rows) > 0


def test_another_answer_is_noticed(ranking):
    """A different total, value or row does not pass; equal values may stand the other way round."""
    from ranking_trial.population import Answer

    answer = Answer(9, [4, 7, 2], [9.0, 5.0, 1.0])
    assert answer.agrees_with(answer)
    assert not answer.agrees_with(Answer(8, answer.rows, answer.values))
    assert not answer.agrees_with(Answer(9, answer.rows, [9.0, 5.1, 1.0]))
    assert not answer.agrees_with(Answer(9, [4, 2, 7], answer.values))
    tied = Answer(9, [1, 4, 7, 2], [9.0, 5.0, 5.0, 1.0])
    assert tied.agrees_with(Answer(9, [1, 7, 4, 2], tied.values))


@pytest.mark.parametrize(("value", "bound", "said"), [(2.4, 2.5, "kept"), (0.51, 0.5, "MISSED")])
def test_a_missed_bound_is_called_so(ranking, value, bound, said):
    """The verdict follows from the value and its bound, at the size that is judged."""
    found = ranking.Found(
        seconds={(ranking.JUDGED, "filter, first page", name): 1.0 for name in ranking.OTHERS},
        first={ranking.JUDGED: 1.0},
        memory={ranking.JUDGED: dict.fromkeys(("columns", "claim ids", "names and words", "swapping"), 1)},
    )
    for case in ranking.CASES:
        for name in (ranking.OURS, *ranking.OTHERS):
            found.seconds[ranking.JUDGED, case.name, name] = 1.0
    name = next(name for name, each in ranking.BOUNDS.items() if each == bound)
    found.seconds[ranking.JUDGED, "filter, first page", ranking.OURS] = value
    cells = ranking.told(found, (ranking.JUDGED,)).splitlines()[3]
    assert f"({value:.2f}) {said}" in cells
    assert name in ranking.told(found, (ranking.JUDGED,))
