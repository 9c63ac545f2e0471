"""What every bench takes and writes: `--quick`, `--json FILE`, and the figures in that file."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypedDict


class Figure(TypedDict):
    """One measured value, and what it is measured against; null where that is nothing."""

    name: str
    value: float
    unit: str
    baseline: str | None
    baseline_value: float | None
    ratio: float | None


def figure(
    name: str, value: float, unit: str, baseline: str | None = None, baseline_value: float | None = None
) -> Figure:
    """The figure, with its ratio to the baseline where that is not zero."""
    ratio = value / baseline_value if baseline_value else None
    return Figure(name=name, value=value, unit=unit, baseline=baseline, baseline_value=baseline_value, ratio=ratio)


def arguments(description: str | None, quick: str) -> argparse.ArgumentParser:
    """A bench's options, told by the first line of its description; `quick` says what a quick run leaves out."""
    parser = argparse.ArgumentParser(description=(description or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help=quick)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures as JSON")
    return parser


def finish(asked: argparse.Namespace, figures: Sequence[Any]) -> None:
    """Say of a quick run that it was one, and write the figures where a file is named."""
    if asked.quick:
        print("This was a quick run: enough to see that it works, too little to judge by.")
    if asked.json is not None:
        asked.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
