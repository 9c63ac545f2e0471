"""The link between two eras: exact where people follow a curve, blind to those who do not, rising always."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renown.claims import Scale
from renown.scoring.era_link import EraLink

SCALE = Scale(1, 100)


def _people(number, seed=1):
    return np.round(np.clip(np.random.default_rng(seed).normal(45, 15, number), 2, 98), 2)


def _curve(values):
    return np.round(100 * (values / 100) ** 0.6, 2)


@pytest.mark.parametrize("number", [30, 200, 3000])
def test_who_follows_the_curve_has_not_moved(number):
    """Whoever moved along the curve is exactly where they were, rounded scores and thinned knots among them."""
    old = _people(number)
    link = EraLink.fit(old, _curve(old), SCALE)
    assert [link.read_beside(new, before) for new, before in zip(_curve(old), old, strict=True)] == old.tolist()
    assert link.new.size <= 203
    assert link.error < 1


def test_people_not_among_the_pairs_have_hardly_moved():
    """Of 2,000 who were not measured 99 in 100 keep their very value; read without one they are within 0.5 points."""
    pairs, others = _people(200), _people(2000, seed=2)
    link = EraLink.fit(pairs, _curve(pairs), SCALE)
    beside = np.array([link.read_beside(new, old) for new, old in zip(_curve(others), others, strict=True)])
    alone = np.array([link.read(new) for new in _curve(others)])
    assert (beside == others).mean() > 0.99
    inside = (others > 10) & (others < 85)
    assert np.abs(alone - others)[inside].max() < 0.5


def test_a_tenth_who_were_shuffled_do_not_bend_the_curve():
    """With a tenth of the people at others' places, the rest are where they were and most of those are not."""
    old = _people(200)
    who = np.random.default_rng(3).permutation(200)[:20]
    true = old.copy()
    true[who] = old[np.roll(who, 1)]
    link = EraLink.fit(old, _curve(true), SCALE)
    read = np.array([link.read_beside(new, before) for new, before in zip(_curve(true), old, strict=True)])
    rest = np.setdiff1d(np.arange(200), who)
    assert read[rest].tolist() == old[rest].tolist()
    assert (read[who] != old[who]).sum() >= 16
    assert np.median(np.abs(read - true)[who]) < 1


@settings(max_examples=30)
@given(
    old=st.lists(st.floats(1, 100), min_size=2, max_size=40),
    new=st.lists(st.floats(1, 100), min_size=40, max_size=40),
    two=st.tuples(st.floats(1, 100), st.floats(1, 100)),
    before=st.floats(1, 100),
)
def test_more_is_never_less(old, new, two, before):
    """Whatever the pairs, a higher new value is never read as a lower old one, and the link stays on the scale."""
    link = EraLink.fit(np.array(old), np.array(new[: len(old)]), SCALE)
    low, high = sorted(two)
    assert 1 <= link.read(low) <= link.read(high) <= 100
    assert 1 <= link.read_beside(low, before) <= link.read_beside(high, before) <= 100


def test_as_text_and_back():
    """A link survives its text to the last bit."""
    link = EraLink.fit(_people(50), _curve(_people(50)), SCALE)
    again = EraLink.from_json(link.to_json())
    assert again.to_json() == link.to_json()
    assert (again.pairs, again.error, again.read(40.0)) == (50, link.error, link.read(40.0))


def test_an_open_scale_goes_on_beyond_the_highest():
    """Where a scale has no top, whoever is above all pairs is read above them."""
    old = np.linspace(10, 100, 50)
    link = EraLink.fit(old, 2 * old, Scale(0, None))
    assert link.read(300.0) == pytest.approx(150.0)
    assert link.read(5.0) == pytest.approx(2.5)
