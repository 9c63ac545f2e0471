"""Klout, API v2 (2012 to 25 May 2018): an identity by screen name, then the score; topics on demand.

The score resource says `scoreDelta`, the user resource `scoreDeltas`; ids are texts of up to 20 digits, too long for
a 64-bit number. Source: the API description mashery/iodocs, and replies recorded in clarkf/KloutSimple, August 2013.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import chain
from typing import Any

from renown.claims import AbsenceReason, Account, Metric, Scale
from renown.errors import InvalidReply
from renown.providers.contract import Declaration, Reading, Reply, Request
from renown.providers.testimony import absent, claims_about, observed, observed_identity
from renown.providers.wire import at, decode, items, measured, refuse_errors, screen_name, topic_of
from renown.settings import ProviderSettings

_KLOUT_ID = re.compile(r"[0-9]{1,20}")
_UNKNOWN = (204, 404)


def _metric(slug: str, name: str, scale: Scale, meaning: str) -> Metric:
    return Metric("klout", slug, name, scale, meaning)


_SCORE = _metric(
    "score",
    "Klout Score",
    Scale(1, 100),
    "Overall influence over the last 90 days. Its average was about 20 before August 2012 and about 40 after: the two"
    " scales are not comparable.",
)
_CHANGES = {
    "dayChange": _metric("day_change", "Day change", Scale(-100, 100), "Score points gained or lost in a day."),
    "weekChange": _metric("week_change", "Week change", Scale(-100, 100), "Score points gained or lost in a week."),
    "monthChange": _metric("month_change", "Month change", Scale(-100, 100), "Score points gained or lost in a month."),
}
# Published until 2012; API v2 never gave them, so they come from archives only.
_EARLY_PARTS = (
    _metric("true_reach", "True Reach", Scale(0, None), "How many people the voice influences: a head count."),
    _metric("amplification", "Amplification", Scale(0, 100), "How much the voice's audience acts on what it says."),
    _metric("network_impact", "Network Impact", Scale(0, 100), "How influential the voice's audience is."),
)


class KloutV2:
    """Two calls a cold voice (identity, score), one where the identity is held; one more with topics."""

    adapter = "klout-v2@1"
    declaration = Declaration(
        slug="klout",
        name="Klout",
        metrics=(_SCORE, *_CHANGES.values(), *_EARLY_PARTS),
        primary=_SCORE.slug,
        reads=("twitter", "facebook", "google-plus", "instagram"),
        licence="Klout API terms: scores may be kept 7 days; Klout's logo and a link are required where one is shown.",
        attribution="Klout Score by Klout (klout.com)",
        closed=date(2018, 5, 25),
        fresh_for=timedelta(days=1),
        keep_for=timedelta(days=7),
        pace=10.0,
    )

    def __init__(self, settings: ProviderSettings) -> None:
        self._settings = settings

    @property
    def credentials(self) -> Mapping[str, str]:
        """The `key`, where one is set."""
        key = self._settings.key
        return {"key": key.get_secret_value()} if key else {}

    def requests(self, accounts: Sequence[Account], known: Mapping[str, str]) -> tuple[Request, ...]:
        """The score of those whose Klout id is held, the identity of the others."""
        each = (
            self._about(account, known[account.key]) if account.key in known else (_identity_of(account),)
            for account in accounts
        )
        return tuple(chain.from_iterable(each))

    def read(self, request: Request, reply: Reply) -> Reading:
        """An identity and what to ask next, a score and its changes, or topics.

        Raises:
            ProviderFailure: an error, or a body unlike any on record.
        """
        account = request.accounts[0]
        if reply.status in _UNKNOWN:
            return self._unknown(request, reply)
        refuse_errors(reply, "Klout")
        tree = decode(reply, "Klout")
        if at(tree, "validationErrors") is not None:
            raise InvalidReply("Klout refused the id it was asked about.")
        reads = {"identity": self._read_identity, "score": self._read_score, "topics": self._read_topics}
        return reads[request.step](account, reply, tree)

    def _about(self, account: Account, klout_id: str) -> tuple[Request, ...]:
        steps = ("score", "topics") if self._settings.topics else ("score",)
        return tuple(Request(step=step, path=f"/user.json/{klout_id}/{step}", accounts=(account,)) for step in steps)

    def _unknown(self, request: Request, reply: Reply) -> Reading:
        if request.step == "topics":
            return Reading()
        account = request.accounts[0]
        message = f"Klout does not know {account.handle}."
        return Reading(absences=(absent(self, account, AbsenceReason.UNKNOWN_TO_PROVIDER, message, reply),))

    def _read_identity(self, account: Account, reply: Reply, tree: Any) -> Reading:
        klout_id, network = at(tree, "id"), at(tree, "network")
        # An id that is not all digits would also be a way out of the path it is put into.
        if not isinstance(klout_id, str) or not _KLOUT_ID.fullmatch(klout_id) or network != "ks":
            raise InvalidReply("Klout's reply holds no Klout id.")
        said = {"klout.id": klout_id}
        return Reading(
            claims=claims_about(account, said, observed_identity(self, reply, tree)),
            follow=self._about(account, klout_id),
        )

    def _read_score(self, account: Account, reply: Reply, tree: Any) -> Reading:
        score = measured(_SCORE, at(tree, "score"))
        if score is None:
            message = f"Klout knows {account.handle}, but has no score yet."
            return Reading(absences=(absent(self, account, AbsenceReason.NO_SCORE_YET, message, reply),))
        # Singular on this resource; one client met the plural here too.
        changes = at(tree, "scoreDelta") or at(tree, "scoreDeltas")
        said = {metric.field: measured(metric, at(changes, key)) for key, metric in _CHANGES.items()}
        return Reading(claims=claims_about(account, {_SCORE.field: score, **said}, observed(self, reply, tree)))

    def _read_topics(self, account: Account, reply: Reply, tree: Any) -> Reading:
        fields = (topic_of(at(topic, "displayName")) or topic_of(at(topic, "name")) for topic in items(tree))
        said = {field: 1.0 for field in fields if field}
        return Reading(claims=claims_about(account, said, observed(self, reply, tree)))


def _identity_of(account: Account) -> Request:
    return Request(
        step="identity",
        path="/identity.json/twitter",
        params={"screenName": screen_name(account)},
        accounts=(account,),
    )
