"""GraphiQL works offline: what it loads lies in the package, is what the README says, and asks no other host."""

import hashlib
import re
from html.parser import HTMLParser

import pytest
from graphql import parse

from renown.web.graphiql import CONTENT_SECURITY_POLICY, STATIC_FOLDER, STATIC_URL, opening_query, page

SCRIPTS = sorted(file.name for file in STATIC_FOLDER.glob("*.js"))
STYLES = sorted(file.name for file in STATIC_FOLDER.glob("*.css"))


class _Seen(HTMLParser):
    """The elements of a page with their attributes, and the text inside script and style elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inline: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        if self.elements and self.elements[-1][0] in {"script", "style"} and data.strip():
            self.inline.append(data)

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def loaded(self) -> list[str]:
        addresses = (attributes.get(key) for _, attributes in self.elements for key in ("src", "href"))
        return [address for address in addresses if address]


def _directives() -> dict[str, set[str]]:
    parts = (directive.split() for directive in CONTENT_SECURITY_POLICY.split(";"))
    return {name: set(sources) for name, *sources in parts}


def test_page_names_its_language_title_and_main():
    """The page says its language and title and has one <main>, as a screen reader needs."""
    seen = _Seen(page())
    assert seen.of("html") == [{"lang": "en"}]
    assert "<title>Renown: GraphiQL</title>" in page()
    assert len(seen.of("main")) == 1


def test_page_loads_only_files_of_the_package():
    """Every src and href is a file in the static folder, or a data: URL."""
    own = {f"{STATIC_URL}/{file.name}" for file in STATIC_FOLDER.iterdir()}
    loaded = [address for address in _Seen(page()).loaded() if not address.startswith("data:")]
    assert set(loaded) <= own
    assert len(loaded) == len(SCRIPTS) + len(STYLES)


def test_page_has_nothing_inline():
    """The page carries no script or style of its own, nor in an attribute: the policy can forbid inline scripts."""
    seen = _Seen(page())
    assert seen.inline == []
    assert not [key for _, attributes in seen.elements for key in attributes if key == "style" or key.startswith("on")]


def test_endpoint_and_query_reach_the_page_escaped():
    """The endpoint and the opening query come back unchanged from the attributes, also with quotes and brackets."""
    endpoint = '/graphql?a="1"&b=<2>'
    (home,) = _Seen(page(endpoint)).of("main")
    assert home["data-endpoint"] == endpoint
    assert home["data-query"] == opening_query()


def test_opening_query_asks_for_top_uk_automotive_voices():
    """The page opens with one valid operation: the ranking the demo is about."""
    (operation,) = parse(opening_query()).to_dict()["definitions"]
    (ranking,) = operation["selection_set"]["selections"]
    arguments = {argument["name"]["value"]: argument["value"]["value"] for argument in ranking["arguments"]}
    assert ranking["name"]["value"] == "ranking"
    assert arguments == {"of": "top UK automotive voices", "first": "10"}


def test_policy_allows_only_this_host():
    """The policy names no host and no wildcard; scripts and requests are this host's own, and nothing is evaluated."""
    directives = _directives()
    allowed = set().union(*directives.values())
    assert directives["default-src"] == {"'none'"}
    assert directives["script-src"] == directives["connect-src"] == {"'self'"}
    assert allowed == {"'none'", "'self'", "'unsafe-inline'", "data:"}
    assert [name for name, sources in directives.items() if "'unsafe-inline'" in sources] == ["style-src"]


@pytest.mark.parametrize("name", STYLES)
def test_style_fetches_nothing(name):
    """A stylesheet imports nothing, and every url() in it is a data: URL."""
    text = (STATIC_FOLDER / name).read_text(encoding="utf-8")
    assert "@import" not in text
    addresses = re.findall(r"""url\(\s*["']?([^"')\s]{0,5})""", text)
    assert set(addresses) <= {"data:"}


@pytest.mark.parametrize("name", SCRIPTS)
def test_script_loads_nothing_at_run_time(name):
    """A script imports no module, starts no worker and names no source map."""
    text = (STATIC_FOLDER / name).read_text(encoding="utf-8")
    loading = r"\bimport\s*\(|\bimportScripts\b|\bnew (?:Shared)?Worker\b|sourceMappingURL"
    assert re.findall(loading, text) == []
    assert re.findall(r"""\b(?:fetch|src|href|open)\s*[=(]\s*["'`](?:https?:)?//[^"'`]*""", text) == []


def test_readme_lists_every_file_with_its_sum():
    """The README's table holds the sha256 of every file here but itself, so that a changed file is noticed."""
    readme = (STATIC_FOLDER / "README.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| `([^`]+)` \|[^|]*\| `([0-9a-f]{64})` \|$", readme, re.MULTILINE))
    files = [file for file in STATIC_FOLDER.iterdir() if file.name != "README.md"]
    assert listed == {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
