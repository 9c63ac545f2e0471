"""All that the author of a provider has to write to test it."""

from renown_toy import Toy

from renown.claims import Account
from renown.testing import ProviderContract, Recorded


class TestToy(ProviderContract):
    """The toy holds the contract."""

    account = Account("twitter", "Example")
    replies = (Recorded(step="person", body=b'{"handle":"example","fame":7.5,"known_for":["Cars"]}'),)
    values = {"toy.fame": 7.5, "topic/cars": 1.0}
    unknown = Recorded(status=404, body=b"nobody of that name")
    other_person = Recorded(body=b'{"handle":"somebody_else","fame":9}')

    def make(self, settings):
        """The toy, as its entry point builds it."""
        return Toy(settings)
