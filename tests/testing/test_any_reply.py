"""Whatever comes over the wire gives claims or coded absences, and never an exception."""

import asyncio
import json
import sys
import time
from collections import Counter, defaultdict
from datetime import UTC, datetime

import msgspec
import pytest
import test_shipped_providers as shipped
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutated_replies import mutants
from structlog.testing import capture_logs

from renown.claims import Account
from renown.errors import ProviderFailure
from renown.providers import Reply, ask
from renown.settings import ProviderSettings
from renown.testing import facts
from renown.testing.rehearsal import Watched

BASE = "http://provider.example"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
CONTRACTS = [value for name, value in vars(shipped).items() if name.startswith("Test")]


def provider_of(contract):
    """The provider under test, without any settings."""
    return contract().make(ProviderSettings())


# Generations that share a module share its branches.
MODULES = defaultdict(list)
for each in CONTRACTS:
    MODULES[type(provider_of(each)).__module__].append(each)


class Playing:
    """In the place of the transport: plays one reply at its step and good ones at the others."""

    def __init__(self, good, odd):
        self.replies = {reply.step: reply for reply in (*good, odd)}

    async def send(self, _provider, request, _deadline, *, on_call):
        """The reply to a request, whatever its status."""
        on_call()
        played = self.replies[request.step]
        headers, url = dict(played.headers), f"{BASE}{request.path}"
        return Reply(status=played.status, headers=headers, body=played.body, url=url, received_at=NOW)

    def leave_alone(self, _provider, _refusal):
        """Each example stands for itself."""


class Noting(Watched):
    """Keeps what is sent and what is read."""

    def __init__(self, provider):
        self.sent, self.pairs = [], []
        super().__init__(provider, self.sent.extend)

    def read(self, request, reply):
        """As the provider reads it."""
        self.pairs.append((request, reply))
        return super().read(request, reply)


def read_any(contract, examples):
    """What so many generated replies were, and each request and reply that was read; the facts hold for all of them."""
    suite, counted, pairs = contract(), Counter(), []
    steps = sorted({reply.step for reply in suite.replies})
    further = [reply for reply in (suite.unknown, suite.other_person, suite.over_rate) if reply]
    neighbour = Account(suite.account.network, f"not-{suite.account.handle}")

    @settings(max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(mutant=mutants([*suite.replies, *further, *suite.more_replies], steps), together=st.booleans())
    def hold(mutant, together):
        provider = Noting(provider_of(contract))
        accounts = (suite.account, neighbour)[: 2 if together else 1]
        playing = Playing(suite.replies, mutant.reply)
        answer = runner.run(ask(provider, accounts, {}, playing, time.monotonic() + 60, lambda: NOW))
        assert not logged, provider.troubles  # an adapter that fails otherwise than it may is logged
        hold_for(answer, provider, accounts)
        pairs.extend(provider.pairs)
        counted["all"] += 1
        counted["structural"] += mutant.structural and is_json(mutant.reply.body)

    with asyncio.Runner() as runner, capture_logs() as logged:
        hold()
    return counted, pairs


def hold_for(answer, provider, accounts):
    """The facts that hold for every answer, whatever was sent."""
    declaration = provider.provider.declaration
    facts.complete(answer, declaration, accounts)
    for claim in answer.claims:
        facts.sound_claim(claim, declaration, provider.adapter, BASE)
        assert len(claim.id) == 32
    for absence in answer.absences:
        facts.sound_absence(absence, declaration, NOW)
    for request in provider.sent:
        assert request.path.isprintable()
        assert not {".", ".."} & set(request.path.split("/"))


def is_json(body):
    """Whether the providers' own decoder takes it."""
    try:
        msgspec.json.decode(body)
    except msgspec.DecodeError:
        return False
    return True


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.__name__)
def test_any_reply_gives_claims_or_coded_absences(contract):
    """Of 300 replies, four in five of them recorded ones with their structure changed, none is too much."""
    counted, _ = read_any(contract, 300)
    assert counted["all"] >= 300
    assert counted["structural"] >= 0.8 * counted["all"]


@pytest.mark.soak
@pytest.mark.parametrize("module", sorted(MODULES))
def test_ten_thousand_replies_reach_every_branch(module, tmp_path):
    """The same for 10,000 replies a provider; and they reach every branch of its `read` and of what that calls."""
    coverage = pytest.importorskip("coverage", reason="coverage is not installed: no branch was looked at")
    exchanges = []
    for contract in MODULES[module]:
        counted, pairs = read_any(contract, 10_000)
        assert counted["all"] >= 10_000
        assert counted["structural"] >= 0.8 * counted["all"]
        exchanges += [(provider_of(contract), *pair) for pair in pairs]
        sys.stdout.write(f"{contract.__name__}: {dict(counted)}, {len(pairs)} replies read\n")
    assert not missing_branches(coverage, module, exchanges, tmp_path / "coverage.json")


def missing_branches(coverage, module, exchanges, report):
    """The branches, by function, that reading all of this never takes."""
    cover = coverage.Coverage(branch=True, include=[sys.modules[module].__file__], data_file=None, config_file=False)
    cover.start()
    for provider, request, reply in exchanges:
        try:
            provider.read(request, reply)
        except ProviderFailure:
            continue
    cover.stop()
    cover.json_report(outfile=str(report))
    (measured,) = json.loads(report.read_text())["files"].values()
    reached = {name: found for name, found in measured["functions"].items() if name and found["executed_lines"]}
    assert any(name.endswith(".read") for name in reached)
    return {name: found["missing_branches"] for name, found in reached.items() if found["missing_branches"]}
