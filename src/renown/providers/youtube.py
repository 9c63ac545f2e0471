"""YouTube Data API v3: profile facts of channels, by handle.

Counts come as text; the count of subscribers is rounded down to three digits, and may be hidden, which is not zero.
Source: developers.google.com/youtube/v3, `channels` and `channels.list`, "Errors" and "Quota calculator".
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from renown.claims import AbsenceReason, Account
from renown.errors import InvalidReply, KeyRefused, QuotaExhausted
from renown.providers.contract import Declaration, Reading, Reply, Request
from renown.providers.countries import country_code
from renown.providers.network_refusals import over_limit
from renown.providers.profile_facts import count_metrics, counted, require_about
from renown.providers.testimony import absent, claims_about, observed
from renown.providers.wire import at, decode, items, refuse_errors, screen_name, text
from renown.settings import ProviderSettings

_QUOTA_REASONS = frozenset({"quotaExceeded", "dailyLimitExceeded"})
_PACE_REASONS = frozenset({"rateLimitExceeded", "userRateLimitExceeded"})
_KEY_REASONS = frozenset({"keyInvalid", "keyExpired", "API_KEY_INVALID"})
# The day of a quota ends at midnight in California: at 8 h UTC, in summer an hour sooner.
_DAY_ENDS = timedelta(hours=8)


class YouTube:
    """One call, and one unit of the day's quota, a channel."""

    adapter = "youtube-v3@1"
    declaration = Declaration(
        slug="youtube",
        name="YouTube",
        metrics=count_metrics("youtube", "followers", "posts"),
        primary=None,
        networks=("youtube",),
        reads=("youtube",),
        licence="YouTube API Services Developer Policies: refreshed or deleted after 30 days.",
        attribution="Public profile on YouTube",
        fresh_for=timedelta(days=1),
        keep_for=timedelta(days=30),
    )

    def __init__(self, settings: ProviderSettings) -> None:
        self._settings = settings

    @property
    def credentials(self) -> Mapping[str, str]:
        """The `key`, where one is set."""
        key = self._settings.key
        return {"key": key.get_secret_value()} if key else {}

    def requests(self, accounts: Sequence[Account], known: Mapping[str, str]) -> tuple[Request, ...]:  # noqa: ARG002 - asked by handle, so that a handle that went to somebody else is noticed
        """The channel of each handle."""
        return tuple(
            Request(
                step="channel",
                path="/channels",
                params={"part": "snippet,statistics", "forHandle": f"@{screen_name(account)}"},
                accounts=(account,),
            )
            for account in accounts
        )

    def read(self, request: Request, reply: Reply) -> Reading:
        """The channel's title, description, country and counts.

        Raises:
            ProviderFailure: an error, or a body unlike the documented one.
        """
        account = request.accounts[0]
        if reply.status in (400, 403, 429):
            _refuse(reply)
        refuse_errors(reply, "YouTube")
        tree = decode(reply, "YouTube")
        if at(tree, "kind") != "youtube#channelListResponse":
            raise InvalidReply("YouTube's reply is no list of channels.")
        channels = items(at(tree, "items"))
        if not channels:
            message = f"YouTube does not know {account.handle}."
            return Reading(absences=(absent(self, account, AbsenceReason.UNKNOWN_TO_PROVIDER, message, reply),))
        channel = channels[0]
        require_about(account, text(at(channel, "snippet", "customUrl")), "YouTube")
        return Reading(claims=claims_about(account, self._facts(channel), observed(self, reply, channel)))

    def _facts(self, channel: Any) -> dict[str, str | int | None]:
        snippet, statistics = at(channel, "snippet"), at(channel, "statistics")
        hidden = at(statistics, "hiddenSubscriberCount") is True
        counts = {
            "followers": None if hidden else at(statistics, "subscriberCount"),
            "posts": at(statistics, "videoCount"),
        }
        return {
            "name": text(at(snippet, "title")),
            "description": text(at(snippet, "description")),
            "country": country_code(text(at(snippet, "country")) or ""),
            **counted(self.declaration, counts),
            "youtube.id": _id(channel),
        }


def _refuse(reply: Reply) -> None:
    """Raise what a refusal means, where its reasons say more than its status does."""
    reasons = _reasons(reply)
    if reasons & _QUOTA_REASONS:
        raise QuotaExhausted("YouTube's quota of the day is used up.", retry_at=_end_of_day(reply.received_at))
    if reasons & _KEY_REASONS:
        raise KeyRefused("YouTube refused the key.", "Check the provider's key in the settings.")
    if reply.status == 429 or reasons & _PACE_REASONS:
        raise over_limit(reply, "YouTube")


def _reasons(reply: Reply) -> set[str]:
    try:
        error = at(decode(reply, "YouTube"), "error")
    except InvalidReply:
        return set()
    given = (text(at(each, "reason")) for each in items(at(error, "errors")) + items(at(error, "details")))
    return {reason for reason in given if reason}


def _end_of_day(now: datetime) -> datetime:
    midnight = (now.astimezone(UTC) - _DAY_ENDS).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(days=1) + _DAY_ENDS


def _id(channel: Any) -> str:
    channel_id = text(at(channel, "id"))
    if channel_id is None:
        raise InvalidReply("YouTube's reply holds no channel id.")
    return channel_id
