"""docs/architecture.md draws the house that import-linter holds."""

import re
import tomllib

from documents import ROOT, read, section

_LINTER = tomllib.loads(read("pyproject.toml"))["tool"]["importlinter"]
_HOUSE = next(contract for contract in _LINTER["contracts"] if contract["type"] == "layers")


def test_the_drawn_layers_are_those_that_are_checked():
    """The first column of the drawing is the list of layers, top down."""
    drawing = re.search(
        r"```text\n(.*?)```", section("docs/architecture.md", "Rooms, and who may import whom"), re.DOTALL
    )
    assert [re.split(r"\s{2,}", line)[0] for line in drawing[1].splitlines()] == _HOUSE["layers"]


def test_every_room_is_drawn():
    """Each folder and module of the package is in a layer, and the check would say so of a new one."""
    drawn = {room for layer in _HOUSE["layers"] for room in re.findall(r"\w+", layer)}
    here = {
        path.stem for path in (ROOT / "src/renown").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert here - {"__init__"} == drawn
    assert _HOUSE["exhaustive"]
