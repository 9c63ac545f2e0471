"""The documents of the repository, as its tests read them."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_UNCOMMITTED = re.compile(r"(^|/)(\.(?!ci/|gitignore)|__pycache__/|node_modules/|dist/)|\.(db|db-wal|db-shm)$")


@dataclass(frozen=True)
class Block:
    """A fenced block: the document it stands in, its language and its text."""

    document: str
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.document}: {self.text[:60]!r}"


def documents() -> list[Path]:
    """Every Markdown file that is ours and is committed."""
    return [path for path in committed() if path.suffix == ".md" and "static" not in path.parts]


@cache
def committed() -> list[Path]:
    """Every file of the working tree that git would keep. What it would not keep is not even looked into."""
    found = []
    for folder, folders, files in os.walk(ROOT):
        here = Path(folder).relative_to(ROOT)
        folders[:] = [name for name in folders if not _UNCOMMITTED.search(f"{(here / name).as_posix()}/")]
        found += [ROOT / here / name for name in files if not _UNCOMMITTED.search((here / name).as_posix())]
    return sorted(found)


def read(path: str) -> str:
    """A file by its path in the repository."""
    return (ROOT / path).read_text(encoding="utf-8")


def said() -> str:
    """README and docs/ in one text."""
    return "\n".join(path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *sorted(ROOT.glob("docs/*.md"))])


def blocks() -> Iterator[list[Block]]:
    """The fenced blocks of each document, in order."""
    for path in documents():
        name = path.relative_to(ROOT).as_posix()
        yield [Block(name, *found) for found in _FENCE.findall(path.read_text(encoding="utf-8"))]


def blocks_of(language: str) -> list[Block]:
    """The fenced blocks in one language."""
    return [block for document in blocks() for block in document if block.language == language]


def section(path: str, heading: str) -> str:
    """What stands under a heading of the second level, up to the next."""
    return read(path).split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]


def first_cells(table: str) -> list[str]:
    """The first cell of each row of the Markdown tables in a text, without heads and without backticks."""
    rows = re.findall(r"^\| (.+?) \|.*\|$", table, re.MULTILINE)
    heads = re.findall(r"^\| (.+?) \|.*\|\n\|-", table, re.MULTILINE)
    return [row.strip("`") for row in rows if row not in heads]
