"""Readings: what was observed in a span of time, as numbers."""

from datetime import timedelta

from making import NOON, claim

A_DAY = timedelta(days=1)
SPAN = NOON - A_DAY, NOON


async def test_readings_are_those_of_the_span_in_order(store):
    """Subject by subject, field by field, oldest first; other fields, other accounts and other days are left out."""
    wanted = [
        claim("twitter:a", "klout.score", 1.0, observed_at=NOON - A_DAY),
        claim("twitter:a", "klout.score", 2.5, observed_at=NOON),
        claim("twitter:a", "kred.influence", 700, observed_at=NOON),
        claim("twitter:b", "klout.score", 3.0, observed_at=NOON),
    ]
    others = [
        claim("twitter:a", "klout.score", 9.0, observed_at=NOON - 2 * A_DAY),
        claim("twitter:a", "peerindex.peerindex", 9.0),
        claim("twitter:c", "klout.score", 9.0),
    ]
    await store.append([*reversed(wanted), *others])
    fields, subjects = ["klout.score", "kred.influence"], ["twitter:b", "twitter:a"]
    found = await store.readings(subjects, fields, SPAN, limit=10)
    assert found == [(c.subject, c.field, c.provenance.observed_at, float(c.value)) for c in wanted]
    assert await store.readings(subjects, fields, SPAN, limit=3) == found[:3]


async def test_readings_show_nothing_past_its_licence(store):
    """A reading that may no longer be kept is not given."""
    await store.append([claim(keep_until=NOON + A_DAY)])
    asked = (["twitter:pirelliuk"], ["klout.score"], SPAN)
    assert len(await store.readings(*asked, limit=10, now=NOON)) == 1
    assert await store.readings(*asked, limit=10, now=NOON + A_DAY) == []
