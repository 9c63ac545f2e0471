"""The field of a vouch: whom and what it names, there and back."""

import pytest

from renown.claims import vouch_field, vouch_in
from renown.errors import BadRequest


@pytest.mark.parametrize("voucher", ["twitter:one", "mastodon:one@a.example", "twitter:odd/name"])
def test_a_vouch_is_read_as_it_was_written(voucher):
    """Topic and voucher come back, the topic as its slug, whatever stands in the handle."""
    field = vouch_field("Arts & Media", voucher)
    assert field == f"vouch/arts-media/{voucher}"
    assert vouch_in(field) == ("arts-media", voucher)


@pytest.mark.parametrize("field", ["topic/tyres", "vouch/tyres", "vouches.vouched_for", "name", "influencer/twitter:a"])
def test_another_field_is_no_vouch(field):
    """Only the family `vouch/` with both parts is one."""
    assert vouch_in(field) is None


def test_a_topic_without_a_letter_is_refused():
    """There is no slug of it."""
    with pytest.raises(BadRequest):
        vouch_field("!!", "twitter:one")
