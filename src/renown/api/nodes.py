"""From an id back to the thing it names."""

from collections.abc import Awaitable, Callable

from renown.api.accounts import Account
from renown.api.claims import Claim
from renown.api.connections import Node
from renown.api.context import Info
from renown.api.ids import decode_id
from renown.api.providers import Metric, Provider
from renown.api.rankings import RankingEntry
from renown.api.recipes import Recipe
from renown.api.topics import Topic
from renown.api.voices import Voice
from renown.errors import RenownError
from renown.gateway.lock import ranking_of
from renown.gateway.searching import known_topics


async def find_node(info: Info, id_: str) -> Node | None:
    """The node with this id; None where it is gone, or never was.

    Raises:
        BadRequest: it is not an id of this gateway.
    """
    of_type, key = decode_id(id_)
    find = _FINDERS.get(of_type)
    try:
        found = await find(info, key) if find else None
    except RenownError:
        found = None
    if found is None:
        info.context.holds_only_now()  # a recipe that is named in it may come to be known, without a change number
    return found


async def _claim(info: Info, key: str) -> Node | None:
    claim = await info.context.claims.load(key)
    return None if claim is None else Claim(claim=claim)


async def _voice(info: Info, key: str) -> Node | None:
    record = (await info.context.gateway.records([key])).get(key)
    return None if record is None else Voice(record=record)


async def _account(info: Info, key: str) -> Node | None:
    held = await info.context.gateway.store.accounts([key])
    return Account(account=held[0].account, record=await info.context.records.load(held[0].voice)) if held else None


async def _topic(info: Info, key: str) -> Node | None:
    return Topic(slug=key) if key in await known_topics(info.context.gateway) else None


async def _provider(info: Info, key: str) -> Node | None:
    return Provider(declaration=info.context.gateway.registry.provider(key).declaration)


async def _metric(info: Info, key: str) -> Node | None:
    metrics = [metric for provider in info.context.gateway.registry for metric in provider.declaration.metrics]
    return next((Metric(metric=metric) for metric in metrics if metric.field == key), None)


async def _recipe(info: Info, key: str) -> Node | None:
    return Recipe(recipe=await info.context.gateway.recipes.find(key))


async def _entry(info: Info, key: str) -> Node | None:
    token, _, voice = key.rpartition("~")
    ranked = await ranking_of(info.context.gateway, token)
    position = ranked.positions.get(voice)
    if position is None:
        return None
    entries = await info.context.gateway.entries(ranked, position, position + 1)
    return RankingEntry(blended=entries[0])


_FINDERS: dict[str, Callable[[Info, str], Awaitable[Node | None]]] = {
    "Account": _account,
    "Claim": _claim,
    "Metric": _metric,
    "Provider": _provider,
    "RankingEntry": _entry,
    "Recipe": _recipe,
    "Topic": _topic,
    "Voice": _voice,
}
