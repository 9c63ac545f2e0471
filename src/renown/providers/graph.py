"""Who influences a voice and whom it influences, as a provider lists them: how many they are, and who they are.

What such a list says of the others themselves, their scores above all, is not read.
"""

from collections.abc import Callable, Mapping
from itertools import islice
from types import MappingProxyType
from typing import Any, TypeAlias

from renown.claims import Account, Claim, Metric, Provenance, Relation, Scale, relation_count
from renown.errors import BadRequest
from renown.providers.contract import Declaration, Identity, Link, Reading
from renown.providers.profile_facts import whole
from renown.providers.wire import items

Named: TypeAlias = Account | Identity | None

# No list on record is longer than 25; the count is taken of all of it.
_MOST_NAMED = 100
_MEANINGS: Mapping[Relation, str] = MappingProxyType(
    {
        Relation.INFLUENCER: "How many influence the voice",
        Relation.INFLUENCEE: "How many the voice influences",
    }
)


def graph_metrics(provider: str, who_counts: str) -> tuple[Metric, ...]:
    """The metrics of how many there are in each relation; `who_counts` ends the sentence on what they mean."""
    return tuple(
        Metric(provider, f"{relation}s", f"{relation.capitalize()}s", Scale(0, None), f"{meaning}, {who_counts}.")
        for relation, meaning in _MEANINGS.items()
    )


def read_list(
    declaration: Declaration,
    subject: str,
    relation: Relation,
    listed: Any,
    *,
    who: Callable[[Any], Named],
    provenance: Provenance,
    count: Any = None,
) -> Reading:
    """One list about `subject`, an account key; `who` makes out whom an entry names, None where it names nobody.

    How many there are is the provider's own `count`, or else the length of the list. Where there is neither, nothing
    is said.

    Raises:
        InvalidReply: the provider's count is not a whole number from 0 up.
    """
    field = relation_count(declaration.slug, relation)
    metric = next(metric for metric in declaration.metrics if metric.field == field)
    many = whole(metric, count)
    if many is None and isinstance(listed, list):
        many = len(listed)
    if many is None:
        return Reading()
    return Reading(
        claims=(Claim(subject=subject, field=field, value=many, provenance=provenance),),
        links=tuple(
            Link(subject=subject, relation=relation, other=other, provenance=provenance)
            for entry in islice(items(listed), _MOST_NAMED)
            if (other := who(entry))
        ),
    )


def account_named(network: str, handle: str | None) -> Account | None:
    """The account of a handle in a list; None where it is none."""
    account = Account(network, handle or "")
    try:
        account.key  # noqa: B018 - it raises what is no handle
    except BadRequest:
        return None
    return account
