"""Kred (PeopleBrowsr): influence and outreach for many names in one call, by a job that is polled.

The call answers with a status (submitted, processing, waiting, complete); the vendor's own SDKs repeat the identical
request every half second until it is complete. Numbers come as numbers or as text. Errors were never documented.
Source: developer.peoplebrowsr.com/kred/kredscore and the vendor's SDKs (pbapi on GitHub).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from renown.claims import Absence, AbsenceReason, Account, Claim, Metric, Scale
from renown.errors import InvalidReply
from renown.providers.contract import Declaration, Reading, Reply, Request
from renown.providers.testimony import absent, claims_about, observed
from renown.providers.wire import at, decode, items, measured, number, refuse_errors, screen_name, text
from renown.settings import ProviderSettings

_UNDER_WAY = ("submitted", "processing", "waiting")
_SECONDS_BETWEEN_POLLS = 0.5
_MOST_POLLS = 20

_INFLUENCE = Metric(
    "kred",
    "influence",
    "Kred Influence",
    Scale(1, 1000),
    "How much others act on what the voice says; the top account is 1000. Strongly skewed, and may fall.",
)
_OUTREACH = Metric(
    "kred",
    "outreach",
    "Kred Outreach",
    Scale(0, None),
    "A level of generosity (retweets and replies given), not of influence. It never falls and has no top.",
)


class Kred:
    """One call for up to 50 voices, plus its polls; each poll counts as a call."""

    adapter = "kred@1"
    declaration = Declaration(
        slug="kred",
        name="Kred",
        metrics=(_INFLUENCE, _OUTREACH),
        primary=_INFLUENCE.slug,
        licence="PeopleBrowsr terms of 18 November 2011: the Kred style guide binds where scores are shown.",
        attribution="Kred scores by PeopleBrowsr (kred.com)",
        fresh_for=timedelta(days=1),
        batch=50,
    )

    def __init__(self, settings: ProviderSettings) -> None:
        self._settings = settings

    @property
    def credentials(self) -> Mapping[str, str]:
        """The `app_id` and `app_key`, where they are set."""
        secrets = {"app_id": self._settings.app_id, "app_key": self._settings.key}
        return {name: secret.get_secret_value() for name, secret in secrets.items() if secret}

    def requests(self, accounts: Sequence[Account], known: Mapping[str, str]) -> tuple[Request, ...]:  # noqa: ARG002 - Kred has no ids of its own
        """One request for all of them."""
        names = ",".join(screen_name(account) for account in accounts)
        params = {"term": names, "source": "twitter"}
        return (Request(step="kredscore", path="/kredscore", params=params, accounts=tuple(accounts)),)

    def read(self, request: Request, reply: Reply) -> Reading:
        """The scores of all accounts asked about, or a poll to send next.

        Raises:
            ProviderFailure: an error, or a body unlike the documented one.
        """
        refuse_errors(reply, "Kred")
        tree = decode(reply, "Kred")
        status = at(tree, "status")
        if status in _UNDER_WAY:
            return self._poll(request, reply)
        if status not in ("complete", None) or not isinstance(at(tree, "data"), list):
            raise InvalidReply("Kred's reply holds neither scores nor a status on record.")
        return self._read_rows(request, reply, at(tree, "data"))

    def _poll(self, request: Request, reply: Reply) -> Reading:
        # The absence stands if no poll brings more before the deadline.
        message = "Kred is still computing this score."
        pending = tuple(absent(self, one, AbsenceReason.PROCESSING, message, reply) for one in request.accounts)
        if request.attempt >= _MOST_POLLS:
            return Reading(absences=pending)
        again = replace(request, delay=_SECONDS_BETWEEN_POLLS, attempt=request.attempt + 1)
        return Reading(absences=pending, follow=(again,))

    def _read_rows(self, request: Request, reply: Reply, data: list[Any]) -> Reading:
        # Nothing says that rows come in the order of the request.
        rows = {name.removeprefix("@").casefold(): row for row in items(data) if (name := text(at(row, "name")))}
        claims: list[Claim] = []
        absences: list[Absence] = []
        for account in request.accounts:
            said = self._read_row(account, reply, rows.get(screen_name(account).casefold()))
            if isinstance(said, Absence):
                absences.append(said)
            else:
                claims += said
        return Reading(claims=tuple(claims), absences=tuple(absences))

    def _read_row(self, account: Account, reply: Reply, row: Any) -> tuple[Claim, ...] | Absence:
        if row is None:
            message = f"Kred does not know {account.handle}."
            return absent(self, account, AbsenceReason.UNKNOWN_TO_PROVIDER, message, reply)
        influence = at(row, "influence")
        if influence is None or number(influence) == 0:
            message = f"Kred knows {account.handle}, but has no score yet."
            return absent(self, account, AbsenceReason.NO_SCORE_YET, message, reply)
        try:
            said = {metric.field: measured(metric, at(row, metric.slug)) for metric in (_INFLUENCE, _OUTREACH)}
        except InvalidReply as trouble:  # one bad row must not cost the others theirs
            return absent(self, account, AbsenceReason.INVALID_REPLY, trouble.sentence, reply)
        return claims_about(account, said, observed(self, _about_one(account, reply), row))


def _about_one(account: Account, reply: Reply) -> Reply:
    """The reply under the address as if asked for this one alone: a claim must not tell whom it was asked with."""
    query = urlencode({"term": screen_name(account), "source": "twitter"})
    return replace(reply, url=f"{reply.url.partition('?')[0]}?{query}")
