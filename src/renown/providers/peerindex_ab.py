"""PeerIndex, the first two generations of its API (2010 to 2013): one call a voice, by Twitter name or number.

A (`/1/profile/show`) names topics in the same reply; B (`/v2/profile/profile`) gives scores only: what its longer
form `show` held was never recorded. Their errors are alike. Source: dev.peerindex.com/docs, replies recorded in
fluidinfo/peerindex-import, September 2011, esteve/PeerIndex-Python-API, and a fork of the gem fishman/peerindex.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from renown.claims import Absence, AbsenceReason, Account
from renown.errors import InvalidReply, KeyRefused, QuotaExhausted
from renown.providers.contract import Reading, Reply, Request
from renown.providers.network_refusals import over_limit, words_of
from renown.providers.peerindex_declaration import METRICS, PEERINDEX
from renown.providers.profile_facts import require_about
from renown.providers.testimony import absent, claims_about, observed
from renown.providers.wire import at, decode, items, measured, number, refuse_errors, screen_name, text, topic_of
from renown.settings import ProviderSettings

_RESETS = "x-ratelimit-reset"
_KEY_REFUSALS = ("Invalid API key", "Missing parameter: api_key")


class _Profiles(ABC):
    """What both have in common: how a profile is read, and what is said of nobody."""

    adapter: str
    declaration = replace(PEERINDEX, pace=1.0)

    def __init__(self, settings: ProviderSettings) -> None:
        self._settings = settings

    @property
    def credentials(self) -> Mapping[str, str]:
        """The `api_key`, where one is set."""
        key = self._settings.key
        return {"api_key": key.get_secret_value()} if key else {}

    def requests(self, accounts: Sequence[Account], known: Mapping[str, str]) -> tuple[Request, ...]:  # noqa: ARG002 - PeerIndex had no ids of its own yet
        """One request for each of them."""
        return tuple(self._about(account) for account in accounts)

    def read(self, request: Request, reply: Reply) -> Reading:
        """Scores, name and (A) topics.

        Raises:
            ProviderFailure: an error, or a body unlike any on record.
        """
        if reply.status == 404:
            return Reading(absences=self._absence(request, AbsenceReason.UNKNOWN_TO_PROVIDER, reply))
        if reply.status == 400 and words_of(reply, "error") in _KEY_REFUSALS:
            raise KeyRefused("PeerIndex refused the key (status 400).", "Check the provider's key in the settings.")
        if reply.status == 403 and _RESETS in reply.headers:
            raise over_limit(reply, "PeerIndex", resets=_RESETS, kind=QuotaExhausted)
        refuse_errors(reply, "PeerIndex", forbidden=QuotaExhausted)
        tree = decode(reply, "PeerIndex")
        # 1 says that there is a profile. No other value was ever recorded.
        if not tree or number(at(tree, "known")) == 0:
            return Reading(absences=self._absence(request, AbsenceReason.UNKNOWN_TO_PROVIDER, reply))
        return self._read_profile(request, reply, tree)

    @abstractmethod
    def _about(self, account: Account) -> Request: ...

    def _read_profile(self, request: Request, reply: Reply, tree: Any) -> Reading:
        account = request.accounts[0]
        if not isinstance(tree, dict) or "error" in tree:
            raise InvalidReply("PeerIndex's reply holds no profile.")
        if "identity" not in request.params:  # by number, the name may have changed
            require_about(account, text(at(tree, "twitter")), "PeerIndex")
        said = {metric.field: measured(metric, at(tree, metric.slug)) for metric in METRICS}
        topics = {field: 1.0 for topic in items(at(tree, "topics")) if (field := topic_of(topic))}
        profile = {"name": text(at(tree, "name"))}
        claims = claims_about(account, {**said, **profile, **topics}, observed(self, reply, tree))
        if said["peerindex.peerindex"] is None:
            return Reading(claims=claims, absences=self._absence(request, AbsenceReason.NO_SCORE_YET, reply))
        return Reading(claims=claims)

    def _absence(self, request: Request, reason: AbsenceReason, reply: Reply) -> tuple[Absence, ...]:
        account = request.accounts[0]
        message = {
            AbsenceReason.UNKNOWN_TO_PROVIDER: f"PeerIndex does not know {account.handle}.",
            AbsenceReason.NO_SCORE_YET: f"PeerIndex knows {account.handle}, but has no score yet.",
        }[reason]
        return (absent(self, account, reason, message, reply),)


class PeerIndexA(_Profiles):
    """Generation A (2010 to 2012): scores and topics by Twitter name."""

    adapter = "peerindex-a@1"

    def _about(self, account: Account) -> Request:
        return Request(
            step="profile", path="/profile/show.json", params={"id": screen_name(account)}, accounts=(account,)
        )


class PeerIndexB(_Profiles):
    """Generation B (about 2011 to 2013): scores by Twitter's number of the account where it is held, else by name."""

    adapter = "peerindex-b@1"

    def _about(self, account: Account) -> Request:
        by_number = {"id": account.id, "identity": "twitter_id"} if account.id else None
        params = by_number or {"id": screen_name(account)}
        return Request(step="profile", path="/profile/profile.json", params=params, accounts=(account,))
