"""The page to try queries on: GraphiQL from the package, with no CDN, so that it works offline.

The page holds no inline script or style. What it loads lies in `STATIC_FOLDER`, to be served at `STATIC_URL`.
"""

from functools import cache
from html import escape
from pathlib import Path
from string import Template

STATIC_FOLDER = Path(__file__).parent / "static" / "graphiql"
STATIC_URL = "/static/graphiql"

# GraphiQL's stylesheet carries its fonts and marks as data: URLs; its dialogs add a style element to stop scrolling.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; "
    "script-src 'self'; "
    "style-src 'self' 'unsafe-inline'; "
    "font-src 'self' data:; "
    "img-src 'self' data:; "
    "connect-src 'self'; "
    "base-uri 'none'; "
    "form-action 'none'; "
    "frame-ancestors 'none'"
)

_PAGE = Template("""\
<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Renown: GraphiQL</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="$static/graphiql.min.css">
    <link rel="stylesheet" href="$static/start.css">
    <script defer src="$static/react.production.min.js"></script>
    <script defer src="$static/react-dom.production.min.js"></script>
    <script defer src="$static/graphiql.min.js"></script>
    <script defer src="$static/start.js"></script>
  </head>
  <body>
    <main id="graphiql" data-endpoint="$endpoint" data-query="$query">
      <p class="unavailable">GraphiQL needs JavaScript. Without it, send queries by POST to <code>$endpoint</code>.</p>
    </main>
  </body>
</html>
""")


def page(endpoint: str = "/graphql") -> str:
    """The page as HTML, to be sent with the header `Content-Security-Policy: CONTENT_SECURITY_POLICY`.

    `endpoint` is the path of the GraphQL endpoint on the same host: the policy lets the page ask no other.
    """
    return _PAGE.substitute(static=STATIC_URL, endpoint=escape(endpoint), query=escape(opening_query()))


@cache
def opening_query() -> str:
    """The query a newcomer's first tab opens with: the ranking of UK automotive voices."""
    return (STATIC_FOLDER / "opening.graphql").read_text(encoding="utf-8")
