"""Bluesky: profile facts from the public AppView, up to 25 accounts a call.

One account is asked for by `getProfile`, which says why it has none; several by `getProfiles`, which leaves those it
has none of out. A person who asks not to be shown to strangers says so by a label on the profile.
Source: the lexicons app.bsky.actor and com.atproto.label in bluesky-social/atproto; docs.bsky.app.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from renown.claims import Absence, AbsenceReason, Account, Claim
from renown.errors import InvalidReply
from renown.providers.contract import Declaration, Reading, Reply, Request
from renown.providers.network_refusals import over_limit, words_of
from renown.providers.profile_facts import count_metrics, counted
from renown.providers.testimony import absent, claims_about, observed
from renown.providers.wire import at, decode, items, refuse_errors, screen_name, text
from renown.settings import ProviderSettings

# Each asks, or rules, that the account be not shown to those who are not logged in.
_HIDING_LABELS = frozenset({"!no-unauthenticated", "!hide", "!takedown", "!suspend"})
_HIDING_ERRORS = frozenset({"AccountTakedown", "AccountDeactivated"})


class Bluesky:
    """One call for up to 25 accounts, without a key."""

    adapter = "bluesky@1"
    declaration = Declaration(
        slug="bluesky",
        name="Bluesky",
        metrics=count_metrics("bluesky", "followers", "following", "posts"),
        primary=None,
        networks=("bluesky",),
        reads=("bluesky",),
        attribution="Public profile on Bluesky",
        fresh_for=timedelta(days=1),
        keep_for=timedelta(days=30),
        batch=25,
    )

    def __init__(self, settings: ProviderSettings) -> None:
        """Takes the provider's settings, as every factory does; it needs none but the base URL."""

    @property
    def credentials(self) -> Mapping[str, str]:
        """None: public profiles need no key."""
        return {}

    def requests(self, accounts: Sequence[Account], known: Mapping[str, str]) -> tuple[Request, ...]:  # noqa: ARG002 - asked by handle, so that a handle that went to somebody else is noticed
        """One request for all of them."""
        if len(accounts) == 1:
            return (_profile_of(accounts[0]),)
        names = [screen_name(account) for account in accounts]
        path = "/xrpc/app.bsky.actor.getProfiles"
        return (Request(step="profiles", path=path, params={"actors": names}, accounts=tuple(accounts)),)

    def read(self, request: Request, reply: Reply) -> Reading:
        """The profile of each account asked about, or why it is not to be shown.

        Raises:
            ProviderFailure: an error, or a body unlike the documented one.
        """
        if reply.status == 429:
            raise over_limit(reply, "Bluesky", resets="ratelimit-reset")
        if reply.status == 400 and request.step == "profiles":
            # One name it does not take must not cost the others theirs.
            return Reading(follow=tuple(_profile_of(account) for account in request.accounts))
        if reply.status == 400 and (refused := self._refused(request.accounts[0], reply)):
            return Reading(absences=(refused,))
        refuse_errors(reply, "Bluesky")
        tree = decode(reply, "Bluesky")
        rows = [tree] if request.step == "profile" else at(tree, "profiles")
        if not isinstance(rows, list):
            raise InvalidReply("Bluesky's reply holds no profiles.")
        return self._read_rows(request, reply, rows)

    def _refused(self, account: Account, reply: Reply) -> Absence | None:
        if words_of(reply, "error") in _HIDING_ERRORS:
            message = f"{account.handle} is suspended or deactivated on Bluesky."
            return absent(self, account, AbsenceReason.MASKED, message, reply)
        if words_of(reply, "message") == "Profile not found":
            return self._unknown(account, reply)
        return None

    def _read_rows(self, request: Request, reply: Reply, rows: Sequence[Any]) -> Reading:
        asked = {screen_name(account).casefold() for account in request.accounts}
        named = {name.casefold(): row for row in items(rows) if (name := text(at(row, "handle")))}
        found = {name: row for name, row in named.items() if name in asked}
        claims: list[Claim] = []
        absences: list[Absence] = []
        for account in request.accounts:
            row = found.get(screen_name(account).casefold())
            if row is not None:
                said = self._read_row(account, _about_one(request, account, reply), row)
            elif len(found) < len(rows):  # a profile nobody asked for may have been meant for this one
                said = self._invalid(account, f"Bluesky was asked about {account.handle}, but not answered.", reply)
            else:
                said = self._unknown(account, reply)
            if isinstance(said, Absence):
                absences.append(said)
            else:
                claims += said
        return Reading(claims=tuple(claims), absences=tuple(absences))

    def _read_row(self, account: Account, reply: Reply, row: Any) -> tuple[Claim, ...] | Absence:
        if _is_hidden(row):
            message = f"{account.handle} is not to be shown to those who are not logged in to Bluesky."
            return absent(self, account, AbsenceReason.MASKED, message, reply)
        counts = {"followers": "followersCount", "following": "followsCount", "posts": "postsCount"}
        try:
            said = {
                "name": text(at(row, "displayName")),
                "description": text(at(row, "description")),
                **counted(self.declaration, {field: at(row, key) for field, key in counts.items()}),
                "bluesky.id": _did(row),
            }
        except InvalidReply as trouble:  # one bad profile must not cost the others theirs
            return self._invalid(account, trouble.sentence, reply)
        return claims_about(account, said, observed(self, reply, row))

    def _unknown(self, account: Account, reply: Reply) -> Absence:
        message = f"Bluesky does not know {account.handle}."
        return absent(self, account, AbsenceReason.UNKNOWN_TO_PROVIDER, message, reply)

    def _invalid(self, account: Account, message: str, reply: Reply) -> Absence:
        return absent(self, account, AbsenceReason.INVALID_REPLY, message, reply)


def _profile_of(account: Account) -> Request:
    path, params = "/xrpc/app.bsky.actor.getProfile", {"actor": screen_name(account)}
    return Request(step="profile", path=path, params=params, accounts=(account,))


def _about_one(request: Request, account: Account, reply: Reply) -> Reply:
    """The reply under an address that names nobody else: a claim must not tell whom it was asked with."""
    (key,) = request.params
    return replace(reply, url=f"{reply.url.partition('?')[0]}?{key}={quote(screen_name(account))}")


def _is_hidden(row: Any) -> bool:
    labels = items(at(row, "labels"))
    return any(text(at(label, "val")) in _HIDING_LABELS and at(label, "neg") is not True for label in labels)


def _did(row: Any) -> str:
    did = text(at(row, "did"))
    if did is None or not did.startswith("did:"):
        raise InvalidReply("Bluesky's reply holds no DID.")
    return did
