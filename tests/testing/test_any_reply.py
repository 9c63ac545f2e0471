"""Whatever comes over the wire gives claims or coded absences, and never an exception."""

import asyncio
import json
import sys
import time
from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
import test_described_providers
import test_network_providers
import test_score_providers
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutated_replies import mutants
from structlog.testing import capture_logs

from renown.claims import Account
from renown.errors import BadRequest, ProviderFailure
from renown.providers import Asked, Registry, Reply, ask, described, klout, peerindex
from renown.settings import ProviderSettings, Settings
from renown.testing import facts
from renown.testing.rehearsal import Watched

BASE = "http://provider.example"
ADAPTERS = Path(klout.__file__).parent
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TRIED = (test_score_providers, test_network_providers, test_described_providers)
CONTRACTS = [value for module in TRIED for name, value in vars(module).items() if name.startswith("Test")]


def provider_of(contract):
    """The provider under test, without any settings."""
    return contract().make(ProviderSettings())


def code_of(contract):
    """The name of the file that reads its replies, or of the folder where there is one for it alone."""
    path = Path(sys.modules[type(provider_of(contract)).__module__].__file__)
    return path.name if path.parent == ADAPTERS else path.parent.name


# Generations that share a file share its branches.
BY_CODE = defaultdict(list)
for each in CONTRACTS:
    BY_CODE[code_of(each)].append(each)


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
    handles = (f"not-{suite.account.handle}", "..")
    others = [one for handle in handles if is_handle(one := Account(suite.account.network, handle))]

    @settings(max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(mutant=mutants([*suite.replies, *further, *suite.more_replies], steps), together=st.integers(0, len(others)))
    def hold(mutant, together):
        provider = Noting(provider_of(contract))
        accounts = [suite.account, *others[:together]]
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
    on_scales = {metric.field for metric in declaration.metrics}
    for claim in answer.claims:
        facts.sound_claim(claim, declaration, provider.adapter, BASE)
        assert len(claim.id) == 32
        assert claim.field in on_scales or isinstance(claim.value, str) or claim.value >= 0
    for link in answer.links:
        facts.sound_link(link, answer)
    for absence in answer.absences:
        facts.sound_absence(absence, declaration, NOW)
    for request in provider.sent:
        assert request.path.isprintable()
        assert not {".", ".."} & set(request.path.split("/"))


def is_handle(account):
    """Whether there can be such an account on its network."""
    try:
        return bool(account.key)
    except BadRequest:
        return False


def is_json(body):
    """Whether the providers' own decoder takes it."""
    try:
        msgspec.json.decode(body)
    except msgspec.DecodeError:
        return False
    return True


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.__name__)
def test_any_reply_gives_claims_or_coded_absences(contract):
    """Of 100 replies, four in five of them recorded ones with their structure changed, none is too much."""
    counted, _ = read_any(contract, 100)
    assert counted["all"] >= 100
    assert counted["structural"] >= 0.8 * counted["all"]


@pytest.mark.soak
@pytest.mark.parametrize("code", sorted(BY_CODE))
def test_ten_thousand_replies_reach_every_branch(code, tmp_path):
    """The same for 10,000 replies a provider; and they reach every branch of its `read` and of what that calls."""
    coverage = pytest.importorskip("coverage", reason="coverage is not installed: no branch was looked at")
    exchanges = []
    for contract in BY_CODE[code]:
        counted, pairs = read_any(contract, 10_000)
        assert counted["all"] >= 10_000
        assert counted["structural"] >= 0.8 * counted["all"]
        exchanges += [(provider_of(contract), *pair) for pair in pairs]
        sys.stdout.write(f"{contract.__name__}: {dict(counted)}, {len(pairs)} replies read\n")
    assert not missing_branches(coverage, code, exchanges, tmp_path / "coverage.json")


def missing_branches(coverage, code, exchanges, report):
    """The branches, by function, that reading all of this never takes."""
    source = ADAPTERS / code
    include = [str(source / "*" if source.is_dir() else source)]
    cover = coverage.Coverage(branch=True, include=include, data_file=None, config_file=False)
    cover.start()
    for provider, request, reply in exchanges:
        try:
            provider.read(request, reply)
        except ProviderFailure:
            continue
    cover.stop()
    cover.json_report(outfile=str(report))
    files = json.loads(report.read_text())["files"].values()
    functions = [each for file in files for each in file["functions"].items() if each[0]]
    reached = [(name, found["missing_branches"]) for name, found in functions if found["executed_lines"]]
    assert any(name.endswith(".read") for name, _ in reached)
    return [(name, missing) for name, missing in reached if missing]


def test_no_shipped_provider_is_left_out():
    """Each adapter that can be asked has its contract: of every generation, and of every file that is shipped."""
    settings = Settings(_env_file=None)
    asked = {each.adapter for each in Registry.load(settings) if isinstance(each, Asked)}
    generations = [factory for api in (klout.Klout, peerindex.PeerIndex) for factory in api.adapters.values()]
    files = [described.read_description(path) for path in (ADAPTERS / "described" / "examples").glob("*.toml")]
    shipped = asked | {factory.adapter for factory in generations} | {file.adapter for file in files}
    assert shipped <= {provider_of(contract).adapter for contract in CONTRACTS}
