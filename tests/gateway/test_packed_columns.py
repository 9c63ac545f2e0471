"""Columns in little memory: bits, codes, one piece of text, sixteen bytes an id. They say what lists would."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from renown.gateway.bitset import Bitset
from renown.gateway.claim_ids import ClaimIds
from renown.gateway.labels import Labels
from renown.gateway.texts import Picked, Places, Texts

masks = st.integers(0, 200).flatmap(
    lambda size: st.tuples(*[st.lists(st.booleans(), min_size=size, max_size=size)] * 2)
)
texts = st.lists(st.text(st.sampled_from("abÿß\n\ud800é"), max_size=4), max_size=8)


@given(both=masks)
def test_bits_are_a_set_of_rows(both):
    """Both, either and one without the other; the rows, the truth values and how many there are."""
    one, other = (np.array(mask, dtype=bool) for mask in both)
    left, right = Bitset.of(one), Bitset.of(other)
    for found, wanted in ((left & right, one & other), (left | right, one | other), (left - right, one & ~other)):
        assert found.mask.tolist() == wanted.tolist()
        assert found.rows.tolist() == np.flatnonzero(wanted).tolist()
        assert len(found) == wanted.sum()
    assert (Bitset.every(one.size) - left).mask.tolist() == (~one).tolist()
    assert Bitset.at(left.rows[::-1], one.size).mask.tolist() == one.tolist()


@pytest.mark.parametrize("size", [0, 1, 7, 8, 63, 64, 65, 1000])
def test_every_row_is_every_row(size):
    """No bit beyond the last row is set, whatever the size."""
    assert len(Bitset.every(size)) == size
    assert Bitset.every(size).rows.tolist() == list(range(size))


@given(said=texts, part=st.text(st.sampled_from("abÿß\n\ud800é"), max_size=2))
def test_texts_are_found_as_in_a_list(said, part):
    """Every text comes back as it was, and a part is found inside one text, never across two."""
    held = Texts.of(said)
    assert held.tolist() == said == list(held[:])
    assert held == said
    assert [held[at - len(said)] for at in range(len(said))] == said
    assert held.saying(part).rows.tolist() == [at for at, text in enumerate(said) if part in text]
    assert Texts.joined([held, Texts.of(()), held]).tolist() == said * 2


@given(said=texts)
def test_some_texts_in_another_order(said):
    """What is picked is read by number, as the texts are."""
    held, order = Texts.of(said), np.arange(len(said))[::-1]
    assert list(Picked(held, order)) == said[::-1]
    assert Picked(held, order)[1:3] == tuple(said[::-1][1:3])
    with pytest.raises(IndexError):
        Picked(held, order)[len(said)]


@given(said=st.sets(st.text(st.sampled_from("abÿé𐍈"), max_size=3)), other=st.text(st.sampled_from("abÿé𐍈"), max_size=3))
def test_a_sorted_text_is_found(said, other):
    """Where each of sorted texts stands, and that another does not."""
    places = Places(Texts.of(sorted(said)))
    assert {text: places[text] for text in places} == {text: at for at, text in enumerate(sorted(said))}
    assert (other in places) == (other in said)


@given(said=texts)
def test_labels_are_read_by_row(said):
    """Each row has its text; the rows of some texts are found, those of a text nobody has are none."""
    held = Labels.of(said)
    assert held.tolist() == said == [held[at] for at in range(len(said))]
    wanted = {*said[:2], "nobody's"}
    assert held.any_of(wanted).rows.tolist() == [at for at, text in enumerate(said) if text in wanted]
    assert Labels.joined([held, held]).tolist() == said * 2


def test_ids_are_indexed_as_an_array_is():
    """One id is a text, a row or column of them an array of texts; '' where there is none."""
    ids = ClaimIds.none((2, 2))
    ids[0, 1] = "00ff" * 8
    assert ids[0, 1] == "00ff" * 8
    assert ids[np.array([1, 0])][:, [1]].tolist() == [[""], ["00ff" * 8]]
    assert ids[:, 1].tolist() == ["00ff" * 8, ""]
    assert ids.tolist() == [["", "00ff" * 8], ["", ""]]
