"""Asking the provider under test while the stand-in plays: what it brought, once the facts that always hold do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from renown.claims import AbsenceReason, Account, Claim
from renown.errors import BadRequest, ProviderFailure
from renown.providers import Answer, Asked
from renown.settings import ProviderSettings
from renown.testing import facts
from renown.testing.cases import APP_ID, KEY
from renown.testing.recorded import Recorded
from renown.testing.rehearsal import Watched, rehearse, send_all
from renown.testing.stand_in import Call, StandIn

_LONG = 10.0  # seconds, which nobody waits for


@dataclass(frozen=True, slots=True)
class Outcome:
    """What asking brought, and what reached the stand-in while it did."""

    answer: Answer
    scores: tuple[Claim, ...]
    calls: tuple[Call, ...]
    strayed: tuple[str, ...]

    @property
    def reasons(self) -> set[AbsenceReason]:
        """Why there is no score, where there is none."""
        return {absence.reason for absence in self.answer.absences}


class Asking:
    """Asks one provider under test; whatever it does, some facts must hold."""

    def __init__(
        self,
        make: Callable[[ProviderSettings], Asked],
        replies: Sequence[Recorded],
        stand_in: StandIn,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        self._make = make
        self._replies = replies
        self._stand_in = stand_in
        self._caplog = caplog
        self._settings = ProviderSettings(  # pyright: ignore[reportCallIssue]
            base_url=stand_in.url, key=SecretStr(KEY), app_id=SecretStr(APP_ID)
        )

    def about(
        self, *accounts: Account, play: Callable[[Recorded], Recorded] = lambda good: good, seconds: float = _LONG
    ) -> Outcome:
        """What asking brings while each good reply is played as `play` has it.

        Raises:
            AssertionError: the answer is incomplete or unsound, the adapter raised what it must not, a key got out.
        """
        provider = self._ready(play)
        with capture_logs() as logged:
            answer = rehearse(provider, accounts, self._settings, seconds)
        if provider.troubles:
            raise AssertionError("the adapter may raise ProviderFailure only") from provider.troubles[0]
        declaration, now = provider.provider.declaration, datetime.now(UTC)
        facts.complete(answer, declaration, accounts)
        for claim in answer.claims:
            facts.sound_claim(claim, declaration, provider.adapter, self._stand_in.url)
        for link in answer.links:
            facts.sound_link(link, answer)
        for absence in answer.absences:
            facts.sound_absence(absence, declaration, now)
        # The stand-in's own server logs what it is asked.
        heard = [vars(record) for record in self._caplog.records if not record.name.startswith("uvicorn")]
        _silent_about_keys(answer, logged, heard)
        scores = facts.scores(answer, declaration)
        return Outcome(answer, scores, tuple(self._stand_in.calls), tuple(self._stand_in.strayed))

    def first_calls(self, account: Account) -> Sequence[Call]:
        """The calls that asking about an account begins with; none where the handle is refused."""
        provider = self._ready(lambda good: good)
        try:
            account.key  # noqa: B018 - it raises what is no handle on its network, which nobody is asked about
            requests = provider.requests([account], {})
        except (BadRequest, ProviderFailure):
            return ()
        send_all(provider, requests, self._settings, _LONG)
        return tuple(self._stand_in.calls)

    def _ready(self, play: Callable[[Recorded], Recorded]) -> Watched:
        by_step: dict[str, list[Recorded]] = {}
        for good in self._replies:
            by_step.setdefault(good.step, []).append(play(good))
        self._stand_in.play(by_step)
        return Watched(self._make(self._settings), self._stand_in.expect)


def _silent_about_keys(*said: Any) -> None:
    for secret in (KEY, APP_ID):
        assert secret not in repr(said), "a key got into an answer or a log"
