"""All that is held on one voice, as the API reads it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from renown.claims import Absence, AbsenceReason, Account, Claim, Metric, related_in, vouch_in
from renown.errors import UnknownVoice
from renown.gateway.preference import preferred

_serials = count()


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceRecord:
    """One voice at one moment: its accounts, the latest claims on it, and why a provider has none.

    `claims` holds the preferred claim of each (account key, field). `absences` holds one a provider, where a reason
    is known. `asked` says that the providers were asked for this answer, so that nothing fresher can be had. `links`
    are the claims that name somebody else in the voice's graph, apart from `claims`: each provider's, also of earlier
    readings; `gateway.links` says which of them hold. No other record of this process has its `serial`.
    """

    key: str
    accounts: tuple[Account, ...]
    claims: Mapping[tuple[str, str], Claim]
    absences: Mapping[str, Absence]
    as_of: datetime | None = None
    asked: bool = False
    links: tuple[Claim, ...] = ()
    serial: int = field(init=False, compare=False, repr=False, default_factory=_serials.__next__)

    def of_account(self, account: Account, field: str) -> Claim | None:
        """What is said of one account in one field."""
        return self.claims.get((account.key, field))

    def shown(self, field: str) -> Claim | None:
        """What is said of the voice in one field: the preferred claim over its accounts."""
        best: Claim | None = None
        for account in self.accounts:
            if claim := self.claims.get((account.key, field)):
                best = preferred(best, claim)
        return best

    def score(self, metric: Metric) -> Claim | None:
        """The claim of one metric."""
        return self.shown(metric.field)

    def topics(self) -> list[tuple[str, Claim]]:
        """The topics it is known to speak on, with the claim of each; strongest first, then by slug."""
        slugs = {field.removeprefix("topic/") for _, field in self.claims if field.startswith("topic/")}
        said = [(slug, claim) for slug in slugs if (claim := self.shown(f"topic/{slug}"))]
        return sorted(said, key=lambda pair: (-float(pair[1].value), pair[0]))

    def vouches(self) -> list[tuple[str, str, Claim]]:
        """The newest vouch of each person on each topic: topic's slug, voucher's account key, claim; newest first."""
        fields = {field for _, field in self.claims}
        said = [(*vouch, claim) for f in fields if (vouch := vouch_in(f)) and (claim := self.shown(f))]
        return sorted(said, key=lambda vouch: (vouch[2].provenance.observed_at, vouch[2].id), reverse=True)


def records(
    accounts: Mapping[str, Sequence[Account]],
    claims: Mapping[str, Iterable[Claim]],
    absences: Iterable[Absence],
    *,
    as_of: datetime | None = None,
    asked: bool = False,
) -> dict[str, VoiceRecord]:
    """Records by voice key, from the accounts of each voice, the latest claims by account key, and the absences."""
    missing = _by_provider(absences)
    made = {}
    for voice, members in accounts.items():
        best: dict[tuple[str, str], Claim] = {}
        links: list[Claim] = []
        for account in members:
            for claim in claims.get(account.key, ()):
                if related_in(claim.field):
                    links.append(claim)
                    continue
                place = account.key, claim.field
                best[place] = preferred(best.get(place), claim)
        reasons = {slug: absence for account in members for slug, absence in missing.get(account.key, {}).items()}
        made[voice] = VoiceRecord(
            key=voice,
            accounts=tuple(members),
            claims=best,
            absences=reasons,
            as_of=as_of,
            asked=asked,
            links=tuple(links),
        )
    return made


def strangers(
    accounts: Iterable[Account], absences: Iterable[Absence], asked: Collection[str]
) -> dict[str, VoiceRecord]:
    """Of accounts on which nothing is held those that a provider may know: it failed, or has no score yet.

    By account key. `asked` are the providers that were asked.
    """
    missing = _by_provider(absences)
    return {
        account.key: VoiceRecord(key=account.key, accounts=(account,), claims={}, absences=said, asked=True)
        for account in accounts
        if (said := missing.get(account.key, {}))
        and any(said[p].reason is not AbsenceReason.UNKNOWN_TO_PROVIDER for p in said.keys() & asked)
    }


def _by_provider(absences: Iterable[Absence]) -> dict[str, dict[str, Absence]]:
    """The last absence by subject and provider."""
    missing: dict[str, dict[str, Absence]] = {}
    for absence in absences:
        missing.setdefault(absence.subject, {})[absence.provider] = absence
    return missing


@dataclass(frozen=True, slots=True)
class Found:
    """A voice that was asked for by account: its record, or None where nobody knows it."""

    account: Account
    record: VoiceRecord | None

    def unwrap(self) -> VoiceRecord:
        """The record.

        Raises:
            UnknownVoice: there is none.
        """
        if self.record is None:
            raise UnknownVoice(
                f"No voice is known as {self.account.handle!r} on {self.account.network}.",
                "Check the spelling, search for the name, or import figures of it with `renown import`.",
            )
        return self.record
