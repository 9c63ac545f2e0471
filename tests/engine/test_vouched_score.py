"""The score of vouches: what counts, when, and by whose standing."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from making import NOON, claim
from renown.claims import Absence, AbsenceReason, Metric, ProvenanceKind, Scale, vouch_field
from renown.engine import VouchedFor
from renown.providers import Derived, DerivedFromOthers, Scored
from renown.settings import ProviderSettings

SUBJECT, DAY = "twitter:some_voice", timedelta(days=1)
ENGINE = VouchedFor(ProviderSettings())
UNIT = Metric("fame", "score", "Fame", Scale(0, 1), "made up")
standings = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(0.01, 1), min_size=1)


def vouch(voucher="ada", topic="tyres", ago=DAY, **provenance):
    """That somebody vouched for the subject so long ago."""
    said = {"kind": ProvenanceKind.DECLARED, "provider": "vouches", "observed_at": NOON - ago} | provenance
    return claim(SUBJECT, vouch_field(topic, voucher), True, **said)


def scored(voucher="ada", value=1.0, metric=UNIT, **provenance):
    """A score of a voucher."""
    return Scored(metric, claim(voucher, metric.field, value, **{"observed_at": NOON - 400 * DAY} | provenance))


def derive(vouches, *scores):
    """What is made of these vouches and their vouchers' scores."""
    others = {key: [] for key in ENGINE.others(vouches)}
    for score in scores:
        others[score.claim.subject].append(score)
    return ENGINE.derive(SUBJECT, vouches, NOON, others)


def value(vouches, *scores):
    """The value that comes out."""
    ((made),) = derive(vouches, *scores)
    return made.value


def test_it_is_derived_from_others_and_not_blended():
    """It is a derived provider of the kind that reads others, and an equal-weights recipe passes it over."""
    assert isinstance(ENGINE, Derived)
    assert isinstance(ENGINE, DerivedFromOthers)
    assert not ENGINE.declaration.blended
    assert ENGINE.others([vouch(), vouch("bob"), vouch("bob", "sport")]) == {"ada", "bob"}


def test_the_formula_holds_at_known_points():
    """Five vouchers at the top of their scale give half, one a sixth; a topic more is a vouch more."""
    five = "abcde"
    assert value([vouch(each) for each in five], *(scored(each) for each in five)) == 50.0
    assert value([vouch()], scored()) == pytest.approx(100 / 6, abs=1e-6)
    assert value([vouch(), vouch(topic="sport")], scored()) == pytest.approx(200 / 7, abs=1e-6)


def test_a_standing_is_the_mean_place_on_declared_scales():
    """Klout 50.5 of 1-100 is 0.5; a scale on which high is bad is turned round; one without a top places nobody."""
    klout = Metric("klout", "score", "Klout", Scale(1, 100), "made up")
    bad = Metric("bad", "score", "Bad", Scale(0, 10, higher_is_more=False), "made up")
    open_ = Metric("open", "score", "Open", Scale(0, None), "made up")
    half = value([vouch()], scored(value=0.5))
    assert value([vouch()], scored(value=50.5, metric=klout)) == half
    assert value([vouch()], scored(value=10, metric=bad), scored(value=1.0)) == half
    assert value([vouch()], scored(value=0.5), scored(value=10**9, metric=open_)) == half
    assert isinstance(derive([vouch()], scored(value=10**9, metric=open_)), Absence)


def test_five_hundred_vouches_of_one_person_count_as_one():
    """Within an hour, on one topic, by one account of standing: one vouch."""
    many = [vouch(ago=timedelta(seconds=7 * second)) for second in range(500)]
    assert value(many, scored()) == value([vouch()], scored())


@pytest.mark.parametrize(
    ("ago", "counts"),
    [
        ((1, 90), 1),
        ((1, 91), 2),
        ((0, 89, 90), 2),
        ((0, 50, 100), 2),
        ((0, 90, 180, 270, 360), 5),
        ((0, 90, 180, 270, 364.9), 5),
        ((365,), 0),
        ((364.9,), 1),
        ((300, 366), 1),
    ],
)
def test_ninety_days_apart_and_a_year_at_most(ago, counts):
    """Of one person on one topic those at least 90 days apart count, and none that is 365 days old."""
    made = derive([vouch(ago=days * DAY) for days in ago], scored())
    if counts:
        assert made[0].value == pytest.approx(100 * counts / (counts + 5), abs=1e-6)
    else:
        assert made.message == f"Nobody has vouched for {SUBJECT} in the last 365 days."


@pytest.mark.parametrize("scores", [(), (scored(value=0.0),)])
def test_without_any_standing_there_is_no_score(scores):
    """Vouchers without a score, or at the very bottom, give an absence: never zero."""
    absence = derive([vouch()], *scores)
    assert isinstance(absence, Absence)
    assert (absence.subject, absence.provider, absence.reason) == (SUBJECT, "vouches", AbsenceReason.NO_SCORE_YET)
    assert f"None of those who vouch for {SUBJECT} has a score of their own" in absence.message


@given(standings, st.sampled_from("abcdefgh"), st.floats(0, 1))
def test_a_stronger_voucher_never_counts_less(held, who, more):
    """The score never falls when one voucher's standing rises, and lies within its scale."""
    raised = held | {who: max(held.get(who, 0), more)}
    vouches = [vouch(each) for each in sorted(held.keys() | {who})]
    before = value(vouches, *(scored(each, at) for each, at in held.items()))
    after = value(vouches, *(scored(each, at) for each, at in raised.items()))
    assert 0 < before <= after < 100


@given(standings, st.permutations("abcdefgh"))
def test_the_order_of_the_vouches_does_not_matter(held, order):
    """The same claims in any order make the same claim, id and all."""
    scores = [scored(each, at) for each, at in held.items()]
    given_so = [vouch(each) for each in order]
    assert derive(given_so, *scores) == derive(sorted(given_so, key=lambda claim: claim.field), *reversed(scores))


def test_the_claim_names_what_it_was_made_of():
    """Its inputs are the vouches that count and the scores behind them: none of those that moved nothing."""
    counts, again, moves_nothing = vouch(), vouch(ago=2 * DAY), vouch("bob")
    of_ada = scored(attribution="Fame Inc")
    (made,) = derive([again, counts, moves_nothing], of_ada)
    provenance = made.provenance
    assert made.field == "vouches.vouched_for"
    assert provenance.inputs == (counts.id, of_ada.claim.id)
    assert (provenance.kind, provenance.provider) == (ProvenanceKind.DERIVED, "vouches")
    assert (provenance.observed_at, provenance.attribution) == (NOON - DAY, "Fame Inc")
    assert not provenance.frozen


def test_its_life_is_that_of_its_inputs_and_of_its_vouches():
    """Stale when the first input or vouch ends; gone when the first licence ends, or its last vouch."""
    vouches = [vouch(ago=300 * DAY), vouch("bob", ago=100 * DAY)]
    free = derive(vouches, scored(), scored("bob"))[0].provenance
    assert (free.fresh_until, free.keep_until) == (NOON + 65 * DAY, NOON + 265 * DAY)
    klout = scored(fresh_until=NOON + DAY, keep_until=NOON + 7 * DAY)
    bound = derive(vouches, klout, scored("bob"))[0].provenance
    assert (bound.fresh_until, bound.keep_until) == (NOON + DAY, NOON + 7 * DAY)
