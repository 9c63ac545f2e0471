"""Klout API v1 as recorded in July 2011 and in the fixtures of its clients."""

from dataclasses import replace
from datetime import timedelta

import pytest
from provider_replies import AT, CONTI, PIRELLI, reasons_of, reply_with, request_for, settings_with, values_of
from starlette.responses import JSONResponse, Response
from test_asking import ask_a_server

from renown.claims import AbsenceReason, Account, digest_of
from renown.errors import InvalidReply, KeyRefused, QuotaExhausted, RateLimited, Unreachable
from renown.providers.klout_v1 import KloutV1

USER = {
    "twitter_id": "18770991",
    "twitter_screen_name": "pirelliuk",
    "score": {
        "kscore": 25.98,
        "slope": -0.11,
        "description": "is influential to a tightly formed network that is growing larger",
        "kclass_id": 4,
        "kclass": "Explorer",
        "kclass_description": "You actively engage in the social web.",
        "kscore_description": "is influential to a tightly formed network that is growing larger",
        "network_score": 36.97,
        "amplification_score": 12.71,
        "true_reach": 80,
        "delta_1day": 0.07,
        "delta_5day": -0.07,
    },
}
NO_USERS = {"status": 200, "headers": [], "body": {"error": "No users"}}
BOTH = request_for("show", PIRELLI, CONTI)


def users(*rows):
    """A body with these users."""
    return {"status": 200, "users": list(rows)}


def user_named(name, kscore):
    """A user with a score and no parts."""
    return {"twitter_screen_name": name, "score": {"kscore": kscore}}


@pytest.fixture
def klout():
    """The adapter, with a key."""
    return KloutV1(settings_with())


def test_five_voices_are_one_call(klout):
    """Names go in one comma list; the declaration says five at most, Twitter only."""
    assert (klout.declaration.batch, klout.declaration.networks) == (5, ("twitter",))
    (request,) = klout.requests([PIRELLI, CONTI], {})
    assert (request.path, request.params) == ("/users/show.json", {"users": "PirelliUK,ContiUK"})
    assert request.accounts == (PIRELLI, CONTI)


def test_topics_are_asked_for_only_when_switched_on():
    """Topics are a second call for the same five."""
    show, topics = KloutV1(settings_with(topics=True)).requests([PIRELLI, CONTI], {})
    assert (show.path, topics.path) == ("/users/show.json", "/users/topics.json")
    assert show.params == topics.params


def test_a_profile_gives_the_score_its_parts_and_its_changes(klout):
    """Every number becomes a claim, as it is; `slope` is documented as the change over 30 days."""
    reading = klout.read(request_for("show"), reply_with(users(USER)))
    assert values_of(reading) == {
        "klout.score": 25.98,
        "klout.day_change": 0.07,
        "klout.five_day_change": -0.07,
        "klout.month_change": -0.11,
        "klout.true_reach": 80,
        "klout.amplification": 12.71,
        "klout.network_impact": 36.97,
        "twitter.id": "18770991",
    }
    assert not reading.absences


def test_its_claims_are_klouts_and_live_as_long_as_any(klout):
    """Another generation, the same provider and licence: seven days, but the id may be kept for good."""
    by_field = {claim.field: claim for claim in klout.read(request_for("show"), reply_with(users(USER))).claims}
    score, number = by_field["klout.score"].provenance, by_field["twitter.id"].provenance
    assert (score.provider, score.adapter, score.digest) == ("klout", "klout-v1@1", digest_of(USER))
    assert score.keep_until == AT + timedelta(days=7)
    assert (number.provider, number.keep_until) == ("klout", None)


def test_users_are_matched_by_name_in_any_order_and_case(klout):
    """Asked for two, Klout answered with the second first, in its own spelling."""
    reading = klout.read(BOTH, reply_with(users(user_named("CONTIUK", 94), user_named("pirelliuk", 25.9))))
    assert {(claim.subject, claim.value) for claim in reading.claims} == {(PIRELLI.key, 25.9), (CONTI.key, 94)}


def test_a_claim_does_not_say_whom_it_was_asked_with(klout):
    """The source of a claim names its own subject only."""
    url = "http://provider.example/1/users/show.json?users=PirelliUK%2CContiUK"
    reply = reply_with(users(user_named("PirelliUK", 40), user_named("ContiUK", 50)))
    reading = klout.read(BOTH, replace(reply, url=url))
    assert [claim.provenance.source.partition("?")[2] for claim in reading.claims] == [
        "users=PirelliUK",
        "users=ContiUK",
    ]


def test_one_unknown_has_the_others_asked_again_alone(klout):
    """A 404 costs the whole batch, so each is asked about by itself; nobody is called unknown yet."""
    reading = klout.read(BOTH, reply_with(b"", 404))
    assert [request.params for request in reading.follow] == [{"users": "PirelliUK"}, {"users": "ContiUK"}]
    assert {request.step for request in reading.follow} == {"show"}
    assert not reading.absences


def test_an_empty_404_about_one_is_an_unknown_person(klout):
    """Alone, a 404 speaks for itself; of topics it says nothing of the score."""
    reading = klout.read(request_for("show"), reply_with(b"", 404, content_type="text/html"))
    assert reasons_of(reading) == {PIRELLI.key: AbsenceReason.UNKNOWN_TO_PROVIDER}
    assert klout.read(request_for("topics"), reply_with(b"", 404)) == klout.read(
        request_for("topics"), reply_with(NO_USERS)
    )


def test_no_users_with_200_are_unknown_people(klout):
    """The third way of saying it: all of them are unknown."""
    reading = klout.read(BOTH, reply_with(NO_USERS))
    assert set(reasons_of(reading).values()) == {AbsenceReason.UNKNOWN_TO_PROVIDER}
    assert len(reading.absences) == 2


def test_a_missing_user_is_unknown_unless_somebody_else_came(klout):
    """Left out, a person is unknown; with a stranger in their place the reply is not about them."""
    left_out = klout.read(BOTH, reply_with(users(USER)))
    assert reasons_of(left_out) == {CONTI.key: AbsenceReason.UNKNOWN_TO_PROVIDER}
    stranger = klout.read(BOTH, reply_with(users(USER, user_named("zigotto", 30))))
    assert reasons_of(stranger) == {CONTI.key: AbsenceReason.INVALID_REPLY}
    assert "klout.score" in values_of(stranger)


@pytest.mark.parametrize("reply", [reply_with(b"", 202), reply_with({"status": 202})])
def test_queued_is_being_computed(klout, reply):
    """Status 202, on the wire or in the body, means that the score is being computed."""
    assert set(reasons_of(klout.read(BOTH, reply)).values()) == {AbsenceReason.PROCESSING}
    assert not klout.read(request_for("topics"), reply).absences


@pytest.mark.parametrize("score", [None, {}, {"kscore": None}, "high"])
def test_a_user_without_a_score_has_none_yet(klout, score):
    """A missing score is an absence, never zero."""
    reading = klout.read(request_for("show"), reply_with(users({**USER, "score": score})))
    assert reasons_of(reading) == {PIRELLI.key: AbsenceReason.NO_SCORE_YET}
    assert not reading.claims


@pytest.mark.parametrize("kscore", [100.1, -1, True, "high", 10**30, []])
def test_one_bad_user_does_not_cost_the_others_theirs(klout, kscore):
    """A score off the scale is an absence of that account; the rest of the batch is read."""
    reading = klout.read(BOTH, reply_with(users(user_named("ContiUK", kscore), USER)))
    assert reasons_of(reading) == {CONTI.key: AbsenceReason.INVALID_REPLY}
    assert values_of(reading)["klout.score"] == 25.98


def test_topics_are_plain_words_of_strength_1(klout):
    """Lower-case strings; what is none is passed over, and a person without any has no claim and no absence."""
    body = users({"twitter_screen_name": "PirelliUK", "topics": ["celebrities", "social media", "", 5, None]})
    reading = klout.read(request_for("topics", PIRELLI, CONTI), reply_with(body))
    assert values_of(reading) == {"topic/celebrities": 1.0, "topic/social-media": 1.0}
    assert not reading.absences


@pytest.mark.parametrize(
    ("reply", "failure"),
    [
        (reply_with(b"<h1> 403 Developer Inactive </h1>", 403), KeyRefused),
        (reply_with(b"", 401), KeyRefused),
        (reply_with(b"", 403, x_mashery_error_code="ERR_403_DEVELOPER_OVER_RATE"), QuotaExhausted),
        (reply_with(b"", 403, x_mashery_error_code="ERR_403_DEVELOPER_OVER_QPS"), RateLimited),
        (reply_with(b"<h1>596 Service Not Found</h1>", 596), InvalidReply),
        (reply_with(b"", 503), Unreachable),
        (reply_with({"status": 500, "users": []}), InvalidReply),
        (reply_with({"users": [USER]}), InvalidReply),
        (reply_with({"status": "200", "users": [USER]}), InvalidReply),
        (reply_with({"status": 200}), InvalidReply),
        (reply_with({"status": 200, "users": {}}), InvalidReply),
        (reply_with({"status": 200, "headers": [], "body": {"error": "Out of luck"}}), InvalidReply),
        (reply_with([]), InvalidReply),
        (reply_with(b"<html>"), InvalidReply),
        (reply_with(b""), InvalidReply),
    ],
)
def test_errors_have_their_failures(klout, reply, failure):
    """The body's own status must be 200; every other error is one kind of failure, whatever was asked."""
    for step in ("show", "topics"):
        with pytest.raises(failure) as caught:
            klout.read(request_for(step), reply)
        assert type(caught.value) is failure


def test_the_key_is_in_the_credentials_only(klout):
    """The adapter hands its key to the transport; no request holds it."""
    assert klout.credentials == {"key": "s3cr3t"}
    assert "s3cr3t" not in repr(klout.requests([PIRELLI], {}))
    assert not KloutV1(settings_with(key=None)).credentials


async def test_over_the_wire_one_unknown_of_five_costs_nobody_their_score():
    """One call for five, five more after its 404: four scores, one unknown person."""
    crowd = tuple(Account("twitter", name) for name in ("one", "two", "three", "four", "nobody"))

    async def klout_of_2011(request):
        names = request.query_params["users"].split(",")
        if "nobody" in names:
            return Response(status_code=404)
        return JSONResponse(users(*(user_named(name.upper(), 50) for name in reversed(names))))

    answer, paths = await ask_a_server(KloutV1, klout_of_2011, crowd)
    assert paths == ["/users/show.json"] * 6
    assert {claim.subject for claim in answer.claims} == {account.key for account in crowd[:4]}
    assert reasons_of(answer) == {"twitter:nobody": AbsenceReason.UNKNOWN_TO_PROVIDER}
