"""What is wrong with a description whose every key is well-formed: things that do not go together."""

import math
from collections.abc import Iterator
from urllib.parse import urlsplit

from renown.claims import NETWORKS
from renown.claims.fields import PROFILE_COUNTS
from renown.errors import UnknownName
from renown.providers.described.description import AuthForm, Description

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
_COMPUTED = frozenset({"id", "normalised", "change"})
_NEVER_UNKNOWN = frozenset({200, 401, 429})
_RESERVED_HEADERS = frozenset({"accept", "accept-encoding", "connection", "content-length", "host", "user-agent"})

_Nonsense = Iterator[tuple[tuple[str | int, ...], str]]


def nonsense(description: Description) -> _Nonsense:
    """Each thing, with the keys it stands under."""
    yield from _of_names(description)
    yield from _of_request(description)
    for number, form in enumerate(description.auth):
        yield from _of_auth(form, ("auth", number))
    yield from _of_reply(description)
    yield from _of_metrics(description)


def _of_names(description: Description) -> _Nonsense:
    for network in description.networks:
        if network not in NETWORKS:
            yield ("networks",), str(UnknownName("network", network, NETWORKS))
    if description.primary is not None and description.primary not in description.metrics:
        known = ", ".join(description.metrics) or "none"
        yield ("primary",), f"there is no metric {description.primary!r}; described are: {known}"
    if not (description.metrics or description.fields.counts or description.topics or _texts(description)):
        yield ("metrics",), "nothing is read from a reply: describe a metric, a field or topics"


def _texts(description: Description) -> bool:
    fields = description.fields
    return any((fields.name, fields.description, fields.country, fields.place))


def _of_request(description: Description) -> _Nonsense:
    request = description.request
    if not request.places:
        yield ("request", "path"), "neither path nor params say where the {handle} or the {id} goes"
    if "?" in request.path.text or "#" in request.path.text:
        yield ("request", "path"), "parameters belong under [request.params]"
    if "id" in request.places and request.batch > 1:
        yield ("request", "batch"), "accounts are asked about by {id} one at a time: leave batch out"
    if request.batch > 1 and "handle" in request.path.places and request.separator is None:
        yield ("request", "separator"), "several handles in one path need a separator, as in ','"
    url = urlsplit(request.base_url)
    if description.auth and url.scheme == "http" and (url.hostname or "") not in _LOOPBACK:
        yield ("request", "base_url"), "a secret must not be sent in the clear: use https"
    try:
        _ = url.port
    except ValueError:
        yield ("request", "base_url"), "its port is none"


def _of_auth(form: AuthForm, keys: tuple[str | int, ...]) -> _Nonsense:
    if form.where == "bearer":
        if form.name is not None or form.prefix:
            yield keys, "a bearer token goes into the header Authorization: leave out name and prefix"
    elif form.name is None:
        yield keys, f"name the {'parameter' if form.where == 'query' else 'header'} that carries the secret"
    if form.where == "query" and form.prefix:
        yield (*keys, "prefix"), "a prefix is for a header"
    if form.where == "header" and (form.name or "").lower() in _RESERVED_HEADERS:
        yield (*keys, "name"), "this header carries something else"


def _of_reply(description: Description) -> _Nonsense:
    reply = description.reply
    if description.request.batch > 1 and (reply.each is None or reply.about is None):
        yield ("reply",), "a batch needs `each` and `about`, to tell which part of the reply is about whom"
    if reply.each is not None and reply.about is None:
        yield ("reply", "each"), "to pick the right one of several, give `about` as well"
    for status in reply.unknown_status:
        if status in _NEVER_UNKNOWN:
            yield ("reply", "unknown_status"), f"status {status} does not say that somebody is unknown"


def _of_metrics(description: Description) -> _Nonsense:
    for slug, form in description.metrics.items():
        keys = ("metrics", slug)
        if slug in PROFILE_COUNTS:
            yield keys, f"{slug} is a fact of the profile: give its path under [fields]"
        if slug in _COMPUTED:
            yield keys, f"{description.slug}.{slug} is a field of our own: choose another name"
        if not math.isfinite(form.minimum) or not math.isfinite(form.maximum or 0.0):
            yield keys, "a scale ends at a number; leave maximum out where the top is open"
        elif form.maximum is not None and form.minimum >= form.maximum:
            yield (*keys, "maximum"), f"the scale {form.minimum:g} to {form.maximum:g} is empty"
