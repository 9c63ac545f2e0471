"""Which providers there are, and the state of each."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from functools import cached_property, lru_cache
from importlib.metadata import EntryPoint, entry_points
from types import MappingProxyType

import structlog

from renown.claims import Absence, AbsenceReason, Metric
from renown.errors import BadImport, CannotServe, UnknownName
from renown.providers.configured import missing_setting
from renown.providers.contract import Asked, Declaration, Derived, Provider
from renown.providers.from_others import DerivedFromOthers
from renown.settings import Settings

_log = structlog.get_logger(__name__)

ENTRY_POINTS = "renown.providers"
_KEPT = 1_000
_FIRST = ("klout", "kred", "peerindex", "renown")


class ProviderState(StrEnum):
    """Whether a provider can be asked. DEGRADED is for the gateway to say: it sees the failures."""

    LIVE = "LIVE"
    DEGRADED = "DEGRADED"
    RETIRED = "RETIRED"
    NOT_CONFIGURED = "NOT_CONFIGURED"


class Registry:
    """The providers of one process, in a stable order. `failed` maps plug-ins that did not load to the reason."""

    def __init__(
        self, providers: Iterable[Provider], settings: Settings, failed: Mapping[str, str] | None = None
    ) -> None:
        by_slug = {provider.declaration.slug: provider for provider in providers}
        slugs = [slug for slug in _FIRST if slug in by_slug] + sorted(by_slug.keys() - set(_FIRST))
        self._providers = {slug: by_slug[slug] for slug in slugs}
        self._settings = settings
        self.failed: Mapping[str, str] = MappingProxyType(dict(failed or {}))
        # Whether an object keeps a protocol takes longer to find out than all the rest of a warm answer.
        self._state_of = lru_cache(maxsize=_KEPT)(self._find_state)
        self._reason_of = lru_cache(maxsize=_KEPT)(self._find_reason)

    @classmethod
    def load(cls, settings: Settings) -> "Registry":
        """Every provider registered under the entry point group `renown.providers`, then those the files describe.

        One that cannot be loaded is reported by name and left out.

        Raises:
            CannotServe: the settings ask a provider for what it does not have.
        """
        providers: dict[str, Provider] = {}
        failed: dict[str, str] = {}
        for entry in _shipped_first(entry_points(group=ENTRY_POINTS)):
            try:
                if entry.name in providers:
                    raise ValueError("a provider of this name is already there")  # noqa: TRY301 - reported below
                providers[entry.name] = _built(entry, settings)
            except CannotServe:  # left out, it would take its archived figures with it for a slip in a setting
                raise
            except Exception as trouble:  # noqa: BLE001 - a plug-in may raise anything
                reason = f"{type(trouble).__name__}: {trouble}"
                failed[entry.name] = reason
                _log.warning("provider.not_loaded", provider=entry.name, target=entry.value, reason=reason)
        _add_described(providers, failed, settings)
        return cls(providers.values(), settings, failed)

    def __iter__(self) -> Iterator[Provider]:
        return iter(self._providers.values())

    def __len__(self) -> int:
        return len(self._providers)

    @property
    def slugs(self) -> tuple[str, ...]:
        """The slug of each provider, in order."""
        return tuple(self._providers)

    @cached_property
    def scored(self) -> tuple[Provider, ...]:
        """The providers that give a score: those with a primary metric."""
        return tuple(provider for provider in self if provider.declaration.primary is not None)

    @cached_property
    def live(self) -> tuple[Asked, ...]:
        """The providers that can be asked."""
        return tuple(p for p in self if isinstance(p, Asked) and self.state(p.declaration.slug) is ProviderState.LIVE)

    @cached_property
    def derived(self) -> tuple[Derived, ...]:
        """The providers whose score is computed from claims that are held."""
        return tuple(provider for provider in self if isinstance(provider, Derived))

    @cached_property
    def derived_from_others(self) -> tuple[DerivedFromOthers, ...]:
        """Those of them that read what others say of a voice."""
        return tuple(provider for provider in self.derived if isinstance(provider, DerivedFromOthers))

    @cached_property
    def read_by_others(self) -> Mapping[str, Metric]:
        """The scores a recipe with equal weights counts, by field; none that is itself derived from others."""
        return {
            metric.field: metric
            for provider in self.scored
            if provider.declaration.blended and provider not in self.derived_from_others
            if (metric := provider.declaration.primary_metric)
        }

    def provider(self, slug: str) -> Provider:
        """The provider of this slug.

        Raises:
            UnknownName: there is none.
        """
        try:
            return self._providers[slug]
        except KeyError:
            raise UnknownName("provider", slug, self._providers) from None

    def state(self, slug: str) -> ProviderState:
        """Whether this provider can be asked, as far as its declaration and the settings say."""
        return self._state_of(slug)

    def why_absent(self, slug: str, subject: str, now: datetime) -> Absence:
        """Why this provider has no value for a subject (an account key) when nobody asked it."""
        reason, message = self._reason_of(slug, subject.partition(":")[0])
        return Absence(subject=subject, provider=slug, reason=reason, message=message, at=now)

    def _find_state(self, slug: str) -> ProviderState:
        provider = self.provider(slug)
        if isinstance(provider, Derived):
            return ProviderState.LIVE
        if isinstance(provider, Asked) and missing_setting(provider, self._settings) is None:
            return ProviderState.LIVE
        return ProviderState.RETIRED if provider.declaration.closed else ProviderState.NOT_CONFIGURED

    def _find_reason(self, slug: str, network: str) -> tuple[AbsenceReason, str]:
        provider = self.provider(slug)
        declaration = provider.declaration
        name = declaration.name
        if network not in declaration.networks:
            return AbsenceReason.NOT_APPLICABLE, f"{name} does not know the network {network}."
        if isinstance(provider, Derived):
            others = [need for need in provider.needs if not need.startswith(f"{slug}.")]
            return AbsenceReason.NO_SCORE_YET, f"{name} has not computed a score: it needs {_list(others)}."
        state = self.state(declaration.slug)
        if state is ProviderState.RETIRED:
            return AbsenceReason.RETIRED, f"{_closing(declaration)} No published figure of it is held for this voice."
        if not isinstance(provider, Asked):
            return AbsenceReason.NOT_CONFIGURED, f"{name} is never asked. Import its published figures from a file."
        if missing := missing_setting(provider, self._settings):
            what, setting = missing
            return AbsenceReason.NOT_CONFIGURED, f"{name} is not asked: it has no {what}. Set {setting}."
        if declaration.primary:
            reason, said = AbsenceReason.NOT_ASKED, "has not been asked about this voice"
        else:
            reason, said = AbsenceReason.NOT_APPLICABLE, "gives facts about a profile, not a score"
        return reason, f"{name} {said}."


def _add_described(providers: dict[str, Provider], failed: dict[str, str], settings: Settings) -> None:
    if not settings.provider_files:
        return
    from renown.providers.described import Described, read_description

    for path in settings.provider_files:
        try:
            description = read_description(path)
            if description.slug in providers:
                raise ValueError(f"a provider named {description.slug!r} is already there")  # noqa: TRY301 - reported below
            providers[description.slug] = Described(description, settings.provider(description.slug))
        except (BadImport, ValueError) as trouble:
            failed[str(path)] = str(trouble)
            _log.warning("provider.not_loaded", provider=str(path), target=str(path), reason=str(trouble))


def _built(entry: EntryPoint, settings: Settings) -> Provider:
    provider = entry.load()(settings.provider(entry.name))
    declaration = provider.declaration
    if not isinstance(declaration, Declaration) or not isinstance(provider.adapter, str):
        raise TypeError("it does not declare itself as the contract asks")
    if declaration.slug != entry.name:
        raise ValueError(f"it is registered as {entry.name!r}, but calls itself {declaration.slug!r}")
    return provider


def _shipped_first(entries: Collection[EntryPoint]) -> list[EntryPoint]:
    # A distribution reads all its metadata, long description and all, each time it is asked for its name.
    shipped = {dist for dist in {entry.dist for entry in entries} if dist is not None and dist.name == "renown"}
    return sorted(entries, key=lambda entry: (entry.dist not in shipped, entry.name, entry.value))


def _closing(declaration: Declaration) -> str:
    return f"{declaration.name} closed for good in {declaration.closed:%B %Y}."


def _list(words: Iterable[str]) -> str:
    return " and ".join(f"a {word.rstrip('/')}" if word.endswith("/") else word for word in words)
