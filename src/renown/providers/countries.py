"""Countries by code or name."""

# Not in ISO 3166-1, but how nearly everybody writes it; the standard reserves it for the United Kingdom.
_ALIASES = {"uk": "GB"}


def country_code(text: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of a country given by code or English name; None where it is none."""
    import pycountry  # its tables are read from disk

    text = text.strip()
    try:
        return _ALIASES.get(text.casefold()) or pycountry.countries.lookup(text).alpha_2
    except LookupError:
        return None
