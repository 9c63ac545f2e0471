"""A third party's package, built and installed as its users would, and run by an interpreter of its own."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent / "toy_provider"
DOCUMENT = Path(__file__).parents[2] / "docs" / "testing-a-provider.md"
BUILD = "from hatchling.build import build_wheel; print(build_wheel('dist'))"
STATES = """
from renown.providers import Registry
from renown.settings import Settings

registry = Registry.load(Settings())
print(registry.provider("toy").adapter, registry.state("toy"), dict(registry.failed))
"""


def python(folder, *arguments, **environment):
    """What a new interpreter prints, with a folder of packages beside those installed here."""
    path = os.pathsep.join(filter(None, [str(folder / "site"), os.environ.get("PYTHONPATH")]))
    done = subprocess.run(  # noqa: S603 - this interpreter, with our own words
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def toy(tmp_path_factory):
    """A folder with the toy's source, and its wheel unpacked in `site`: to install a pure wheel is to unpack it."""
    folder = tmp_path_factory.mktemp("plugin") / "toy"
    shutil.copytree(SOURCE, folder)
    wheel = python(folder, "-c", BUILD).split()[-1]
    with zipfile.ZipFile(folder / "dist" / wheel) as packed:
        packed.extractall(folder / "site")
    (folder / "renown_toy.py").unlink()  # so that it is the installed one that is tested
    return folder


def test_it_is_found_by_its_entry_point(toy):
    """Installing is all it takes: the registry has it beside ours, asked once it has a base URL."""
    assert python(toy, "-c", STATES).split() == ["toy@1", "NOT_CONFIGURED", "{}"]
    set_up = python(toy, "-c", STATES, RENOWN_PROVIDERS__TOY__BASE_URL="http://127.0.0.1:9/")
    assert set_up.split() == ["toy@1", "LIVE", "{}"]


def test_its_own_tests_pass(toy):
    """The contract suite runs from its own test file, in its own folder, against the installed package."""
    said = python(toy, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_toy_contract.py")
    assert " passed" in said
    assert not {"failed", "error", "skipped"} & set(said.splitlines()[-1].split())


def test_the_document_shows_this_test_file():
    """What docs/testing-a-provider.md says is the whole test file is the whole test file."""
    shown = DOCUMENT.read_text(encoding="utf-8").partition("```python\n")[2].partition("```")[0]
    assert shown == (SOURCE / "test_toy_contract.py").read_text(encoding="utf-8")
