"""What the benches of the engine share: their options, the data they need, and bars to be kept."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict


class Bar(TypedDict):
    """A measured value and the least it should be, which is `baseline_value`."""

    name: str
    value: float
    unit: str
    baseline: str
    baseline_value: float
    ratio: float | None


def bar(name: str, value: float, unit: str, against: str, least: float) -> Bar:
    """The bar, with plain numbers for JSON."""
    value, least = float(value), float(least)
    ratio = value / least if least else None
    return Bar(name=name, value=value, unit=unit, baseline=against, baseline_value=least, ratio=ratio)


def asked_of(description: str | None, needed: str, quick: str) -> argparse.Namespace:
    """What is asked of a bench, told by the first line of its description; `quick` says what a quick run leaves out.

    Raises:
        SystemExit: `needed` is not in the folder of the data, as the line it ends with says.
    """
    parser = arguments(description, needed)
    parser.add_argument("--quick", action="store_true", help=quick)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the bars as JSON")
    return checked(parser, needed)


def arguments(description: str | None, needed: str) -> argparse.ArgumentParser:
    """The options of whatever reads data."""
    parser = argparse.ArgumentParser(description=(description or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, default=Path("data"), metavar="DIR", help=f"where {needed} is (data)")
    return parser


def checked(parser: argparse.ArgumentParser, needed: str) -> argparse.Namespace:
    """What is asked, if the data is there.

    Raises:
        SystemExit: it is not.
    """
    asked = parser.parse_args()
    if not (asked.data / needed).exists():
        sys.exit(f"The data is not there: {needed} is needed in the folder that --data names.")
    return asked


def finish(asked: argparse.Namespace, bars: Sequence[Bar]) -> None:
    """Print whether each bar is kept, say of a quick run that it was one, and write the bars where a file is named."""
    for each in bars:
        kept = "kept" if each["value"] >= each["baseline_value"] else "MISSED"
        least = f"at least {each['baseline_value']:.4f} ({each['baseline']})"
        print(f"{each['name']:34}{each['value']:8.4f}  {least}  {kept}")
    if asked.quick:
        print("This was a quick run: enough to see that it works, too little to judge by.")
    if asked.json is not None:
        asked.json.write_text(json.dumps(bars, indent=1) + "\n", encoding="utf-8")
