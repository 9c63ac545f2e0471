"""The gateway's one face: what comes in, one voice, rankings, providers."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

import numpy as np

from renown.claims import NETWORKS, Absence, AbsenceReason, Account, Claim
from renown.errors import UnknownName
from renown.gateway.blended import Blended
from renown.gateway.cache import Cache
from renown.gateway.changes import Changes
from renown.gateway.entries import Entries
from renown.gateway.era_watch import EraWatch
from renown.gateway.eras import Era, eras_in
from renown.gateway.failures import in_words
from renown.gateway.filtering import Filter
from renown.gateway.held import Held
from renown.gateway.keeping import keep
from renown.gateway.lookup import Lookup
from renown.gateway.quota import Quotas
from renown.gateway.ranking import Ranked, refuse_alone
from renown.gateway.rankings import Rankings
from renown.gateway.recipe_names import RecipeNames
from renown.gateway.recipes import DEFAULT_RECIPE, Recipes, completed, default_recipe
from renown.gateway.report_cards import ReportCards
from renown.gateway.shown import Shown
from renown.gateway.snapshots import Snapshots
from renown.gateway.standings import Standings
from renown.gateway.tally import Tally
from renown.gateway.upstream import Upstream
from renown.gateway.voices import Found, VoiceRecord, strangers
from renown.providers import ProviderState, Registry
from renown.scoring import Recipe
from renown.settings import Settings
from renown.store import Store


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Gateway:
    """Made by `open`, which starts nothing in the background; `close` lets go of every connection."""

    def __init__(self, settings: Settings, store: Store, *, now: Callable[[], datetime] = _utc_now) -> None:
        self.settings = settings
        self.store = store
        self.now = now
        self.registry = Registry.load(settings)
        self.recipes = Recipes(store, now)
        self.recipe_names = RecipeNames(store, self.recipes, self.default_recipe, now)
        self.changes = Changes(store, now, settings.notice_seconds)
        self.held = Held(store, self.changes, now)
        self.snapshots = Snapshots(store, self.changes, self.registry, now)
        self.report_cards = ReportCards(store, self.registry, self.snapshots, now)
        self._cache = Cache.open(
            settings.cache_url,
            settings.cache_entries,
            clock=lambda: now().timestamp(),
            longest_load=2 * settings.deadline_seconds,
        )
        self.quotas = Quotas(store, self.registry, settings, now)
        self.upstream = Upstream(store, settings, allowance=self.quotas, now=now)
        self._eras = EraWatch(store, self.registry, now)
        self._lookup = Lookup(
            settings,
            registry=self.registry,
            store=store,
            cache=self._cache,
            upstream=self.upstream,
            eras=self._eras,
            now=now,
        )
        self._rankings = Rankings()
        self._entries = Entries(self._rankings, self.held, self.registry, now)

    @classmethod
    async def open(cls, settings: Settings, *, now: Callable[[], datetime] = _utc_now) -> Self:
        """A gateway over the store and cache its settings name.

        Raises:
            CannotServe: the store cannot be opened.
        """
        return cls(settings, await Store.open(settings.database_url), now=now)

    async def close(self) -> None:
        """Lets go of providers, cache and store."""
        await self.recipes.settle()
        await self._cache.close()
        await self._lookup.close()
        await self.upstream.close()
        await self.quotas.close()
        await self.store.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    # ------------------------------------------------------------------ in

    async def keep(self, claims: Sequence[Claim], accounts: Sequence[Account]) -> int:
        """Keeps claims and what derives from them; the number of the last change."""
        return await keep(self.store, self.registry, claims, accounts, self.now(), eras=self._eras)

    # ------------------------------------------------------------------ one voice

    async def voice(
        self, account: Account, tally: Tally | None = None, *, deadline: float | None = None
    ) -> VoiceRecord:
        """One voice, its scores brought up to date by every live provider within the deadline (monotonic).

        Raises:
            UnknownVoice: nothing is held on it, and no provider knows it.
            UnknownName: there is no such network.
        """
        return (await self.voices([account], tally, deadline=deadline))[0].unwrap()

    async def voices(
        self, accounts: Sequence[Account], tally: Tally | None = None, *, deadline: float | None = None
    ) -> list[Found]:
        """Several voices at once, in the order asked; each found or with the error why not."""
        for account in accounts:
            if account.network not in NETWORKS:
                raise UnknownName("network", account.network, NETWORKS)
        late = await self._lookup.refresh(
            list(dict.fromkeys(accounts)), tally or Tally(), deadline=deadline or self.deadline()
        )
        memory = await self.held.memory()
        held = await memory.accounts(account.key for account in accounts)
        voice_of = {key: stored.voice for key, stored in held.items()}
        found = await memory.asked_records(voice_of.values(), late)
        unknown = [account for account in accounts if account.key not in voice_of]
        absences = [*await self.store.absences([account.key for account in unknown]), *late] if unknown else ()
        unheld = strangers(unknown, absences, {provider.declaration.slug for provider in self.registry.live})
        return [
            Found(account, found[voice_of[account.key]] if account.key in voice_of else unheld.get(account.key))
            for account in accounts
        ]

    async def older_than(
        self, record: VoiceRecord, seconds: float, tally: Tally, *, deadline: float | None = None
    ) -> VoiceRecord:
        """The voice again, after asking live providers for whatever was observed longer ago than so many seconds."""
        deadline = deadline or self.deadline()
        late = await self._lookup.refresh(record.accounts, tally, deadline=deadline, older_than=seconds)
        memory = await self.held.memory()
        return (await memory.asked_records([record.key], late))[record.key]

    async def records(self, voices: Iterable[str], as_of: datetime | None = None) -> dict[str, VoiceRecord]:
        """What is held on voices, by voice key, now or at a moment. Nobody is asked."""
        memory = await self.held.memory()
        return await (memory.records(voices) if as_of is None else memory.past_records(voices, as_of))

    def score(self, record: VoiceRecord, provider: str, oldest: datetime | None = None) -> Claim | Absence:
        """One provider's score of a voice, or why there is none, or none observed since `oldest`."""
        metric = self.registry.provider(provider).declaration.primary_metric
        claim = record.score(metric) if metric else None
        if claim is not None and (oldest is None or claim.provenance.observed_at >= oldest):
            return claim
        reason = record.absences.get(provider) or self.registry.why_absent(provider, record.key, self.now())
        if claim is None:
            return reason
        observed = f"{claim.provenance.observed_at:%d %B %Y}"
        said = f"The newest score held is of {observed}, longer ago than asked for. {reason.message}"
        return replace(reason, message=said)

    async def composite(
        self, record: VoiceRecord, recipe: Recipe = DEFAULT_RECIPE, as_of: datetime | None = None
    ) -> Blended | Absence:
        """A voice's composite by itself, or why there is none.

        Raises:
            BadRecipe: the recipe cannot be computed outside a list.
        """
        ranked = await self.alone(await self.snapshots.current(as_of), recipe, record.key)
        if not len(ranked):
            return self.too_few(record, recipe, ranked.standings)
        return (await self.entries(ranked, 0, 1))[0]

    def too_few(self, record: VoiceRecord, recipe: Recipe, standings: Standings | None = None) -> Absence:
        """Why a voice is not ranked: fewer providers have a score than the recipe asks for."""
        given = dict(recipe.weights)
        declared = [provider.declaration for provider in self.registry.scored]
        providers = [each.slug for each in declared if (each.slug in given if given else each.blended)]
        if standings is not None and (row := standings.rows.get(record.key)) is not None:
            columns = [standings.column(provider) for provider in providers]
            answered = int(np.count_nonzero(~np.isnan(standings.raw[row, columns])))
        else:
            answered = sum(isinstance(self.score(record, provider), Claim) for provider in providers)
        return Absence(
            record.key,
            "",
            AbsenceReason.BELOW_MINIMUM,
            f"{answered} of {len(providers)} providers {'has' if answered == 1 else 'have'} a score; "
            f"the recipe asks for {recipe.minimum_providers}.",
            self.now(),
        )

    # ------------------------------------------------------------------ rankings

    async def default_recipe(self) -> Recipe:
        """The recipe that is meant where none is given: the consensus, once a frozen reference is held."""
        return default_recipe((await self.snapshots.current()).reference)

    async def recipe(self, choices: Mapping[str, Any]) -> Recipe:
        """The recipe of these choices, by the name of a recipe's field; the default one where there are none.

        Raises:
            BadRecipe: the choices make no sense.
        """
        held = (await self.snapshots.current()).reference
        return completed(choices, held) if choices else default_recipe(held)

    async def rank(
        self, asked: Filter, recipe: Recipe = DEFAULT_RECIPE, *, standings: Standings | None = None
    ) -> Ranked:
        """Everybody who matches the filter, ranked. Never asks a provider."""
        await self.recipes.remember(recipe)
        return await self._rankings.ranked(standings or await self.snapshots.current(), recipe, asked)

    async def alone(self, standings: Standings, recipe: Recipe, voice: str) -> Ranked:
        """The ranking of one voice by itself: its composite, outside any list.

        Raises:
            BadRecipe: the recipe compares within a list, and there is none here.
        """
        refuse_alone(recipe)
        return await self.rank(Filter(voices=(voice,)), recipe, standings=standings)

    async def entries(self, ranked: Ranked, start: int, stop: int) -> Shown:
        """The composites at the positions from `start` up to `stop`, with the very claims they were made of."""
        return await self._entries.of(ranked, start, stop)

    # ------------------------------------------------------------------ providers

    def provider_state(self, slug: str) -> ProviderState:
        """Whether a provider is live, degraded (its last answer was a failure), retired or not configured."""
        state = self.registry.state(slug)
        return ProviderState.DEGRADED if state is ProviderState.LIVE and slug in self.upstream.failing else state

    async def eras(self, slug: str) -> tuple[Era, ...]:
        """Each suspicion that a provider changed its method, and what became of it; oldest first."""
        return eras_in(await self.store.era_steps(provider=slug)).get(slug, ())

    def last_error(self, slug: str) -> str | None:
        """What a provider's last failure was, with its moment; None where it has answered since."""
        absence = self.upstream.failing.get(slug)
        return absence and in_words(absence)

    def deadline(self) -> float:
        """The moment (monotonic) until which a query that begins now waits for providers."""
        return time.monotonic() + self.settings.deadline_seconds
