"""The entry points."""

import asyncio
from typing import Annotated

import strawberry

from renown import claims
from renown.api.accounts import AccountInput
from renown.api.claims import After, First
from renown.api.comparisons import Comparison, comparison
from renown.api.connections import Node, PageInfo, page_info
from renown.api.context import Info
from renown.api.describe import argument, object_type, plain, resolver
from renown.api.nodes import find_node
from renown.api.providers import Provider
from renown.api.rankings import RankingConnection, VoiceFilter, ranking_connection
from renown.api.recipes import Recipe, RecipeArgument, read_recipe
from renown.api.references import FrozenReference, current_reference
from renown.api.topics import Topic
from renown.api.voices import AsOf, Voice
from renown.errors import BadPage, BadRequest, UnknownVoice
from renown.gateway import Found
from renown.gateway.asked import ask_ranking
from renown.gateway.comparing import compare
from renown.gateway.searching import known_topics, search

_MOST = 100


@object_type
class VoiceEdge:
    """A voice and where it stands in its connection."""

    cursor: str = plain("Its cursor, for `after`.")
    node: Voice = plain("The voice.")


@object_type
class VoiceConnection:
    """A page of voices."""

    edges: list[VoiceEdge] = plain("The voices with their cursors.")
    page_info: PageInfo = plain("Where the page stands.")
    total_count: int = plain("How many there are on all pages.")

    @resolver
    def nodes(self) -> list[Voice]:
        """The voices."""
        return [edge.node for edge in self.edges]


Accounts = Annotated[list[AccountInput], argument("Whom, by handle and network.")]
FilterArgument = Annotated[VoiceFilter | None, argument("Which voices to look at; all of them where it is left out.")]
Ids = Annotated[list[strawberry.ID], argument("Ids as they came, at most 100.")]


@object_type
class Query:
    """Who leads a conversation, according to whom?"""

    @resolver
    async def node(self, info: Info, id: Annotated[strawberry.ID, argument("An id as it came.")]) -> Node | None:
        """Whatever has this id; null where it is gone. A sourced value's id answers with its claim."""
        return await find_node(info, id)

    @resolver
    async def nodes(self, info: Info, ids: Ids) -> list[Node | None]:
        """Whatever has these ids, in the order asked; null for each that is gone, or is no id (error BAD_ID)."""
        _check_many(len(ids))
        return await asyncio.gather(*(_node_or_error(info, each) for each in ids))

    @resolver
    async def voice(self, info: Info, account: Annotated[AccountInput, argument("Whom.")]) -> Voice | None:
        """One voice, its scores brought up to date by every live provider. Null with the error UNKNOWN_VOICE."""
        context = info.context
        record = await context.gateway.voice(_account(account), context.tally, deadline=context.deadline)
        return Voice(record=record)

    @resolver
    async def voices(self, info: Info, accounts: Accounts) -> list[Voice | None]:
        """At most 100 voices, in the order asked. Null with the error UNKNOWN_VOICE for each that is not known."""
        _check_many(len(accounts))
        context = info.context
        asked = [_account(account) for account in accounts]
        found = await context.gateway.voices(asked, context.tally, deadline=context.deadline)
        return [_or_error(each) for each in found]

    @resolver
    async def ranking(
        self,
        info: Info,
        of: Annotated[str | None, argument("A phrase: `top UK automotive voices`. Or a filter, not both.")] = None,
        filter: FilterArgument = None,
        recipe: RecipeArgument = None,
        as_of: AsOf = None,
        first: First = 20,
        after: After = None,
    ) -> RankingConnection:
        """Voices ranked by composite. Never asks a provider: it reads what is held."""
        asked = await ask_ranking(
            info.context.gateway,
            await read_recipe(info, recipe),
            of=of,
            asked=filter.understood() if filter else None,
            as_of=as_of,
            first=first if info.is_given("first") else None,
            after=after,
        )
        return await ranking_connection(info, asked)

    @resolver
    async def compare(
        self, info: Info, accounts: Accounts, recipe: RecipeArgument = None, as_of: AsOf = None
    ) -> Comparison:
        """Two to five voices side by side; does not order two that are too close to call."""
        context = info.context
        compared = await compare(
            context.gateway,
            [_account(account) for account in accounts],
            await read_recipe(info, recipe),
            as_of=as_of,
            tally=context.tally,
            deadline=context.deadline,
        )
        return comparison(compared)

    @resolver
    async def search(
        self,
        info: Info,
        text: Annotated[str, argument("What name, handle or description must say.")],
        filter: FilterArgument = None,
        first: First = 20,
        after: After = None,
    ) -> VoiceConnection:
        """Voices by name, handle or description; those whose words begin with the text first."""
        found = await search(info.context.gateway, text, filter.understood() if filter else None, first, after)
        page = found.page
        shown = found.voices[page.start : page.stop]
        records = await info.context.records.load_many(list(shown))
        edges = [
            VoiceEdge(cursor=found.cursor(page.start + at), node=Voice(record=record))
            for at, record in enumerate(records)
        ]
        return VoiceConnection(
            edges=edges,
            page_info=page_info([e.cursor for e in edges], before=page.start > 0, more=page.stop < page.total),
            total_count=page.total,
        )

    @resolver
    def providers(self, info: Info) -> list[Provider]:
        """Every provider, in a fixed order."""
        return [Provider(declaration=provider.declaration) for provider in info.context.gateway.registry]

    @resolver
    def provider(self, info: Info, slug: Annotated[str, argument("The provider's slug.")]) -> Provider | None:
        """One provider. Null with the error UNKNOWN_PROVIDER."""
        return Provider(declaration=info.context.gateway.registry.provider(slug).declaration)

    @resolver
    async def recipe(
        self,
        info: Info,
        hash: Annotated[str, argument("The recipe's hash, or at least 16 digits of it.")],
    ) -> Recipe | None:
        """A recipe that was used before. Null with the error UNKNOWN_RECIPE."""
        return Recipe(recipe=await info.context.gateway.recipes.find(hash))

    @resolver
    async def recipes(self, info: Info) -> list[Recipe]:
        """The recipes that names stand for now, in the order of the names; each once, whatever it is called beside."""
        info.context.holds_only_now()
        named = await info.context.gateway.recipe_names.all()
        return [Recipe(recipe=recipe) for recipe in dict.fromkeys(each.recipe for each in named)]

    @resolver
    async def reference(self, info: Info) -> FrozenReference | None:
        """The frozen reference in force; null where none is."""
        return await current_reference(info)

    @resolver
    async def topics(
        self, info: Info, text: Annotated[str | None, argument("What the topic's name must say.")] = None
    ) -> list[Topic]:
        """The topics somebody is known to speak on."""
        wanted = (text or "").casefold()
        topics = [Topic(slug=slug) for slug in await known_topics(info.context.gateway)]
        return [topic for topic in topics if wanted in topic.slug]

    @resolver
    def networks(self) -> list[str]:
        """The networks on which voices are known, as `AccountInput` takes them."""
        return list(claims.NETWORKS)


def _account(given: AccountInput) -> claims.Account:
    account = claims.Account(given.network.strip().lower(), given.handle.strip().removeprefix("@"))
    claims.account_key(account.network, account.handle)
    return account


def _or_error(found: Found) -> Voice | None:
    """The voice; or its error in its place, as graphql-core takes it: the others of the list stay."""
    try:
        return Voice(record=found.unwrap())
    except UnknownVoice as error:
        return error  # pyright: ignore[reportReturnType]


async def _node_or_error(info: Info, id_: str) -> Node | None:
    """The node; or its error in its place, as for a voice."""
    try:
        return await find_node(info, id_)
    except BadRequest as error:
        return error  # pyright: ignore[reportReturnType]


def _check_many(number: int) -> None:
    if number > _MOST:
        raise BadPage(f"At most {_MOST} can be asked for at once, and these are {number}.", "Ask in several parts.")
