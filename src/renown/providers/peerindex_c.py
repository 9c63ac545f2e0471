"""PeerIndex, the API's third generation (February 2013 on): scores and place by one call, topics by another,
who influences whom by a third, in which everybody is named by PeerIndex's id alone.

Source: developers.peerindex.com/docs/read/terminology, and replies of April 2013 kept in LondiniumJS/revolution.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from renown.claims import Absence, AbsenceReason, Account, Relation, Scale
from renown.errors import QuotaExhausted
from renown.providers.contract import Identity, Reading, Reply, Request
from renown.providers.countries import country_code
from renown.providers.graph import read_list
from renown.providers.peerindex_declaration import METRICS, PEERINDEX
from renown.providers.testimony import absent, claims_about, observed, observed_identity
from renown.providers.wire import at, decode, items, measured, number, refuse_errors, screen_name, text, topic_of
from renown.settings import ProviderSettings

_LISTS = {Relation.INFLUENCER: "influenced_by", Relation.INFLUENCEE: "influences"}
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TOPIC_SCORE_TOP = 100
_TOPIC_SCORE = Scale(0, _TOPIC_SCORE_TOP)


class PeerIndexC:
    """Two calls a voice, both at once: scores with place, and topics (unless they are switched off).

    One more where the graph is switched on.
    """

    adapter = "peerindex-c@1"
    declaration = PEERINDEX

    def __init__(self, settings: ProviderSettings) -> None:
        self._settings = settings

    @property
    def credentials(self) -> Mapping[str, str]:
        """The `api_key`, where one is set."""
        key = self._settings.key
        return {"api_key": key.get_secret_value()} if key else {}

    def requests(self, accounts: Sequence[Account], known: Mapping[str, str]) -> tuple[Request, ...]:  # noqa: ARG002 - a name needs no identity step
        """Scores, topics unless they are switched off, and the graph where it is switched on."""
        wanted = {"extended": True, "topic": self._settings.topics is not False, "graph": self._settings.graph}
        return tuple(
            Request(
                step=step,
                path=f"/actor/{step}",
                params={"twitter_screen_name": screen_name(account)},
                accounts=(account,),
            )
            for account in accounts
            for step, is_wanted in wanted.items()
            if is_wanted
        )

    def read(self, request: Request, reply: Reply) -> Reading:
        """Scores, place and id; strengths on topics; or who influences whom.

        Raises:
            ProviderFailure: an error, or a body unlike any on record.
        """
        account = request.accounts[0]
        if reply.status == 404:
            return self._without(request, AbsenceReason.UNKNOWN_TO_PROVIDER, reply)
        refuse_errors(reply, "PeerIndex", forbidden=QuotaExhausted)
        if reply.status == 202:
            return self._without(request, AbsenceReason.PROCESSING, reply)
        tree = decode(reply, "PeerIndex")
        if not tree:
            return self._without(request, AbsenceReason.UNKNOWN_TO_PROVIDER, reply)
        if request.step == "topic":
            return Reading(claims=claims_about(account, _topics(tree), observed(self, reply, tree)))
        if request.step == "graph":
            return self._read_graph(account, reply, tree)
        return self._read_scores(request, reply, tree)

    def _read_graph(self, account: Account, reply: Reply, tree: Any) -> Reading:
        about = observed(self, reply, tree)
        return Reading.of_all(
            read_list(self.declaration, account.key, relation, at(tree, name), who=_named, provenance=about)
            for relation, name in _LISTS.items()
        )

    def _read_scores(self, request: Request, reply: Reply, tree: Any) -> Reading:
        account = request.accounts[0]
        identity = {"peerindex.id": text(at(tree, "peerindex_id"))}
        said = {metric.field: measured(metric, at(tree, metric.slug)) for metric in METRICS}
        claims = claims_about(account, said | _whereabouts(tree), observed(self, reply, tree))
        claims += claims_about(account, identity, observed_identity(self, reply, tree))
        if said["peerindex.peerindex"] is None:
            return Reading(claims=claims, absences=self._absence(request, AbsenceReason.NO_SCORE_YET, reply))
        return Reading(claims=claims)

    def _without(self, request: Request, reason: AbsenceReason, reply: Reply) -> Reading:
        # Some actors have scores but no topics: what is missing beside the score says nothing about it.
        return Reading(absences=self._absence(request, reason, reply)) if request.step == "extended" else Reading()

    def _absence(self, request: Request, reason: AbsenceReason, reply: Reply) -> tuple[Absence, ...]:
        handle = request.accounts[0].handle
        message = {
            AbsenceReason.UNKNOWN_TO_PROVIDER: f"PeerIndex does not know {handle}.",
            AbsenceReason.NO_SCORE_YET: f"PeerIndex knows {handle}, but has no score yet.",
            AbsenceReason.PROCESSING: f"PeerIndex has queued {handle}.",
        }[reason]
        return (absent(self, request.accounts[0], reason, message, reply),)


def _whereabouts(tree: Any) -> dict[str, str | None]:
    location = at(tree, "demographics", "location")
    return {
        "country": country_code(text(at(location, "country_code")) or ""),
        "place": text(at(location, "place_name")),
    }


def _named(entry: Any) -> Identity | None:
    peerindex_id = text(at(entry, "peerindex_id")) or ""
    return Identity("peerindex.id", peerindex_id) if _ID.fullmatch(peerindex_id) else None


def _topics(tree: Any) -> dict[str, float]:
    strengths: dict[str, float] = {}
    for topic in items(at(tree, "benchmark_topics")) + items(at(tree, "topics")):
        field, score = topic_of(at(topic, "name")), number(at(topic, "topic_score"))
        if field and score is not None and _TOPIC_SCORE.admits(score):
            strengths[field] = score / _TOPIC_SCORE_TOP
    return strengths
