"""Who is not known: an error only where nobody knows them, remembered for less time than a score."""

import pytest
from gateway_stage import FULL, SLUGS

from renown.claims import AbsenceReason, Account, Claim
from renown.errors import BadRequest, UnknownVoice
from renown.gateway import Gateway, Tally

NOBODY, ONLY_KRED, UNSCORED = (Account("twitter", handle) for handle in ("nobody_here", "only_kred", "unscored"))


async def test_a_handle_that_nobody_knows_is_an_error(upstream, any_database_url, clock):
    """Where every provider answers that it does not know a handle, the error names it, and nobody is stored."""
    async with await Gateway.open(upstream.settings(any_database_url), now=clock) as gateway:
        with pytest.raises(UnknownVoice, match="No voice is known as 'nobody_here' on twitter"):
            await gateway.voice(NOBODY)
        assert await gateway.store.accounts() == []


async def test_the_others_are_found_beside_one_that_is_unknown(upstream, database_url, clock):
    """Of several voices asked for at once each is found or not for itself, in the order asked."""
    async with await Gateway.open(upstream.settings(database_url), now=clock) as gateway:
        unknown, known = await gateway.voices([NOBODY, FULL])
    assert unknown.record is None
    assert known.unwrap().key == FULL.key


async def test_unknown_to_one_provider_is_an_absence(upstream, database_url, clock):
    """Who is known to Kred only has its score, and an absence from the others that says they do not know them."""
    async with await Gateway.open(upstream.settings(database_url), now=clock) as gateway:
        record = await gateway.voice(ONLY_KRED)
        said = {slug: gateway.score(record, slug) for slug in SLUGS}
    assert isinstance(said["kred"], Claim)
    assert [said[slug].reason for slug in ("klout", "peerindex")] == [AbsenceReason.UNKNOWN_TO_PROVIDER] * 2


async def test_that_somebody_is_unknown_is_remembered_for_less_time(upstream, database_url, clock):
    """A provider is not asked again about somebody it does not know, until an hour has passed."""
    settings = upstream.settings(database_url, ["klout"])
    async with await Gateway.open(settings, now=clock) as gateway:
        with pytest.raises(UnknownVoice):
            await gateway.voice(NOBODY)
        with pytest.raises(UnknownVoice):
            await gateway.voice(NOBODY, tally := Tally())
        assert (upstream.calls["klout"], tally) == (1, Tally(cache_hits=1))
        clock.move(seconds=settings.unknown_for_seconds + 1)
        with pytest.raises(UnknownVoice):
            await gateway.voice(NOBODY)
        assert upstream.calls["klout"] == 2


async def test_who_is_known_but_not_scored_yet_is_a_voice(upstream, database_url, clock):
    """A provider that knows somebody without a score gives a voice with the absence NO_SCORE_YET."""
    async with await Gateway.open(upstream.settings(database_url), now=clock) as gateway:
        record = await gateway.voice(UNSCORED)
        assert gateway.score(record, "kred").reason is AbsenceReason.NO_SCORE_YET
        assert await gateway.store.accounts() == []


async def test_where_one_provider_fails_nobody_is_called_unknown(upstream, database_url, clock):
    """Somebody two providers do not know may be known to the one that fails: a voice with absences, not stored."""
    upstream.behave(kred="500")
    async with await Gateway.open(upstream.settings(database_url), now=clock) as gateway:
        record = await gateway.voice(NOBODY)
        reasons = {slug: gateway.score(record, slug).reason for slug in SLUGS}
        assert await gateway.store.accounts() == []
    unknown = AbsenceReason.UNKNOWN_TO_PROVIDER
    assert reasons == {"klout": unknown, "kred": AbsenceReason.UNREACHABLE, "peerindex": unknown}


@pytest.mark.parametrize("handle", ["", " ", "two words", "x" * 101, "tab\there"])
async def test_what_is_no_handle_is_refused(empty, handle):
    """Text that cannot be a handle is refused with a sentence, before anybody is asked."""
    with pytest.raises(BadRequest) as refusal:
        await empty.voice(Account("twitter", handle))
    assert refusal.value.code == "BAD_HANDLE"


async def test_without_providers_only_what_is_held_is_known(demo):
    """A gateway that can ask nobody finds who was imported, and says of a provider why it has nothing."""
    record = await demo.voice(Account("twitter", "@goodyear_uk"))
    reasons = {slug: demo.score(record, slug) for slug in ("kred", "renown")}
    assert demo.score(record, "klout").value == 59
    assert reasons["kred"].reason is AbsenceReason.NOT_CONFIGURED
    assert reasons["renown"].reason is AbsenceReason.NO_SCORE_YET
    with pytest.raises(UnknownVoice):
        await demo.voice(NOBODY)
