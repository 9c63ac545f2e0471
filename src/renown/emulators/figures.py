"""Published figures as a data set: tables with a column each for handle, provider, metric and value."""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from renown.emulators.dataset import Dataset
from renown.emulators.population import DEMO_APP_ID, DEMO_KEY

_COLUMNS = {"handle", "provider", "metric", "value"}
_NOTE = "Figures from {}. Ids are made up, and so is whatever else the tables do not say."

# Where a metric stands in a provider's part, and what kind of value it has there. Other providers are not emulated.
_PLACES: Mapping[str, Mapping[str, tuple[tuple[str, ...], Callable[[str], Any]]]] = {
    "klout": {
        "score": (("score",), float),
        "day_change": (("deltas", "dayChange"), float),
        "week_change": (("deltas", "weekChange"), float),
        "month_change": (("deltas", "monthChange"), float),
        "true_reach": (("profile", "true_reach"), int),
        "amplification": (("profile", "amplification_score"), float),
        "network_impact": (("profile", "network_score"), float),
    },
    "kred": {"influence": (("influence",), int), "outreach": (("outreach",), int)},
    "peerindex": {
        "peerindex": (("peerindex",), int),
        "authority": (("authority",), int),
        "activity": (("activity",), int),
        "audience": (("audience",), int),
        "country": (("country_code",), str),
    },
}


def read_figures(*paths: str | Path, key: str = DEMO_KEY, app_id: str = DEMO_APP_ID) -> Dataset:
    """The accounts of these CSV files (UTF-8, further columns are left aside); of two dates the later one counts.

    Raises:
        OSError: a file cannot be read.
        ValueError: a file lacks a column, or a row says what an emulator cannot send; names the file and the line.
    """
    rows = [row for path in paths for row in _rows(Path(path))]
    parts = _parts(row for _, row in sorted(rows, key=lambda row: row[0]))
    accounts = [{"handle": handle, **said} for handle, said in parts.items()]
    note = _NOTE.format(", ".join(Path(path).name for path in paths))
    return Dataset.from_json({"key": key, "app_id": app_id, "note": note, "accounts": accounts})


_Row = tuple[str, str, tuple[str, ...], Any]


def _rows(path: Path) -> Iterable[tuple[str, _Row]]:
    """Each row that an emulator can send, behind its date."""
    with path.open(encoding="utf-8", newline="") as file:
        table = csv.DictReader(file)
        if missing := _COLUMNS - set(table.fieldnames or ()):
            raise ValueError(f"{path} has no column {min(missing)!r}")
        for row in table:
            if (places := _PLACES.get(row["provider"])) is None:
                continue
            if row["metric"] not in places:
                raise ValueError(f"{path}, line {table.line_num}: {row['provider']} has no metric {row['metric']!r}")
            place, kind = places[row["metric"]]
            try:
                yield row.get("date") or "", (row["handle"], row["provider"], place, kind(row["value"]))
            except ValueError as error:
                raise ValueError(f"{path}, line {table.line_num}: {error}") from None


def _parts(rows: Iterable[_Row]) -> dict[str, dict[str, Any]]:
    """What each provider knows of each handle, with ids where a part needs one."""
    accounts: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for handle, provider, place, value in rows:
        part = accounts[handle].setdefault(provider, _id(provider, handle))
        *folders, name = place
        for folder in folders:
            part = part.setdefault(folder, {})
        part[name] = value
    return dict(accounts)


def _id(provider: str, handle: str) -> dict[str, Any]:
    """An id of the provider's form, the same whenever the handle is."""
    digest = sha256(f"{provider} {handle.casefold()}".encode()).digest()
    match provider:
        case "klout":
            return {"id": str(int.from_bytes(digest[:7]))}
        case "peerindex":
            return {"id": str(UUID(bytes=digest[:16], version=3))}
        case _:
            return {}
