"""A file that describes a provider: what it declares, and what is said where it is wrong."""

import pytest
from described_files import ACME, BATCHED, changed

from renown.claims import Scale
from renown.errors import BadImport
from renown.providers.described import read_description
from renown.providers.described.reading_toml import describe


def flaws_of(text):
    """Everything that is wrong with a file, as it is printed."""
    with pytest.raises(BadImport) as caught:
        describe(text.encode(), "acme.toml")
    return [str(flaw) for flaw in caught.value.refusals]


def test_a_description_declares_a_provider():
    """Slug, scale, counts, secrets and where it is asked come from the file."""
    declaration = describe(ACME.encode(), "acme.toml").declaration
    assert declaration.primary_metric.scale == Scale(0, 100)
    assert [metric.field for metric in declaration.metrics] == ["acme.score", "acme.followers"]
    assert (declaration.base_url, declaration.secrets) == ("https://api.acme.example/v1", ("key",))
    assert declaration.reads == ("twitter",)


def test_everything_that_is_wrong_is_said_at_once():
    """Each flaw has its line and key: an unknown key with the nearest, a wrong value, a missing key."""
    text = changed(
        ('primary = "score"', 'primray = "score"\npace = 0'),
        ("/{handle}", "/{hande}"),
        ('meaning = "How far a voice carries"\n', ""),
        ('in = "bearer"', 'in = "cookie"'),
        ("maximum = 100", 'maximum = """\nten"""'),
    )
    assert flaws_of(text) == [
        "line 4, key primray: there is no such key here; did you mean 'primary'?",
        "line 5, key pace: expected `float` > 0.0",
        "line 9, key request.path: {hande} is no place; there are {handle} and {id}",
        "line 12, key auth.0.in: invalid enum value 'cookie'",
        "line 19, key metrics.score.meaning: this key is missing",
        "line 22, key metrics.score.maximum: expected `float | null`, got `str`",
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('slug = "acme"', 'slug = "Acme!"', "line 1, key slug: expected small letters, digits and single _"),
        ('["twitter"]', '["twiter"]', "line 3, key networks: There is no network 'twiter'. Did you mean 'twitter'?"),
        ('primary = "score"', 'primary = "reach"', "key primary: there is no metric 'reach'; described are: score"),
        ("https://", "http://", "a secret must not be sent in the clear: use https"),
        ("https://api", "https://me:pw@api", "key request.base_url: expected https://host/path without user"),
        ("/{handle}", "", "neither path nor params say where the {handle} or the {id} goes"),
        ("/{handle}", "?q={handle}", "parameters belong under [request.params]"),
        ("/{handle}", "/{handle!r}", "{handle} is no place"),
        ("/{handle}", "/{handle", "a curly bracket is left open"),
        ('in = "bearer"', 'in = "header"', "name the header that carries the secret"),
        ('in = "bearer"', 'in = "header"\nname = "Host"', "this header carries something else"),
        ('in = "bearer"', 'in = "query"\nname = "k"\nprefix = "Token "', "a prefix is for a header"),
        ('in = "bearer"', 'in = "bearer"\nname = "X"', "leave out name and prefix"),
        ("[402]", "[402]\nunknown_status = [401]", "status 401 does not say that somebody is unknown"),
        ('"$.handle"', '"$.handle"\neach = 5', "key reply.each: expected `str`, got `int`"),
        ("maximum = 100", "maximum = 0", "the scale 0 to 0 is empty"),
        ("maximum = 100", "maximum = inf", "a scale ends at a number"),
        ("[metrics.score]", "[metrics.id]", "acme.id is a field of our own"),
        ("[metrics.score]", "[metrics.posts]", "posts is a fact of the profile"),
        ('{handle}"', '{handle}"\nbatch = 2', "a batch needs `each` and `about`"),
        ('{handle}"', '{handle}"\nbatch = 2', "several handles in one path need a separator"),
        ('{handle}"', '{id}"\nbatch = 2', "asked about by {id} one at a time"),
    ],
)
def test_what_does_not_go_together_is_said_with_what_to_do(old, new, said):
    """Each slip is named at its key, in words that say how it should be."""
    assert any(said in flaw for flaw in flaws_of(changed((old, new))))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'slug = "a"\nname = \n', "line 2: this is not TOML: invalid value"),
        (b'slug = "a"\nslug = "b"\n', "line 2: this is not TOML: cannot overwrite a value"),
        (b'slug = "a"\nname = "\xff"\n', "line 2: this is not UTF-8"),
        (b"a = [", "line 1: this is not TOML"),
        (b"#" * 40_000, "larger than 32000 bytes"),
        (b"", "key slug: this key is missing"),
    ],
)
def test_a_file_that_is_no_toml_is_refused_with_its_line(content, said):
    """Broken text, a key twice, other encodings, endless files and empty ones."""
    with pytest.raises(BadImport) as caught:
        describe(content, "acme.toml")
    assert said in str([str(caught.value), *map(str, caught.value.refusals)])


def test_a_file_that_is_not_there_is_refused(tmp_path):
    """It is named, with the reason."""
    with pytest.raises(BadImport, match=r"gone\.toml cannot be read"):
        read_description(tmp_path / "gone.toml")


def test_a_batch_is_described_too():
    """Its size is the declaration's; line ends of Windows are no trouble."""
    assert describe(BATCHED.replace("\n", "\r\n").encode(), "acme.toml").declaration.batch == 3


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("score", "is no JSONPath"),
        ("$.a[", "is no JSONPath"),
        ("$[?match(@.a, '(a+)+')]", "is no JSONPath"),
        ("$[?search(@.a, '(a+)+')]", "is no JSONPath"),
        ("$..a..b", "`..` once only"),
        ("$['a','a']['b','b']", "one selector between brackets"),
        ("$[?@..x]", "plain steps only"),
        ("$[?count($[*]) > 1]", "plain steps only"),
        ("$[?@.a == $..b]", "is no JSONPath"),
        ("$" + ".a" * 200, "longer than 300 characters"),
    ],
)
def test_a_path_that_could_run_away_is_refused(path, said):
    """Regular expressions, multiplying brackets, repeated descent and queries inside filters never get to a reply."""
    assert said in "".join(flaws_of(changed(('"$.score"', f'"{path}"'))))


def test_a_filter_with_plain_steps_is_taken():
    """Picking one of several scores by its network is what a filter is for."""
    text = changed(('"$.score"', "\"$.scores[?@.network == 'twitter' && @.value > 0].value\""))
    finder = describe(text.encode(), "acme.toml").metrics["score"].path
    scores = [{"network": "twitter", "value": 7}, {"network": "x", "value": 9}]
    assert finder.one({"scores": scores}) == 7
    assert finder.one('{"scores": []}') is None
