"""Words people use for countries and topics, and the codes they stand for."""

from functools import lru_cache

# ISO 3166-1 names come from pycountry; these are the everyday names and demonyms it does not list.
_SAID = {
    "GB": ("uk", "u.k.", "britain", "great britain", "british", "united kingdom"),
    "US": ("usa", "u.s.", "us", "america", "american", "united states"),
    "AE": ("uae", "emirati"),
    "AR": ("argentinian", "argentine"),
    "AT": ("austrian",),
    "AU": ("australian", "aussie"),
    "BE": ("belgian",),
    "BR": ("brazilian",),
    "CA": ("canadian",),
    "CH": ("swiss",),
    "CN": ("chinese",),
    "CZ": ("czech",),
    "DE": ("german",),
    "DK": ("danish",),
    "EG": ("egyptian",),
    "ES": ("spanish",),
    "FI": ("finnish",),
    "FR": ("french",),
    "GR": ("greek",),
    "HU": ("hungarian",),
    "ID": ("indonesian",),
    "IE": ("irish",),
    "IL": ("israeli",),
    "IN": ("indian",),
    "IT": ("italian",),
    "JP": ("japanese",),
    "KE": ("kenyan",),
    "KR": ("korean", "south korea"),
    "MX": ("mexican",),
    "NG": ("nigerian",),
    "NL": ("dutch", "holland"),
    "NO": ("norwegian",),
    "NZ": ("new zealander", "kiwi"),
    "PK": ("pakistani",),
    "PL": ("polish",),
    "PT": ("portuguese",),
    "RO": ("romanian",),
    "RU": ("russian", "russia"),
    "SA": ("saudi",),
    "SE": ("swedish",),
    "TR": ("turkish", "turkey"),
    "UA": ("ukrainian",),
    "ZA": ("south african",),
}

# A topic's parent, for the topics that have one. What is not here stands alone.
TOPIC_PARENTS = {
    "motorsport": "automotive",
    "tyres": "automotive",
    "football": "sport",
    "athletics": "sport",
    "tennis": "sport",
    "cycling": "sport",
}


@lru_cache(maxsize=1)
def countries() -> dict[str, str]:
    """Every known way to name a country, case-folded, with its ISO 3166-1 alpha-2 code."""
    import pycountry

    words: dict[str, str] = {}
    for country in pycountry.countries:
        for name in (country.name, getattr(country, "common_name", None), getattr(country, "official_name", None)):
            if name:
                words[name.casefold()] = country.alpha_2
    return words | {word: code for code, said in _SAID.items() for word in said}


@lru_cache(maxsize=256)
def country_name(code: str) -> str:
    """The name of an alpha-2 code; the code itself where there is none."""
    import pycountry

    country = pycountry.countries.get(alpha_2=code)
    return getattr(country, "common_name", None) or country.name if country else code


def topic_name(slug: str) -> str:
    """A topic's slug as words: `arts-media-and-entertainment` becomes `Arts media and entertainment`."""
    return slug.replace("-", " ").capitalize()
