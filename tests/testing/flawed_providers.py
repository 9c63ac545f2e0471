"""Providers with one flaw each. test_contract_catches.py runs the contract on them and says which test must fail."""

# ruff: noqa: D102 - each method does what its contract says, but for the flaw that its class names

import json
from dataclasses import replace

import structlog
from renown_toy import FAME, Toy
from test_toy_contract import TestToy as _ToyContract

from renown.claims import Scale
from renown.errors import InvalidReply
from renown.providers import Reading
from renown.providers.testimony import claims_about, observed


def careless(toy, request, reply, **provenance):
    """A reading of whatever stands there as fame."""
    about = replace(observed(toy, reply, b""), **provenance)
    return Reading(claims=claims_about(request.accounts[0], {FAME.field: json.loads(reply.body)["fame"]}, about))


class ItRaisesWhatItMustNot(Toy):
    """KeyError out of `read`."""

    def read(self, request, reply):
        return careless(self, request, reply)


class ItTakesNumbersOffTheScale(Toy):
    """A fame below zero."""

    def read(self, request, reply):
        reading = super().read(request, replace(reply, body=reply.body.replace(b"-1000000000000", b"5")))
        return careless(self, request, reply) if reading.claims else reading


class ItHasNoDigest(Toy):
    """Provenance that cannot be checked."""

    def read(self, request, reply):
        return careless(self, request, reply, digest=None)


class ItNamesAnotherSource(Toy):
    """A source with the key in it."""

    def read(self, request, reply):
        return careless(self, request, reply, source=f"{reply.url}?token={self.credentials['token']}")


class ItBelievesAnybody(Toy):
    """A reply about somebody else is taken."""

    def read(self, request, reply):
        return careless(self, request, reply)


class ItLetsAHandleOut(Toy):
    """A path that is not quoted."""

    def requests(self, accounts, known):
        (request,) = super().requests(accounts, known)
        return (replace(request, path=f"/people/{accounts[0].handle}"),)


class ItCannotWait(Toy):
    """Being asked too often is read as a reply that is none."""

    def read(self, request, reply):
        if reply.status == 429:
            raise InvalidReply("The toy answered with status 429.")
        return super().read(request, reply)


class ItLogsItsKey(Toy):
    """A log line with the credentials."""

    def read(self, request, reply):
        structlog.get_logger().warning("toy.read", **self.credentials)
        return super().read(request, reply)


class ItEchoesItsKey(Toy):
    """The body of an error, key and all, in a sentence."""

    def read(self, request, reply):
        if reply.status == 400:
            raise InvalidReply(reply.body.decode())
        return super().read(request, reply)


class ItMeansNothing(Toy):
    """A metric without a meaning, on a scale without a length."""

    declaration = replace(Toy.declaration, metrics=(replace(FAME, scale=Scale(10, 10)),))


class TestItRaisesWhatItMustNot(_ToyContract):
    def make(self, settings):
        return ItRaisesWhatItMustNot(settings)


class TestItTakesNumbersOffTheScale(_ToyContract):
    def make(self, settings):
        return ItTakesNumbersOffTheScale(settings)


class TestItHasNoDigest(_ToyContract):
    def make(self, settings):
        return ItHasNoDigest(settings)


class TestItNamesAnotherSource(_ToyContract):
    def make(self, settings):
        return ItNamesAnotherSource(settings)


class TestItBelievesAnybody(_ToyContract):
    def make(self, settings):
        return ItBelievesAnybody(settings)


class TestItLetsAHandleOut(_ToyContract):
    def make(self, settings):
        return ItLetsAHandleOut(settings)


class TestItCannotWait(_ToyContract):
    def make(self, settings):
        return ItCannotWait(settings)


class TestItLogsItsKey(_ToyContract):
    def make(self, settings):
        return ItLogsItsKey(settings)


class TestItEchoesItsKey(_ToyContract):
    def make(self, settings):
        return ItEchoesItsKey(settings)


class TestItMeansNothing(_ToyContract):
    def make(self, settings):
        return ItMeansNothing(settings)
