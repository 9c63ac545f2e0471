"""A made-up API: `GET /people/<handle>` answers `{"handle": "...", "fame": 7.5, "known_for": ["..."]}`."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from urllib.parse import quote

from renown.claims import AbsenceReason, Account, Metric, Scale
from renown.errors import InvalidReply
from renown.providers import Declaration, Reading, Reply, Request
from renown.providers.testimony import absent, claims_about, observed
from renown.providers.wire import at, decode, items, measured, refuse_errors, screen_name, text, topic_of
from renown.settings import ProviderSettings

FAME = Metric("toy", "fame", "Fame", Scale(0, 10), "How famous the toy thinks a voice is. It is made up.")


class Toy:
    """One call a voice."""

    adapter = "toy@1"
    declaration = Declaration(
        slug="toy",
        name="Toy",
        metrics=(FAME,),
        primary=FAME.slug,
        fresh_for=timedelta(hours=6),
        pace=5.0,
    )

    def __init__(self, settings: ProviderSettings) -> None:
        self._settings = settings

    @property
    def credentials(self) -> Mapping[str, str]:
        """The `token`, where one is set."""
        key = self._settings.key
        return {"token": key.get_secret_value()} if key else {}

    def requests(self, accounts: Sequence[Account], known: Mapping[str, str]) -> tuple[Request, ...]:  # noqa: ARG002 - the toy has no ids
        """One request for each. A name of dots alone would be a way out of the path, however it is quoted."""
        if any(not screen_name(account).strip(".") for account in accounts):
            raise InvalidReply("The toy has no names that are all dots.")
        return tuple(
            Request(step="person", path=f"/people/{quote(screen_name(account), safe='')}", accounts=(account,))
            for account in accounts
        )

    def read(self, request: Request, reply: Reply) -> Reading:
        """The fame, and what it is for.

        Raises:
            ProviderFailure: an error, or a body that is not the toy's.
        """
        account = request.accounts[0]
        if reply.status == 404:
            message = f"The toy does not know {account.handle}."
            return Reading(absences=(absent(self, account, AbsenceReason.UNKNOWN_TO_PROVIDER, message, reply),))
        refuse_errors(reply, "The toy")
        tree = decode(reply, "The toy")
        if (text(at(tree, "handle")) or "").casefold() != screen_name(account).casefold():
            raise InvalidReply("The toy's reply is not about the account that was asked about.")
        fame = measured(FAME, at(tree, "fame"))
        if fame is None:
            message = f"The toy has no score of {account.handle}."
            return Reading(absences=(absent(self, account, AbsenceReason.NO_SCORE_YET, message, reply),))
        topics = {field: 1.0 for topic in items(at(tree, "known_for")) if (field := topic_of(topic))}
        return Reading(claims=claims_about(account, {FAME.field: fame, **topics}, observed(self, reply, tree)))
