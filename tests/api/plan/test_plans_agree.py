"""Plans and Strawberry give the same answers to operations drawn at random over the schema."""

import asyncio
import json
import shutil
from datetime import UTC, datetime

import pytest
from drawn_operations import Drawing
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plan_stage import ROOTS, Roads, pools, settled

from renown.api import build
from renown.gateway import Gateway
from served import settings_of

# What graphql-core stops on the way when a null takes a whole list leaves coroutines of Strawberry's behind.
pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning", "ignore::pytest.PytestUnraisableExceptionWarning")

MOMENT = datetime(2026, 11, 20, tzinfo=UTC)
LOOSE = {"max_aliases": 1_000, "max_depth": 100, "max_entries": 10**9, "max_tokens": 20_000, "notice_seconds": 3_600}


@pytest.fixture(scope="module")
def agreeing(demo_file, tmp_path_factory):
    """Draws an operation over some roots, compares the two roads, and says whether a plan was one of them."""
    copy = shutil.copy(demo_file, tmp_path_factory.mktemp("plans") / "renown.db")
    with asyncio.Runner() as runner:
        gateway = runner.run(Gateway.open(settings_of(copy, **LOOSE), now=lambda: MOMENT))
        roads = Roads(gateway, build(gateway.settings))
        values = runner.run(pools(roads))

        async def compare(random, roots):
            drawn = Drawing(roads.schema._schema, random, values).operation(roots)
            planned, by_plan = await roads.planned(drawn.text, drawn.variables)
            interpreted = await roads.interpreted(drawn.text, drawn.variables)
            assert json.dumps(settled(planned)) == json.dumps(settled(interpreted)), drawn
            return by_plan

        yield lambda random, roots: runner.run(compare(random, roots))
        runner.run(gateway.close())


def _hold(agreeing, roots, number, share):
    by_plan = []

    @settings(max_examples=number, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(random=st.randoms(use_true_random=False))
    def each(random):
        by_plan.append(agreeing(random, roots))

    each()
    assert len(by_plan) >= number
    assert sum(by_plan) / len(by_plan) >= share


def test_plans_agree_over_the_five_roots(agreeing):
    """Of the operations over the roots people ask most, plans answer 95 % or more, and all answers are Strawberry's."""
    _hold(agreeing, ROOTS, 120, 0.95)


def test_plans_agree_over_every_root(agreeing):
    """The same holds over all roots."""
    _hold(agreeing, ALL, 80, 0.95)


@pytest.mark.soak
def test_plans_agree_at_length(agreeing):
    """The same holds for five thousand operations over the five roots, and a thousand over all."""
    _hold(agreeing, ROOTS, 5_000, 0.95)
    _hold(agreeing, ALL, 1_000, 0.95)


ALL = tuple(build(settings_of("unused.db"))._schema.query_type.fields)
