"""Descriptions as the tests need them: a whole one, and the same with changes."""

from renown.claims import Account
from renown.providers.described import Described
from renown.providers.described.reading_toml import describe

ACME = """\
slug = "acme"
name = "Acme"
networks = ["twitter"]
primary = "score"

[request]
base_url = "https://api.acme.example/v1"
path = "/influence/{handle}"

[[auth]]
in = "bearer"

[reply]
about = "$.handle"
over_quota_status = [402]
unknown_at = "$.missing"

[metrics.score]
path = "$.score"
name = "Score"
meaning = "How far a voice carries"
maximum = 100

[fields]
id = "$.id"
name = "$.name"
country = "$.country"
followers = "$.followers"

[topics]
each = "$.topics[*]"
name = "$.label"
strength = "$.weight"
maximum = 10
"""
BATCHED = (
    ACME.replace('path = "/influence/{handle}"', 'path = "/many"\nparams = { who = "{handle}" }\nbatch = 3')
    .replace('about = "$.handle"', 'each = "$.users[*]"\nabout = "$.handle"')
    .replace('in = "bearer"', 'in = "query"\nname = "token"')
)
PIRELLI, CONTI = Account("twitter", "PirelliUK"), Account("twitter", "ContiUK")


def changed(*pairs, text=ACME):
    """The file with some of its text replaced; each part must be there."""
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return text


def provider(text, settings):
    """The provider of such a file."""
    return Described(describe(text.encode(), "acme.toml"), settings)
