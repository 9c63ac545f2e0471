"""Published figures from a CSV file, as frozen claims of the provider that published them.

Columns `handle, provider, metric, value, date, citation`, optional `network, attribution`. `metric` is one of the
provider's metrics, a profile field, or `topic:<name>` with a strength from 0 to 1.
"""

from datetime import datetime

from renown.claims import Account, Claim, Provenance, ProvenanceKind, Scale, Value, digest_of, topic_field
from renown.claims.fields import PROFILE_COUNTS, PROFILE_TEXTS
from renown.errors import BadRequest, UnknownName
from renown.providers.contract import Declaration
from renown.providers.countries import country_code
from renown.providers.registry import Registry
from renown.providers.tables import Import, Refused, Row, open_table

ADAPTER = "archive@1"
COLUMNS = ("handle", "provider", "metric", "value", "date", "citation")

_STRENGTH = Scale(0, 1)
_COUNT = Scale(0, None)


def read_figures(content: bytes, filename: str, registry: Registry, now: datetime) -> Import:
    """The claims of a file of published figures; rows that cannot be read are refused one by one.

    Raises:
        BadImport: the file as a whole cannot be read.
    """
    table = open_table(content, filename)
    table.require(COLUMNS)
    return table.read(lambda row: _claim(row, registry, now))


def profile_text(field: str, cell: str) -> str:
    """A text of a profile; a country by code or name becomes its ISO 3166-1 alpha-2 code.

    Raises:
        Refused: there is no such country.
    """
    if field != "country":
        return cell
    code = country_code(cell)
    if code is None:
        raise Refused("value", f"{cell!r} is not a country; write its code or its English name")
    return code


def _claim(row: Row, registry: Registry, now: datetime) -> tuple[Account, Claim]:
    declaration = _declaration(row, registry)
    account = row.account(declaration.networks)
    field, value = _figure(row, declaration)
    provenance = Provenance(
        kind=ProvenanceKind.OBSERVED,
        source=row.source("citation"),
        adapter=ADAPTER,
        provider=declaration.slug,
        observed_at=row.moment(now),
        fetched_at=now,
        frozen=True,
        digest=digest_of(row.cells),
        attribution=row.optional("attribution") or declaration.attribution,
    )
    return account, Claim(subject=account.key, field=field, value=value, provenance=provenance)


def _declaration(row: Row, registry: Registry) -> Declaration:
    try:
        return registry.provider(row.required("provider").lower()).declaration
    except UnknownName as trouble:
        raise Refused("provider", str(trouble)) from None


def _figure(row: Row, declaration: Declaration) -> tuple[str, Value]:
    name = row.required("metric")
    if name.lower().startswith("topic:"):
        return _topic(name), _on(_STRENGTH, row)
    name = name.lower()
    if name in PROFILE_COUNTS:
        return name, _whole(row)
    if name in PROFILE_TEXTS:
        return name, profile_text(name, row.required("value"))
    metric = declaration.metric(name)
    if metric is None:
        known = [known.slug for known in declaration.metrics] + [*PROFILE_COUNTS, *PROFILE_TEXTS, "topic:<name>"]
        raise Refused("metric", str(UnknownName("metric", name, set(known))))
    return metric.field, _on(metric.scale, row)


def _topic(name: str) -> str:
    try:
        return topic_field(name.partition(":")[2])
    except BadRequest as trouble:
        raise Refused("metric", str(trouble)) from None


def _on(scale: Scale, row: Row) -> int | float:
    try:
        return scale.require(row.number("value"))
    except BadRequest as trouble:
        raise Refused("value", trouble.sentence) from None


def _whole(row: Row) -> int:
    value = _on(_COUNT, row)
    if value != int(value):
        raise Refused("value", f"{value!r} is not a whole number")
    return int(value)
