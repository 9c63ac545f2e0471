"""What the doctor looks at, one check a fact. No detail holds a key or a password."""

import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from renown.cli import wording
from renown.cli.opening import run, settings_with
from renown.errors import RenownError

if TYPE_CHECKING:
    from renown.claims import Absence
    from renown.gateway import Gateway
    from renown.providers import Provider
    from renown.settings import Settings

_NEEDED = (3, 11)

_SAID_OF_ERAS = ("SUSPECTED", "UNDECIDED")


class Health(StrEnum):
    """BROKEN wants repair; IDLE is as it should be, but gives nothing (a provider that is not configured)."""

    WELL = "well"
    IDLE = "idle"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, how it is, and why."""

    what: str
    health: Health
    detail: str


def checks(database: str | None) -> Iterator[Check]:
    """Every check, in order; what cannot be looked at because something before it is broken is left out."""
    version = ".".join(map(str, sys.version_info[:3]))
    yield Check("Python", Health.WELL if sys.version_info >= _NEEDED else Health.BROKEN, version)
    try:
        settings = settings_with(database)
    except RenownError as error:
        yield Check("settings", Health.BROKEN, str(error))
        return
    yield from _settings(settings)
    try:
        yield from run(settings, _of_gateway)
    except RenownError as error:
        yield Check("store", Health.BROKEN, str(error))


def without_password(url: str) -> str:
    """A URL without what may be secret in it: user and password, however they are written, and the query."""
    return re.sub(r"(?<=://).*@", "***@", url.partition("?")[0], flags=re.DOTALL)


def _settings(settings: "Settings") -> Iterator[Check]:
    set_ = ", ".join(sorted(settings.model_fields_set)) or "none; all are defaults"
    yield Check("settings", Health.WELL, f"given: {set_}")
    for slug, given in settings.providers.items():
        secrets = {"key": given.key, "app_id": given.app_id}
        said = [f"{name} {'set' if secret else 'not set'}" for name, secret in secrets.items()]
        url = without_password(given.base_url) if given.base_url else "not set"
        yield Check(f"settings of {slug}", Health.WELL, ", ".join([f"base_url {url}", *said]))


async def _of_gateway(gateway: "Gateway") -> list[Check]:
    return [await _store(gateway), await _cache(gateway.settings), *(await _providers(gateway))]


async def _store(gateway: "Gateway") -> Check:
    standings = await gateway.snapshots.current()
    claims = len(await gateway.store.all_latest())
    url = without_password(gateway.settings.database_url)
    held = f"{wording.count(claims, 'current claim')} on {wording.count(len(standings.voices), 'voice')}"
    return Check("store", Health.WELL, f"{url}, change {standings.change}, {held}")


async def _cache(settings: "Settings") -> Check:
    from renown.gateway.cache import Cache, Kept

    if settings.cache_url is None:
        return Check("cache", Health.WELL, "in memory")
    where = without_password(settings.cache_url)
    cache = Cache.open(settings.cache_url, 1)

    async def load() -> Kept:
        return Kept(b"well", 1.0, 0.0)

    try:
        # A key of its own each time: it must go through the server.
        await cache.get(f"doctor:{time.time_ns()}", load)
        failed = cache.stats.far_errors
    finally:
        await cache.close()
    if failed:
        return Check("cache", Health.BROKEN, f"{where} does not answer; lookups go on with memory alone")
    return Check("cache", Health.WELL, where)


async def _providers(gateway: "Gateway") -> list[Check]:
    from renown.gateway.failures import last_failures

    failed = last_failures(await gateway.store.absences(), await gateway.store.all_latest())
    found = [await _provider(gateway, provider, failed.get(provider.declaration.slug)) for provider in gateway.registry]
    for name, reason in gateway.registry.failed.items():
        found.append(Check(f"provider {name}", Health.BROKEN, f"could not be loaded: {reason}"))
    return found


async def _provider(gateway: "Gateway", provider: "Provider", failure: "Absence | None") -> Check:
    from renown.gateway.failures import in_words

    slug = provider.declaration.slug
    state = gateway.provider_state(slug).value
    said = [f"{state}, {provider.adapter}. {_why(gateway, slug, state)}"]
    if state == "LIVE" and (quota := await gateway.quotas.of(slug)):
        said.append(
            f"{quota.used:,} of {wording.count(quota.limit, 'call')} of the day used; "
            f"anew at {wording.moment(quota.resets_at)}."
        )
    if state == "LIVE" and failure:
        said.append(f"Last error: {in_words(failure)}")
    said += [era.statement for era in await gateway.eras(slug) if era.state in _SAID_OF_ERAS]
    return Check(f"provider {slug}", Health.WELL if state == "LIVE" else Health.IDLE, " ".join(said))


def _why(gateway: "Gateway", slug: str, state: str) -> str:
    declaration = gateway.registry.provider(slug).declaration
    if state == "RETIRED":
        return f"Closed for good in {declaration.closed:%B %Y}. Its published figures can be imported."
    if state == "NOT_CONFIGURED":
        anybody = f"{declaration.networks[0]}:anybody"
        return gateway.registry.why_absent(slug, anybody, gateway.now()).message
    from renown.providers import Asked
    from renown.providers.configured import base_url_of

    provider = gateway.registry.provider(slug)
    given = base_url_of(provider, gateway.settings) if isinstance(provider, Asked) else None
    return f"Asked at {without_password(given)}." if given else "Computed from what is held."
