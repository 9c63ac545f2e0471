"""Klout, API v1 (2010 to the end of 2012): score and parts of up to five voices a call, by screen name.

Users come in any order. An unknown one is told in three ways: by an empty 404; by a 404 that costs all five theirs;
by status 200 and the error "No users". Whom a voice influences, and who influences it, are two more calls, and of each
25 at most are named. Source: replies recorded in zigotto/klout-api, July 2011; fixtures of dalecaru/klout-rb;
developer.klout.com/docs/read/Response_Formats.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from renown.claims import Absence, AbsenceReason, Account, Claim, Metric, Relation
from renown.errors import InvalidReply
from renown.providers.contract import Reading, Reply, Request
from renown.providers.graph import account_named, read_list
from renown.providers.klout_declaration import (
    AMPLIFICATION,
    DAY_CHANGE,
    FIVE_DAY_CHANGE,
    KLOUT,
    MONTH_CHANGE,
    NETWORK_IMPACT,
    SCORE,
    TRUE_REACH,
)
from renown.providers.testimony import absent, claims_about, observed, observed_identity
from renown.providers.wire import at, decode, items, measured, refuse_errors, screen_name, text, topic_of
from renown.settings import ProviderSettings

_PATHS = {
    "show": "/users/show.json",
    "topics": "/users/topics.json",
    "influencers": "/soi/influenced_by.json",
    "influencees": "/soi/influencer_of.json",
}
# The step is also the key of its list.
_RELATIONS = {"influencers": Relation.INFLUENCER, "influencees": Relation.INFLUENCEE}
_FIGURES: dict[str, Metric] = {
    "kscore": SCORE,
    "delta_1day": DAY_CHANGE,
    "delta_5day": FIVE_DAY_CHANGE,
    "slope": MONTH_CHANGE,  # documented as the change over 30 days
    "true_reach": TRUE_REACH,
    "amplification_score": AMPLIFICATION,
    "network_score": NETWORK_IMPACT,
}


class KloutV1:
    """One call for up to five voices; where they are switched on, one more for topics and two for who influences whom.

    Where one of five is unknown, each is asked about again by itself.
    """

    adapter = "klout-v1@1"
    declaration = replace(KLOUT, networks=("twitter",), batch=5)

    def __init__(self, settings: ProviderSettings) -> None:
        self._settings = settings

    @property
    def credentials(self) -> Mapping[str, str]:
        """The `key`, where one is set."""
        key = self._settings.key
        return {"key": key.get_secret_value()} if key else {}

    def requests(self, accounts: Sequence[Account], known: Mapping[str, str]) -> tuple[Request, ...]:  # noqa: ARG002 - a name needs no identity step
        """The scores of all of them, and what else is switched on."""
        topics = ("topics",) if self._settings.topics else ()
        graph = tuple(_RELATIONS) if self._settings.graph else ()
        steps = ("show", *topics, *graph)
        return tuple(_about(step, tuple(accounts)) for step in steps)

    def read(self, request: Request, reply: Reply) -> Reading:
        """Scores with their parts, topics, or who influences whom; or the same question about each one alone.

        Raises:
            ProviderFailure: an error, or a body unlike any on record.
        """
        if reply.status == 404:
            return self._unknown(request, reply)
        refuse_errors(reply, "Klout")
        if reply.status == 202:
            return self._without(request, AbsenceReason.PROCESSING, reply)
        tree = decode(reply, "Klout")
        if at(tree, "body", "error") == "No users":
            return self._without(request, AbsenceReason.UNKNOWN_TO_PROVIDER, reply)
        if at(tree, "status") == 202:
            return self._without(request, AbsenceReason.PROCESSING, reply)
        if at(tree, "status") != 200 or not isinstance(at(tree, "users"), list):
            raise InvalidReply("Klout's reply holds no users.")
        return self._read_users(request, reply, at(tree, "users"))

    def _unknown(self, request: Request, reply: Reply) -> Reading:
        if len(request.accounts) > 1:
            return Reading(follow=tuple(_about(request.step, (account,)) for account in request.accounts))
        return self._without(request, AbsenceReason.UNKNOWN_TO_PROVIDER, reply)

    def _without(self, request: Request, reason: AbsenceReason, reply: Reply) -> Reading:
        if request.step != "show":  # that there are none says nothing about the score
            return Reading()
        return Reading(absences=tuple(self._absence(account, reason, reply) for account in request.accounts))

    def _read_users(self, request: Request, reply: Reply, users: list[Any]) -> Reading:
        asked = {screen_name(account).casefold() for account in request.accounts}
        named = {name.casefold(): user for user in users if (name := text(at(user, "twitter_screen_name")))}
        # Somebody nobody asked about may have been meant for one who is missing: then nobody is called unknown.
        all_asked = len(named.keys() & asked) == len(users)
        missing = AbsenceReason.UNKNOWN_TO_PROVIDER if all_asked else AbsenceReason.INVALID_REPLY
        return Reading.of_all(
            self._read_one(request.step, account, reply, named.get(screen_name(account).casefold()), missing)
            for account in request.accounts
        )

    def _read_one(self, step: str, account: Account, reply: Reply, user: Any, missing: AbsenceReason) -> Reading:
        """What is said of one account; `user` is None where nothing is."""
        if step in _RELATIONS:
            return self._read_list(step, account, reply, user)
        if step == "topics":
            return Reading(claims=self._read_topics(account, reply, user))
        said = self._absence(account, missing, reply) if user is None else self._read_user(account, reply, user)
        return Reading(absences=(said,)) if isinstance(said, Absence) else Reading(claims=said)

    def _read_user(self, account: Account, reply: Reply, user: Any) -> tuple[Claim, ...] | Absence:
        score = at(user, "score")
        if at(score, "kscore") is None:
            return self._absence(account, AbsenceReason.NO_SCORE_YET, reply)
        try:
            said = {metric.field: measured(metric, at(score, key)) for key, metric in _FIGURES.items()}
        except InvalidReply as trouble:  # one bad user must not cost the others theirs
            return absent(self, account, AbsenceReason.INVALID_REPLY, trouble.sentence, reply)
        alone = _about_one(account, reply)
        identity = {"twitter.id": text(at(user, "twitter_id"))}
        return (
            *claims_about(account, said, observed(self, alone, user)),
            *claims_about(account, identity, observed_identity(self, alone, user)),
        )

    def _read_topics(self, account: Account, reply: Reply, user: Any) -> tuple[Claim, ...]:
        said = {field: 1.0 for topic in items(at(user, "topics")) if (field := topic_of(topic))}
        return claims_about(account, said, observed(self, _about_one(account, reply), user))

    def _read_list(self, step: str, account: Account, reply: Reply, user: Any) -> Reading:
        about = observed(self, _about_one(account, reply), user)
        return read_list(self.declaration, account.key, _RELATIONS[step], at(user, step), who=_named, provenance=about)

    def _absence(self, account: Account, reason: AbsenceReason, reply: Reply) -> Absence:
        message = {
            AbsenceReason.UNKNOWN_TO_PROVIDER: f"Klout does not know {account.handle}.",
            AbsenceReason.NO_SCORE_YET: f"Klout knows {account.handle}, but has no score yet.",
            AbsenceReason.PROCESSING: f"Klout has queued {account.handle}.",
            AbsenceReason.INVALID_REPLY: f"Klout was asked about {account.handle}, and answered about somebody else.",
        }[reason]
        return absent(self, account, reason, message, reply)


def _named(entry: Any) -> Account | None:
    return account_named("twitter", text(at(entry, "twitter_screen_name")))


def _about(step: str, accounts: tuple[Account, ...]) -> Request:
    users = ",".join(screen_name(account) for account in accounts)
    return Request(step=step, path=_PATHS[step], params={"users": users}, accounts=accounts)


def _about_one(account: Account, reply: Reply) -> Reply:
    """The reply under an address that names nobody else: a claim must not tell whom it was asked with."""
    return replace(reply, url=f"{reply.url.partition('?')[0]}?users={quote(screen_name(account))}")
