"""The lines that could not be read, as a CSV: source, line, reason, text (how it begins)."""

import csv
from pathlib import Path

from renown.engine.working_file import WorkingFile


def rejects_beside(path: Path) -> Path:
    """Where they are written for a working file."""
    return path.with_name(f"{path.name}.rejects.csv")


def write_rejects(file: WorkingFile, to: Path) -> int:
    """Write all that are held, whole each time, so that no line is in it twice; how many there are.

    Where there is none, no file is left.
    """
    found = file.connection.execute(
        "SELECT source.name, refused.line, reason, text FROM refused JOIN source ON source.id = refused.source "
        "ORDER BY source.id, refused.line, reason"
    )
    count, anew = 0, to.with_name(f"{to.name}.anew")
    with anew.open("w", encoding="utf-8", newline="") as written:
        rows = csv.writer(written)
        rows.writerow(("source", "line", "reason", "text"))
        while some := found.fetchmany(10_000):
            rows.writerows(some)
            count += len(some)
    if count:
        anew.replace(to)
    else:
        anew.unlink()
        to.unlink(missing_ok=True)
    return count
