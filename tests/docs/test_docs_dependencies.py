"""docs/dependencies.md gives the reason for each dependency, and for no other."""

import re
import tomllib

import pytest
from documents import first_cells, read, section

_PYPROJECT = tomllib.loads(read("pyproject.toml"))
_GROUPS = {
    "Always installed (`dependencies`)": _PYPROJECT["project"]["dependencies"],
    **{f"`{extra}`": names for extra, names in _PYPROJECT["project"]["optional-dependencies"].items()},
    "To build": _PYPROJECT["build-system"]["requires"],
}


def _name(requirement: str) -> str:
    return re.match(r"[\w.-]+(\[[\w,]+\])?", requirement)[0]


@pytest.mark.parametrize("heading", _GROUPS)
def test_every_dependency_has_its_reason(heading):
    """The table under a heading has one row for each entry of that list in pyproject.toml, with a reason."""
    table = section("docs/dependencies.md", heading)
    assert sorted(first_cells(table)) == sorted(map(_name, _GROUPS[heading]))
    assert re.search(r"\|\s*\|$", table, re.MULTILINE) is None


def test_the_document_has_no_other_group():
    """Each heading of the document is a list of pyproject.toml."""
    assert re.findall(r"^## (.+)$", read("docs/dependencies.md"), re.MULTILINE) == list(_GROUPS)


def test_constraints_pin_every_dependency():
    """Each one has a version in constraints.txt, so that a fresh clone installs what was tested."""
    pinned = {re.split(r"[= ;]", line, maxsplit=1)[0] for line in read("constraints.txt").splitlines()}
    needed = {
        _name(each).partition("[")[0] for heading, names in _GROUPS.items() if heading != "To build" for each in names
    }
    assert needed - {"renown"} <= pinned
