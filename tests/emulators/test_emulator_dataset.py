"""The data file of the emulators: what is refused, and how clearly."""

import copy
import json

import pytest

from renown.emulators import Dataset, read_dataset, read_example

VALID = {
    "key": "k",
    "accounts": [
        {
            "handle": "one",
            "twitter_id": "1",
            "klout": {"id": "11", "score": 50},
            "kred": {"influence": 700, "outreach": 6},
            "peerindex": {"id": "00000000-0000-3000-8000-000000000001", "peerindex": 40, "topics": {"Sports": 59}},
        },
        {"handle": "two", "twitter_id": "2"},
    ],
}


def changed(path: str, value: object) -> dict:
    """The valid data with one value set; `path` is dotted, from the first account."""
    obj = copy.deepcopy(VALID)
    place = obj["accounts"][0]
    *steps, last = path.split(".")
    for step in steps:
        place = place[step]
    place[last] = value
    return obj


def test_a_file_is_read(tmp_path):
    """What stands in the file is what the data set holds; parts that are not there are None."""
    path = tmp_path / "data.json"
    path.write_text(json.dumps(VALID))
    data = read_dataset(path)
    one, two = data.accounts
    assert (one.klout.score, one.kred.influence, one.peerindex.topics) == (50.0, 700, {"Sports": 59})
    assert (two.klout, two.kred, two.peerindex) == (None, None, None)


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        ("handle", "@one", r"accounts\[0\]\.handle"),
        ("handle", "TWO", "more than one account"),
        ("twitter_id", 1, r"got `int` - at `\$\.accounts\[0\]\.twitter_id`"),
        ("twitter_id", "2", "Twitter id '2' stands on more than one"),
        ("klout.id", 37436179756135315, r"Expected `str`, got `int` - at `\$\.accounts\[0\]\.klout\.id`"),
        ("klout.score", 101, "<= 100"),
        ("klout.scores", 5, "unknown field `scores`"),
        ("klout.influencers", ["two"], "'two' is named as somebody Klout knows"),
        ("kred.influence", 1001, "<= 1000"),
        ("kred.outreach", -1, ">= 0"),
        ("peerindex.id", "1", "peerindex.id"),
        ("peerindex.peerindex", 40.5, "Expected `int | null`, got `float`"),
        ("peerindex.topics", {"Cars": 5}, "'Cars' is not a benchmark topic"),
        ("peerindex.influences", ["nobody"], "'nobody' is named as somebody PeerIndex knows"),
    ],
)
def test_a_wrong_value_is_refused_by_name(path, value, says):
    """Each is one ValueError that says what is wrong and, for a single value, where it stands."""
    with pytest.raises(ValueError, match=says):
        Dataset.from_json(changed(path, value))


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[]", b'{"key": "k"}', b'{"key": "", "accounts": []}'])
def test_a_file_that_is_no_data_set_is_named(tmp_path, content):
    """Not JSON, not UTF-8, not an object, or without what every file has: a ValueError that names the file."""
    path = tmp_path / "broken.json"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"broken\.json"):
        read_dataset(path)


def test_the_example_is_openly_synthetic():
    """The shipped file says that it is synthetic, and so does every name in it; all three emulators know somebody."""
    data = read_example()
    assert "synthetic" in data.note.lower()
    assert all(account.handle.startswith("synthetic_") for account in data.accounts)
    assert data.app_id
    for part in ("klout", "kred", "peerindex"):
        assert any(getattr(account, part) for account in data.accounts)
