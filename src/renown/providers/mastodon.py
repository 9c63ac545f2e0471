"""Mastodon: profile facts from one instance, which is asked about accounts of every other too.

A handle is `user@host`. The transport speaks to one host only, so the configured instance answers for all: it knows
its own accounts and those it has met. What it says of an account elsewhere is what it has last heard, so followers
can be fewer there than at home.
Source: docs.joinmastodon.org, methods/accounts#lookup, entities/Account and api/rate-limits.
"""

import html
import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from renown.claims import AbsenceReason, Account, VoiceKind
from renown.errors import InvalidReply, NotConfigured
from renown.providers.contract import Declaration, Reading, Reply, Request
from renown.providers.network_refusals import over_limit, words_of
from renown.providers.profile_facts import count_metrics, counted, require_about
from renown.providers.testimony import absent, claims_about, observed
from renown.providers.wire import at, decode, refuse_errors, screen_name, text
from renown.settings import ProviderSettings

# A tag holds no other: so that a page of opening brackets is read once, not once a bracket.
_LINE_END = re.compile(r"<br[^<>]*>|</p>|</li>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")

_HIDING_FLAGS = {
    "suspended": (True, "is suspended by the Mastodon instance that was asked"),
    "limited": (True, "is hidden behind a warning by the Mastodon instance that was asked"),
    "noindex": (True, "has asked on Mastodon not to be indexed"),
    "discoverable": (False, "has asked on Mastodon not to be found by strangers"),
}


class Mastodon:
    """One call an account, without a key."""

    adapter = "mastodon@1"
    declaration = Declaration(
        slug="mastodon",
        name="Mastodon",
        metrics=count_metrics("mastodon", "followers", "following", "posts"),
        primary=None,
        networks=("mastodon",),
        reads=("mastodon",),
        attribution="Public profile on Mastodon",
        fresh_for=timedelta(days=1),
        keep_for=timedelta(days=30),
        pace=1.0,
    )

    def __init__(self, settings: ProviderSettings) -> None:
        """Takes the provider's settings, as every factory does; it needs none but the base URL."""

    @property
    def credentials(self) -> Mapping[str, str]:
        """None: an instance that answers only those who are logged in is not asked with a login."""
        return {}

    def requests(self, accounts: Sequence[Account], known: Mapping[str, str]) -> tuple[Request, ...]:  # noqa: ARG002 - ids are each instance's own
        """A look-up of each."""
        return tuple(
            Request(
                step="lookup",
                path="/api/v1/accounts/lookup",
                params={"acct": screen_name(account)},
                accounts=(account,),
            )
            for account in accounts
        )

    def read(self, request: Request, reply: Reply) -> Reading:
        """The profile, or why it is not to be shown.

        Raises:
            ProviderFailure: an error, or a body unlike the documented one.
        """
        account = request.accounts[0]
        if reply.status == 429:
            raise over_limit(reply, "Mastodon", resets="x-ratelimit-reset")
        if reply.status in (401, 403):
            raise NotConfigured(
                "The Mastodon instance answers only those who are logged in.",
                "Set RENOWN_PROVIDERS__MASTODON__BASE_URL to an instance that answers everybody.",
            )
        if reply.status in (404, 410) and words_of(reply, "error"):
            message = f"The Mastodon instance that was asked does not know {account.handle}."
            return Reading(absences=(absent(self, account, AbsenceReason.UNKNOWN_TO_PROVIDER, message, reply),))
        refuse_errors(reply, "Mastodon")
        tree = decode(reply, "Mastodon")
        require_about(account, _address(tree), "Mastodon")
        for flag, (hides, words) in _HIDING_FLAGS.items():
            if at(tree, flag) is hides:
                message = f"{account.handle} {words}."
                return Reading(absences=(absent(self, account, AbsenceReason.MASKED, message, reply),))
        return Reading(claims=claims_about(account, self._facts(tree), observed(self, reply, tree)))

    def _facts(self, tree: Any) -> dict[str, str | int | None]:
        counts = {"followers": "followers_count", "following": "following_count", "posts": "statuses_count"}
        # A group repeats what its members say: nobody writes there either.
        automated = at(tree, "bot") is True or at(tree, "group") is True
        return {
            "name": text(at(tree, "display_name")),
            "description": _plain(at(tree, "note")),
            "kind": VoiceKind.AUTOMATED.value if automated else None,
            **counted(self.declaration, {field: at(tree, key) for field, key in counts.items()}),
            "mastodon.id": _id(tree),
        }


def _id(tree: Any) -> str:
    mastodon_id = text(at(tree, "id"))
    if mastodon_id is None:
        raise InvalidReply("Mastodon's reply holds no id.")
    return mastodon_id


def _address(tree: Any) -> str | None:
    """`user@host`. Of its own accounts an instance gives the user only; their page tells its host."""
    acct = text(at(tree, "acct"))
    if acct is None or "@" in acct:
        return acct
    try:
        return f"{acct}@{urlsplit(text(at(tree, 'url')) or '').hostname}"
    except ValueError:
        return None


def _plain(note: Any) -> str | None:
    """A profile's HTML as plain text."""
    if not isinstance(note, str):
        return None
    return text(html.unescape(_TAG.sub("", _LINE_END.sub("\n", note))))
