"""Instructions a request, so that a regression shows without a clock, on whatever machine and however busy.

    python bench/instructions.py [--update] [--json FILE]

Callgrind counts what one process executes for a request through the ASGI application, and for encoding the answer to
`filtered-ranking.graphql` with `json.dumps`. The ratio of the two is compared with the one that is committed beside
this file; where it is more than a tenth higher, the bench ends with 1. `--update` writes the ratios of now. Needs
valgrind with its headers and a C compiler; without them it says loudly that it was not run.
"""

import argparse
import asyncio
import json
import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from figures import arguments, figure, finish
from gateway_load.counted import BASELINE, TIMES
from gateway_load.population import keep_voices

_KEPT = Path(__file__).with_suffix(".json")
_LOAD = Path(__file__).parent / "gateway_load"
_TOLERANCE = 0.10
_VERSION = ".".join(platform.python_version_tuple()[:2])
_WRITTEN = re.compile(r"^desc: Trigger: Client Request: ([^\n]+)$.*?^summary: (\d+)", re.MULTILINE | re.DOTALL)


def main() -> int:
    """Count, print, compare; 1 where a ratio went up."""
    asked = _asked()
    if lacking := _lacking():
        print(f"\nNOT RUN: instructions are not counted, there is no {lacking} here.\n", file=sys.stderr)
        return 0
    with TemporaryDirectory(prefix="renown-instructions-") as made:
        counts = _counts(Path(made))
    base = counts.pop(BASELINE)
    ratios = {name: count / base for name, count in counts.items()}
    kept = json.loads(_KEPT.read_text(encoding="utf-8")) if _KEPT.exists() else {}
    before = kept.get(_VERSION, {})
    print(_table(counts, base, before))
    if asked.update:
        kept[_VERSION] = {name: round(ratio, 3) for name, ratio in ratios.items()}
        _KEPT.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    finish(asked, [figure(name, count, "instructions", BASELINE, base) for name, count in counts.items()])
    if not before:
        print(f"No ratios are committed for Python {_VERSION}: nothing to compare with.", file=sys.stderr)
    return int(not asked.update and any(_is_more(ratios[name], before.get(name)) for name in ratios))


def _lacking() -> str | None:
    """What is not here."""
    if shutil.which("valgrind") is None:
        return "valgrind"
    if shutil.which("cc") is None:
        return "C compiler"
    said = subprocess.run(
        ["cc", "-E", "-x", "c", "-"],  # noqa: S607 - whichever compiler is the system's
        input="#include <valgrind/callgrind.h>\n",
        capture_output=True,
        text=True,
        check=False,
    )
    return "header valgrind/callgrind.h" if said.returncode else None


def _counts(folder: Path) -> dict[str, float]:
    """Instructions a request, by case."""
    library, database, written = folder / "counting.so", folder / "renown.db", folder / "counted"
    source = _LOAD / "counting.c"
    subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", library, source], check=True)  # noqa: S603, S607 - ours
    asyncio.run(keep_voices(database))
    command = [
        *("valgrind", "--quiet", "--tool=callgrind", "--instr-atstart=no", f"--callgrind-out-file={written}"),
        *(sys.executable, "-m", "gateway_load.counted", str(database), str(library)),
    ]
    subprocess.run(command, cwd=_LOAD.parent, env=os.environ | {"PYTHONHASHSEED": "0"}, check=True)  # noqa: S603 - ours
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in folder.glob("counted.*")]
    return {found[1]: int(found[2]) / TIMES for text in texts if (found := _WRITTEN.search(text))}


def _table(counts: dict[str, float], base: float, before: dict[str, float]) -> str:
    lines = [f"{'instructions':<40}{'a request':>14}{'ratio':>9}{'committed':>11}"]
    for name, count in counts.items():
        ratio, was = count / base, before.get(name)
        told = f"{'-' if was is None else f'{was:.3f}':>11}{'  MORE' if _is_more(ratio, was) else ''}"
        lines.append(f"  {name:<38}{count:>14,.0f}{ratio:>9.3f}{told}")
    return "\n".join([*lines, f"  {BASELINE:<38}{base:>14,.0f}{1:>9.3f}"])


def _is_more(ratio: float, before: float | None) -> bool:
    return before is not None and ratio > before * (1 + _TOLERANCE)


def _asked() -> argparse.Namespace:
    parser = arguments(__doc__, "the same: counts need no rounds")
    parser.add_argument("--update", action="store_true", help=f"write the ratios to {_KEPT.name}")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
