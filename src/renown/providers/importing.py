"""Any CSV file that Renown can import, told apart by its columns."""

from datetime import datetime

from renown.errors import BadImport
from renown.providers import archive, declared, vouches
from renown.providers.registry import Registry
from renown.providers.tables import Import, open_table


def read_table(content: bytes, filename: str, registry: Registry, now: datetime) -> Import:
    """The claims of a file of published figures, of declarations or of vouches.

    Raises:
        BadImport: the file as a whole cannot be read, or is none of these.
    """
    table = open_table(content, filename)
    if "voucher" in table.columns:
        return vouches.read_vouches(content, filename, now)
    if {"provider", "metric"} & set(table.columns):
        return archive.read_figures(content, filename, registry, now)
    if {"field", "reason"} & set(table.columns):
        return declared.read_declarations(content, filename, now)
    raise BadImport(
        f"{table.filename} is no table of figures, declarations or vouches.",
        f"Figures have the columns {', '.join(archive.COLUMNS)}; declarations {', '.join(declared.COLUMNS)}; "
        f"vouches {', '.join(vouches.COLUMNS)}.",
    )
