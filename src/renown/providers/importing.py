"""Any CSV file that Renown can import, told apart by its columns."""

from datetime import datetime

from renown.errors import BadImport
from renown.providers import archive, declared
from renown.providers.registry import Registry
from renown.providers.tables import Import, open_table


def read_table(content: bytes, filename: str, registry: Registry, now: datetime) -> Import:
    """The claims of a file of published figures or of declarations.

    Raises:
        BadImport: the file as a whole cannot be read, or is neither.
    """
    table = open_table(content, filename)
    if {"provider", "metric"} & set(table.columns):
        return archive.read_figures(content, filename, registry, now)
    if {"field", "reason"} & set(table.columns):
        return declared.read_declarations(content, filename, now)
    raise BadImport(
        f"{table.filename} is neither a table of figures nor one of declarations.",
        f"Figures have the columns {', '.join(archive.COLUMNS)}; declarations {', '.join(declared.COLUMNS)}.",
    )
