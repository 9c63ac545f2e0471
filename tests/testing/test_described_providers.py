"""Providers described by a TOML file pass the suite that those written in code pass: the shipped ones, and a batch.

Bodies have the documented shape; names and figures are made up.
"""

from pathlib import Path

from recording import saying

from renown.claims import Account
from renown.providers import described
from renown.providers.described.reading_toml import describe
from renown.testing import ProviderContract, Recorded

EXAMPLES = Path(described.__file__).parent / "examples"
BATCH = b"""
slug = "acme"
name = "Acme"
networks = ["twitter"]
primary = "score"
keep_days = 7

[request]
base_url = "https://api.acme.example/v1"
path = "/people/{handle}"
params = { detail = "all" }
batch = 20
separator = ","

[[auth]]
in = "query"
name = "id"
secret = "app_id"

[[auth]]
in = "bearer"

[reply]
each = "$.people[*]"
about = "$.handle"
unknown_at = "$.nobody"
processing_status = [202]
over_quota_status = [402]

[metrics.score]
path = "$.score"
name = "Acme score"
meaning = "How much Acme thinks of a voice"
maximum = 100

[fields]
id = "$.id"
name = "$.name"
country = "$.country"
followers = "$.followers"

[topics]
each = "$.topics[*]"
name = "$.name"
strength = "$.strength"
maximum = 10
"""

NAMELESS = b"""
slug = "hints"
name = "Hints"
networks = ["twitter"]
primary = "hint"

[request]
base_url = "https://hints.example"
path = "/hint"
params = { of = "{handle}" }

[metrics.hint]
path = "$..hint"
name = "Hint"
meaning = "Whatever it is"

[topics]
each = "$.tags[*]"
name = "$.name"
"""


def person(handle="pirelliuk", **said):
    """One person of Acme's batch."""
    topics = [{"name": "Motor sport", "strength": 4}, {"name": "Tyres", "strength": 11}, {"name": "!"}]
    given = {"handle": handle, "score": 61.25, "id": 77, "name": "Pirelli", "country": "GB", "followers": 1200}
    return {**given, "topics": topics, **said}


class TestABatch(ProviderContract):
    """Several accounts by one call, with a score, facts and topics."""

    account = Account("twitter", "PirelliUK")
    replies = (saying("ask", people=[person("somebody"), person()]),)
    values = {"acme.score": 61.25, "acme.id": "77", "country": "GB", "followers": 1200, "topic/motor-sport": 0.4}
    unknown = saying("ask", nobody=True)
    other_person = saying("ask", people=[person("contiuk")])
    over_rate = Recorded(status=402)
    more_replies = (
        saying("ask", people=[]),
        saying("ask", people=[person(), person(score=2)]),
        saying("ask", people=[person(score=None, followers=1.5), person("not-pirelliuk", id=None)]),
        Recorded(status=202),
        Recorded(status=404),
    )

    def make(self, settings):
        """As its file describes it."""
        return described.Described(describe(BATCH, "acme.toml"), settings)


class TestNamelessReplies(ProviderContract):
    """A reply that does not say whom it is about, with a score that stands anywhere in it."""

    account = Account("twitter", "PirelliUK")
    replies = (saying("ask", deep={"down": {"hint": 7}}, tags=["Tyres", {"name": "Cars"}]),)
    values = {"hints.hint": 7, "topic/tyres": 1.0, "topic/cars": 1.0}
    unknown = Recorded(status=404)
    more_replies = (saying("ask", hint=1, deep={"hint": 2}),)

    def make(self, settings):
        """As its file describes it."""
        return described.Described(describe(NAMELESS, "hints.toml"), settings)


def user(screen_name="PirelliUK", **said):
    """A profile as SocialData documents it."""
    counts = {"followers_count": 1200, "friends_count": 30, "listed_count": 5, "statuses_count": 450}
    words = {"id_str": "1729591119699124224", "name": "Pirelli", "description": "Tyres", "location": "Milan"}
    return saying("ask", screen_name=screen_name, **(words | counts | said))


class TestSocialData(ProviderContract):
    """One account by one call, without a score."""

    account = Account("twitter", "PirelliUK")
    replies = (user(),)
    values = {"followers": 1200, "listed": 5, "place": "Milan", "socialdata.id": "1729591119699124224"}
    unknown = Recorded(status=404, body=b'{"status":"error","message":"User not found"}')
    other_person = user("ContiUK")
    more_replies = (unknown, user(followers_count=None), Recorded(status=402))

    def make(self, settings):
        """As its file describes it."""
        return described.Described(described.read_description(EXAMPLES / "socialdata.toml"), settings)


def report(username="pirelliuk", **said):
    """A report as HypeAuditor's is assumed to be."""
    basic = {"username": username, "title": "Pirelli", "description": "Tyres", "id": 783214}
    metrics = {"er": {"value": 0.63}, "subscribers_count": {"value": 1200}} | said
    return saying("ask", result={"report": {"basic": basic, "metrics": metrics}})


class TestHypeAuditor(ProviderContract):
    """Facts and a measure that nobody is ranked by."""

    account = Account("twitter", "PirelliUK")
    replies = (report(),)
    values = {"hypeauditor.engagement_rate": 0.63, "followers": 1200, "hypeauditor.id": "783214"}
    unknown = Recorded(status=404)
    other_person = report("contiuk")
    more_replies = (unknown, report(er=None), Recorded(status=202), Recorded(status=402))

    def make(self, settings):
        """As its file describes it."""
        return described.Described(described.read_description(EXAMPLES / "hypeauditor.toml"), settings)
