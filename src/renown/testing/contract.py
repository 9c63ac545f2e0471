"""The suite every provider passes: subclass `ProviderContract` in a test file and fill in five attributes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import ClassVar
from urllib.parse import parse_qsl, unquote_plus

import pytest

from renown.claims import AbsenceReason, Account, Value
from renown.errors import BadRequest
from renown.providers import Asked
from renown.settings import ProviderSettings
from renown.testing import facts
from renown.testing.asking import Asking
from renown.testing.cases import CASES, OVER_RATE, Case
from renown.testing.recorded import Recorded
from renown.testing.stand_in import Call, StandIn, standing_in

_EVERY_STEP, _OF_A_BATCH = "every step", "every step of a batch"
_SHORT = 0.3  # seconds, for a reply that never ends
_ESCAPES = ("..", "../../admin", "a/b", "a%2Fb", "a?b=c", "a&b=c", "a#b", "a\nb", "a\r\nX-Header: b", "a\\..\\b")
_WORLDLY = ("Zoë", "ñandú", "日本語", "имя", "e\u0301")


class ProviderContract:
    """The facts that hold for every asked provider, through `ask` and the real transport, against a stand-in.

    `make` builds the provider. `account` is the one the recorded replies are about, `replies` are the good ones (of
    several for one step, each is played once and the last again and again), `values` what they say, by field.
    `unknown` is how it says that it does not know an account, `over_rate` that it was asked too often,
    `other_person` a good reply about somebody else; None where no reply says whom it is about.
    """

    account: ClassVar[Account]
    replies: ClassVar[tuple[Recorded, ...]]
    values: ClassVar[Mapping[str, Value]]
    unknown: ClassVar[Recorded]
    other_person: ClassVar[Recorded | None] = None
    over_rate: ClassVar[Recorded] = Recorded(status=429)

    def make(self, settings: ProviderSettings) -> Asked:
        """The provider under test, as its entry point would build it."""
        raise NotImplementedError("Say in make(self, settings) how the provider is built.")

    @property
    def _neighbour(self) -> Account:
        return self._on_its_network(f"not-{self.account.handle}")

    def _on_its_network(self, handle: str) -> Account:
        return Account(self.account.network, handle)

    @pytest.fixture(scope="class")
    @classmethod
    def stand_in(cls) -> Iterator[StandIn]:
        """A server on a loopback port that plays the provider."""
        with standing_in() as stand_in:
            yield stand_in

    @pytest.fixture
    def asking(self, stand_in: StandIn, caplog: pytest.LogCaptureFixture) -> Asking:
        """Asks the provider under test while the stand-in plays."""
        caplog.set_level("DEBUG")
        return Asking(self.make, self.replies, stand_in, caplog)

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Each fault is played at every step, for a batch too, and where there are several steps at each one alone."""
        if "where" in metafunc.fixturenames:
            steps = list(dict.fromkeys(reply.step for reply in self.replies))
            batch = self.make(ProviderSettings()).declaration.batch  # pyright: ignore[reportCallIssue]
            several = [_EVERY_STEP, *([_OF_A_BATCH] if batch > 1 else []), *(steps if len(steps) > 1 else [])]
            metafunc.parametrize("where", several)
        if "worldly" in metafunc.fixturenames:
            metafunc.parametrize("worldly", [a for a in map(self._on_its_network, _WORLDLY) if _is_handle(a)])

    def test_its_declaration_is_sane(self) -> None:
        """It declares names, scales with meanings, a primary that exists, what it reads, a pace and a batch."""
        provider = self.make(ProviderSettings())  # pyright: ignore[reportCallIssue]
        facts.sane_declaration(provider.declaration, provider.adapter)
        assert isinstance(provider, Asked)
        assert self.account.network in provider.declaration.networks
        assert all(provider.credentials.values()), "without settings it has no credentials, and no empty ones either"

    def test_good_replies_become_claims(self, asking: Asking) -> None:
        """Each value is claimed as it was said, with complete provenance; every step asked for is recorded."""
        outcome = asking.about(self.account)
        assert outcome.scores, f"there is no score: {outcome.answer.absences}"
        said = {claim.field: claim.value for claim in outcome.answer.claims}
        assert {field: said.get(field) for field in self.values} == dict(self.values)
        recorded = {reply.step for reply in self.replies}
        assert {call.step for call in outcome.calls} <= recorded, "a step was asked for that is not recorded"

    def test_an_account_beside_it_costs_nothing(self, asking: Asking) -> None:
        """Asked about together with another account, the first gets its score all the same."""
        outcome = asking.about(self.account, self._neighbour)
        assert self.account.key in {claim.subject for claim in outcome.scores}

    def test_another_network_is_not_asked_about(self, asking: Asking) -> None:
        """An account on a network it does not know is an absence, and no call."""
        outcome = asking.about(Account("no-such-network", "somebody"))
        assert outcome.reasons == {AbsenceReason.NOT_APPLICABLE}
        assert not outcome.calls

    def test_an_unknown_user_is_an_absence(self, asking: Asking) -> None:
        """Its own way of saying so is understood."""
        outcome = asking.about(self.account, play=lambda good: replace(self.unknown, step=good.step))
        assert not outcome.scores
        assert outcome.reasons == {AbsenceReason.UNKNOWN_TO_PROVIDER}

    @pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
    def test_a_fault_is_an_absence_with_its_reason(self, asking: Asking, case: Case, where: str) -> None:
        """Whatever goes wrong gives claims or a coded absence of the expected kind, and never an exception."""
        accounts = (self.account, self._neighbour) if where == _OF_A_BATCH else (self.account,)
        outcome = asking.about(*accounts, play=_played_at(where, case.spoil))
        if _is_everywhere(where) and not case.may_score:
            assert not outcome.scores
        assert outcome.reasons <= case.reasons

    @pytest.mark.parametrize("form", ["seconds", "date"])
    def test_over_rate_says_when_to_come_back(self, asking: Asking, form: str) -> None:
        """`Retry-After`, in seconds or as a date, is when asking again makes sense."""
        before = datetime.now(UTC).replace(microsecond=0)
        header = "3600" if form == "seconds" else format_datetime(before + timedelta(hours=1), usegmt=True)
        refusal = replace(self.over_rate, headers={**self.over_rate.headers, "retry-after": header})
        outcome = asking.about(self.account, play=lambda good: replace(refusal, step=good.step))
        (absence,) = outcome.answer.absences
        assert absence.reason in OVER_RATE
        assert absence.retry_at is not None, "it does not say when to come back"
        assert before <= absence.retry_at - timedelta(hours=1) <= datetime.now(UTC)

    def test_a_reply_that_stalls_times_out(self, asking: Asking, where: str) -> None:
        """A body that does not end is left at the deadline."""
        stalled = _played_at(where, lambda good: replace(good, stalls=True))
        outcome = asking.about(self.account, play=stalled, seconds=_SHORT)
        assert outcome.reasons <= {AbsenceReason.TIMED_OUT}
        assert outcome.reasons or not _is_everywhere(where)

    def test_a_redirect_to_another_host_is_refused(self, asking: Asking, stand_in: StandIn, where: str) -> None:
        """The key goes to no other host: nothing at all is sent there."""
        away = {"location": f"{stand_in.elsewhere}/moved"}
        redirected = _played_at(where, lambda good: Recorded(step=good.step, status=302, headers=away))
        outcome = asking.about(self.account, play=redirected)
        assert not outcome.strayed
        assert outcome.reasons <= {AbsenceReason.INVALID_REPLY}
        assert outcome.reasons or not _is_everywhere(where)

    def test_a_reply_about_another_person_is_not_taken(self, asking: Asking) -> None:
        """Where a reply says whom it is about, one about somebody else gives no score."""
        other = self.other_person
        if other is None:
            pytest.skip(f"NOT TESTED for {type(self).__name__}: no reply says whom it is about (other_person is None)")
        outcome = asking.about(self.account, play=lambda good: other if other.step in ("", good.step) else good)
        assert not outcome.scores
        assert outcome.reasons <= {AbsenceReason.UNKNOWN_TO_PROVIDER, AbsenceReason.INVALID_REPLY}

    def test_a_handle_in_any_script_is_sent_as_it_is(self, asking: Asking, worldly: Account) -> None:
        """A handle beyond ASCII is asked about in its own spelling. Not tested where the network has none such."""
        wires = [unquote_plus(f"{call.path}?{call.query}") for call in asking.about(worldly).calls]
        assert any(worldly.handle.casefold() in wire.casefold() for wire in wires)

    @pytest.mark.parametrize("handle", _ESCAPES)
    def test_a_handle_cannot_leave_its_place(self, asking: Asking, handle: str) -> None:
        """No handle changes which resource is asked for or adds a parameter: it is encoded, or refused unsent."""
        plain = {_shape(call) for call in asking.first_calls(self._on_its_network(self.account.handle))}
        odd = {_shape(call) for call in asking.first_calls(self._on_its_network(handle))}
        assert odd <= plain


def _played_at(where: str, spoil: Callable[[Recorded], Recorded]) -> Callable[[Recorded], Recorded]:
    def play(good: Recorded) -> Recorded:
        return spoil(good) if _is_everywhere(where) or where == good.step else good

    return play


def _is_handle(account: Account) -> bool:
    try:
        return bool(account.key)
    except BadRequest:
        return False


def _is_everywhere(where: str) -> bool:
    return where in (_EVERY_STEP, _OF_A_BATCH)


def _shape(call: Call) -> tuple[int, tuple[str, ...]]:
    """What a handle must not change: how deep the path goes, and which parameters there are."""
    names = (name for name, _ in parse_qsl(call.query, keep_blank_values=True))
    return call.path.count("/"), tuple(sorted(names))
