"""The gateway bench: what it calls the same answer, a bound, a new question; and its picture."""

import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[2] / "bench"


@pytest.fixture(autouse=True)
def _bench(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(BENCH))
    yield
    for name in [name for name in sys.modules if name.partition(".")[0] == "gateway_load"]:
        sys.modules.pop(name)


def _figures(per_second: float):
    from gateway_load.loading import Figures

    return Figures(100, per_second, None, 1.0, 2.0, 1e6 / per_second, 1000)


def test_answers_may_differ_in_ids_and_the_last_decimal_only():
    """Ids, cursors and 1e-6 are let pass; a value, a missing field, a shorter list and another type are not."""
    from gateway_load.answers import difference

    ours = {"id": "a", "value": 99.5, "nodes": [{"place": 1, "shared": False}]}
    assert difference(ours, {"id": "b", "value": 99.5000005, "nodes": [{"place": 1, "shared": False}]}) is None
    assert difference(ours, ours | {"value": 99.6}) == "data.value: 99.5 and 99.6"
    assert difference(ours, ours | {"nodes": []}) == "data.nodes: 1 and 0 items"
    assert difference(ours, ours | {"nodes": [{"place": 1, "shared": 0}]}) == "data.nodes.0.shared: False and 0"
    assert difference(ours, {"id": "a", "value": 99.5}) is not None


def test_a_bound_is_kept_missed_or_not_run():
    """A round's ratio is to the best rival of that round; where no rival ran, that is said in its place."""
    from gateway_load.report import Bound, Measured, Mode, table

    bounds = (Bound(("one", "other"), 2), Bound(("one",), 4), Bound(("nobody",), 1))
    rounds = {
        "ours": [_figures(300), _figures(600), _figures(300)],
        "one": [_figures(100), _figures(200), _figures(100)],
        "other": [_figures(50), _figures(300), _figures(50)],
    }
    lines = table([Measured(Mode("kept", "ours", bounds), rounds)], {"ours": 12.0}).splitlines()
    assert [line.split()[-2:] for line in lines if "bound:" in line] == [
        ["3.00", "kept"],
        ["3.00", "MISSED"],
        ["NOT", "RUN"],
    ]
    assert [line.split()[-2:] for line in lines if line.startswith(("  one", "  other"))] == [
        ["3.00x", "3.00x"],
        ["6.00x", "6.00x"],
    ]


def test_every_entry_has_the_shape_of_the_other_benches():
    """Name, value, unit, and what it is beside; a first request is beside nothing."""
    from gateway_load.report import Measured, Mode, figures

    found = figures(
        [Measured(Mode("kept", "ours", ()), {"ours": [_figures(300)], "one": [_figures(100)]})], {"one": 5.0}
    )
    assert all(list(each) == ["name", "value", "unit", "baseline", "baseline_value", "ratio"] for each in found)
    ratios = {each["name"]: each["ratio"] for each in found}
    assert ratios["kept: one: per_second"] == pytest.approx(1 / 3)
    assert ratios["first request: one"] is None


def test_no_question_comes_twice(tmp_path: Path):
    """Every ranking has weights of its own, so that no server has seen it; a page that is asked for is full."""
    from gateway_load.population import Population
    from gateway_load.questions import Questions

    topics = [["automotive", "football", "music"]] * 400
    population = Population(tmp_path, tmp_path, tmp_path, "1", topics, ["GB", "US"] * 200, [4] * 400)
    bodies = Questions(population, 1).rankings(300)
    assert len(set(bodies)) == 300
    assert any('"after":null' in body for body in bodies)
    assert not all('"after":null' in body for body in bodies)


def test_a_bar_is_as_long_as_its_value():
    """The longest of a group fills the scale, which begins at zero; the picture is well-formed."""
    from bars import bars

    drawn = ET.fromstring(bars("A & B", {"kept": {"ours": 400.0, "one": 100.0}}, ("ours",), "requests/s"))  # noqa: S314 - ours
    lengths = [float(each.get("width", 0)) for each in drawn.iter("{http://www.w3.org/2000/svg}rect") if each.get("y")]
    assert lengths[0] == pytest.approx(4 * lengths[1])
