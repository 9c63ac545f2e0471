"""Every link in a document leads somewhere."""

import re
from pathlib import Path

import pytest
from documents import ROOT, documents

_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")


def _links() -> list[tuple[Path, str]]:
    found = [(path, link) for path in documents() for link in _LINK.findall(path.read_text(encoding="utf-8"))]
    return [(path, link) for path, link in found if not re.match(r"[a-z]+:", link)]


def _anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize(("path", "link"), _links(), ids=lambda each: str(each).removeprefix(f"{ROOT}/"))
def test_every_link_to_a_file_of_the_repository_resolves(path, link):
    """The file is there, and where the link names a heading, so is the heading."""
    name, _, anchor = link.partition("#")
    target = (path.parent / name).resolve() if name else path
    assert target.exists()
    assert target.is_relative_to(ROOT)
    assert not anchor or anchor in _anchors(target)
