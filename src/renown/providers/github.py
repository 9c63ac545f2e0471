"""GitHub: profile facts of users, organisations and apps.

Public profiles need no token: without one GitHub takes 60 calls an hour from one address, with one (sent in a header)
5,000. Which of the limits was met is told by the headers.
Source: docs.github.com/rest, "Get a user" and "Rate limits for the REST API".
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from renown.claims import AbsenceReason, Account, VoiceKind
from renown.errors import InvalidReply, QuotaExhausted
from renown.providers.contract import Declaration, Reading, Reply, Request
from renown.providers.network_refusals import over_limit, words_of
from renown.providers.profile_facts import count_metrics, counted, require_about
from renown.providers.testimony import absent, claims_about, observed
from renown.providers.wire import at, decode, number, refuse_errors, screen_name, text
from renown.settings import ProviderSettings

# `User` says only that it is neither: behind it stands anybody.
_KINDS = {"Organization": VoiceKind.ORGANISATION.value, "Bot": VoiceKind.AUTOMATED.value}


class GitHub:
    """One call an account."""

    adapter = "github@1"
    declaration = Declaration(
        slug="github",
        name="GitHub",
        metrics=count_metrics("github", "followers", "following"),
        primary=None,
        networks=("github",),
        reads=("github",),
        attribution="Public profile on GitHub",
        fresh_for=timedelta(days=1),
        keep_for=timedelta(days=30),
        pace=1.0,
    )

    def __init__(self, settings: ProviderSettings) -> None:
        self._settings = settings

    @property
    def credentials(self) -> Mapping[str, str]:
        """None: a token in the query string is no longer taken."""
        return {}

    @property
    def secret_headers(self) -> Mapping[str, str]:
        """The token, where one is set."""
        key = self._settings.key
        return {"authorization": f"Bearer {key.get_secret_value()}"} if key else {}

    def requests(self, accounts: Sequence[Account], known: Mapping[str, str]) -> tuple[Request, ...]:  # noqa: ARG002 - asked by name, so that a name that went to somebody else is noticed
        """The user of each name."""
        return tuple(
            Request(step="user", path=f"/users/{quote(screen_name(account), safe='')}", accounts=(account,))
            for account in accounts
        )

    def read(self, request: Request, reply: Reply) -> Reading:
        """The profile, with place as the owner wrote it.

        Raises:
            ProviderFailure: an error, or a body unlike the documented one.
        """
        account = request.accounts[0]
        _refuse_limits(reply)
        if reply.status == 404 and words_of(reply, "message") == "Not Found":
            message = f"GitHub does not know {account.handle}."
            return Reading(absences=(absent(self, account, AbsenceReason.UNKNOWN_TO_PROVIDER, message, reply),))
        refuse_errors(reply, "GitHub", forbidden=InvalidReply)
        tree = decode(reply, "GitHub")
        require_about(account, text(at(tree, "login")), "GitHub")
        said = {
            "name": text(at(tree, "name")),
            "description": text(at(tree, "bio")),
            "place": text(at(tree, "location")),
            "kind": _KINDS.get(text(at(tree, "type")) or ""),
            **counted(self.declaration, {field: at(tree, field) for field in ("followers", "following")}),
            "github.id": _id(tree),
        }
        return Reading(claims=claims_about(account, said, observed(self, reply, tree)))


def _refuse_limits(reply: Reply) -> None:
    """The hour's allowance is used up when none of it remains; every other limit is a matter of pace."""
    if reply.status not in (403, 429):
        return
    if reply.headers.get("x-ratelimit-remaining", "").strip() == "0":
        raise over_limit(reply, "GitHub", resets="x-ratelimit-reset", kind=QuotaExhausted)
    if reply.status == 429 or "retry-after" in reply.headers or "rate limit" in (words_of(reply, "message") or ""):
        raise over_limit(reply, "GitHub")


def _id(tree: Any) -> str:
    github_id = number(at(tree, "id"))
    if not isinstance(github_id, int):
        raise InvalidReply("GitHub's reply holds no id.")
    return str(github_id)
