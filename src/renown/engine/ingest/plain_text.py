"""A post's HTML as plain text, with its links written out."""

import html
import re

# A tag holds no other: so that a page of opening brackets is read once, not once a bracket.
_LINK = re.compile(r"<a\b(?P<tag>[^<>]*)>(?P<shown>(?:(?!</?a\b).){0,4000}?)</a>", re.IGNORECASE | re.DOTALL)
_HREF = re.compile(r'\bhref="([^"]*)"', re.IGNORECASE)
_LINE_END = re.compile(r"<br[^<>]*>|</p>|</li>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")


def plain(content: str) -> str:
    """The text of it. A link stands there as its address; who is named, and hashtags, as they are shown."""
    linked = _LINK.sub(_written_out, content)
    return html.unescape(_TAG.sub("", _LINE_END.sub("\n", linked))).strip()


def _written_out(link: re.Match[str]) -> str:
    shown, address = _TAG.sub("", link["shown"]), _HREF.search(link["tag"])
    return shown if address is None or shown.lstrip().startswith(("@", "#")) else address[1]
