"""Klout, API v2 (2012 to 25 May 2018): an identity first, then the score; topics and influence on demand.

An identity is asked for by screen name, or by the number that Twitter, Google+ or Instagram gave the account. The
score resource says `scoreDelta`, the user resource `scoreDeltas`; ids are texts of up to 20 digits, too long for a
64-bit number. Who stands in an influence list has a `nick`, which we take for a Twitter name, as those on record look
(`CNN`, `mashable`); in 2012 there was none, and a Klout id has to do. Source: the API description mashery/iodocs;
replies recorded in clarkf/KloutSimple, August 2013; fixtures of jasontorres/klout, May 2012.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from renown.claims import AbsenceReason, Account, Relation
from renown.errors import InvalidReply
from renown.providers.contract import Identity, Reading, Reply, Request
from renown.providers.graph import Named, account_named, read_list
from renown.providers.klout_declaration import DAY_CHANGE, KLOUT, MONTH_CHANGE, SCORE, WEEK_CHANGE
from renown.providers.testimony import absent, claims_about, observed, observed_identity
from renown.providers.wire import at, decode, items, measured, refuse_errors, screen_name, text, topic_of
from renown.settings import ProviderSettings

# An id that is not all digits would also be a way out of the path it is put into.
_ID = re.compile(r"[0-9]{1,25}")
_UNKNOWN = (204, 404)
_CHANGES = {"dayChange": DAY_CHANGE, "weekChange": WEEK_CHANGE, "monthChange": MONTH_CHANGE}
_INFLUENCE = {Relation.INFLUENCER: "myInfluencers", Relation.INFLUENCEE: "myInfluencees"}
_BY_NUMBER = {"twitter": "tw", "google-plus": "gp", "instagram": "ig"}


class KloutV2:
    """Two calls a cold voice (identity, score), one where the identity is held; one more for topics, for influence."""

    adapter = "klout-v2@1"
    declaration = KLOUT

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
        """An identity and what to ask next, a score and its changes, topics, or who influences whom.

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
        reads = {
            "identity": self._read_identity,
            "score": self._read_score,
            "topics": self._read_topics,
            "influence": self._read_influence,
        }
        return reads[request.step](account, reply, tree)

    def _about(self, account: Account, klout_id: str) -> tuple[Request, ...]:
        wanted = {"score": True, "topics": self._settings.topics, "influence": self._settings.graph}
        steps = [step for step, is_wanted in wanted.items() if is_wanted]
        return tuple(Request(step=step, path=f"/user.json/{klout_id}/{step}", accounts=(account,)) for step in steps)

    def _unknown(self, request: Request, reply: Reply) -> Reading:
        if request.step in ("topics", "influence"):  # that there are none says nothing about the score
            return Reading()
        account = request.accounts[0]
        message = f"Klout does not know {account.handle}."
        return Reading(absences=(absent(self, account, AbsenceReason.UNKNOWN_TO_PROVIDER, message, reply),))

    def _read_identity(self, account: Account, reply: Reply, tree: Any) -> Reading:
        klout_id, network = at(tree, "id"), at(tree, "network")
        if not isinstance(klout_id, str) or not _ID.fullmatch(klout_id) or network != "ks":
            raise InvalidReply("Klout's reply holds no Klout id.")
        said = {"klout.id": klout_id}
        return Reading(
            claims=claims_about(account, said, observed_identity(self, reply, tree)),
            follow=self._about(account, klout_id),
        )

    def _read_score(self, account: Account, reply: Reply, tree: Any) -> Reading:
        score = measured(SCORE, at(tree, "score"))
        if score is None:
            message = f"Klout knows {account.handle}, but has no score yet."
            return Reading(absences=(absent(self, account, AbsenceReason.NO_SCORE_YET, message, reply),))
        # Singular on this resource; one client met the plural here too.
        changes = at(tree, "scoreDelta") or at(tree, "scoreDeltas")
        said = {metric.field: measured(metric, at(changes, key)) for key, metric in _CHANGES.items()}
        return Reading(claims=claims_about(account, {SCORE.field: score, **said}, observed(self, reply, tree)))

    def _read_topics(self, account: Account, reply: Reply, tree: Any) -> Reading:
        fields = (topic_of(at(topic, "displayName")) or topic_of(at(topic, "name")) for topic in items(tree))
        said = {field: 1.0 for field in fields if field}
        return Reading(claims=claims_about(account, said, observed(self, reply, tree)))

    def _read_influence(self, account: Account, reply: Reply, tree: Any) -> Reading:
        about = observed(self, reply, tree)
        return Reading.of_all(
            read_list(
                *(self.declaration, account.key, relation, at(tree, name)),
                who=_named,
                provenance=about,
                count=at(tree, f"{name}Count"),
            )
            for relation, name in _INFLUENCE.items()
        )


def _named(entry: Any) -> Named:
    if nick := text(at(entry, "entity", "payload", "nick")):
        return account_named("twitter", nick)
    klout_id = at(entry, "entity", "id")
    return Identity("klout.id", klout_id) if isinstance(klout_id, str) and _ID.fullmatch(klout_id) else None


def _identity_of(account: Account) -> Request:
    # A handle on Google+ or Instagram is the network's number itself; on Twitter the number may be held.
    number = (account.id or "") if account.network == "twitter" else screen_name(account)
    if _ID.fullmatch(number):
        path, params = f"/identity.json/{_BY_NUMBER[account.network]}/{number}", {}
    else:
        path, params = "/identity.json/twitter", {"screenName": screen_name(account)}
    return Request(step="identity", path=path, params=params, accounts=(account,))
