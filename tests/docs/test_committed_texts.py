"""What is committed tells nothing of the machines it was written on."""

import re

from documents import ROOT, committed, read

# Folders of somebody's machine ("someone" is nobody), and addresses of package registries.
_FOLDER = re.compile(
    r"(?<![\w.])/(?:home/(?!someone)|root/|Users/|work/|tmp/|opt/(?!renown\b))\w|\b[A-Z]:\\(?!Users\\someone)\w"
)
_REGISTRY = re.compile(r"pypi\.org/simple|pythonhosted\.org|registry\.npmjs|(?:--|extra-|_)index[-_]url[ =]\S*:")


def _hits(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for path in committed():
        text = path.read_bytes().decode("utf-8", errors="replace")
        found += [f"{path.relative_to(ROOT)}: {hit[0]}" for hit in pattern.finditer(text)]
    return [hit for hit in found if not hit.startswith("tests/docs/test_committed_texts.py")]


def test_the_patterns_know_what_they_look_for():
    """They find a folder and an address where there is one."""
    assert all(map(_FOLDER.search, ("at /home/ann/renown", "(/tmp/x)", r"C:\Users\ann", '"/opt/app')))
    assert all(
        map(_REGISTRY.search, ("https://pypi.org/simple", "--index-url https://x", "PIP_INDEX_URL".lower() + "=a:"))
    )


def test_no_committed_file_names_a_folder_of_a_machine():
    """No absolute path of a developer's machine stands in any file."""
    assert _hits(_FOLDER) == []


def test_no_committed_file_names_a_package_registry():
    """No address of a package registry stands in any file."""
    assert _hits(_REGISTRY) == []


def test_constraints_hold_no_address():
    """constraints.txt holds names, versions and markers only."""
    assert "://" not in read("constraints.txt")
    assert re.fullmatch(r"([\w.-]+==[\w.]+( ; [^\n]+)?\n)+", read("constraints.txt"))
