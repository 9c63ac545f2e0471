"""Where voices speak: handles on networks, and the public counts of them."""

import strawberry

from renown import claims as held
from renown.api.claims import SourcedCount
from renown.api.connections import Node
from renown.api.describe import input_type, object_type, plain, resolver
from renown.api.ids import encode_id
from renown.api.scalars import URL
from renown.gateway import VoiceRecord


@input_type
class AccountInput:
    """A handle on a network."""

    network: str = plain("A slug listed by `networks`.", default="twitter")
    handle: str = plain("The handle, with or without @; capitals do not matter.")


@object_type
class Account(Node):
    """Where a voice speaks, and the public counts of it."""

    account: strawberry.Private[held.Account]
    record: strawberry.Private[VoiceRecord]

    @resolver
    def id(self) -> strawberry.ID:
        """An opaque id, unique in this gateway."""
        return encode_id("Account", self.account.key)

    @resolver
    def network(self) -> str:
        """The network's slug."""
        return self.account.network

    @resolver
    def handle(self) -> str:
        """The handle in its owner's spelling."""
        return self.account.handle

    @resolver
    def url(self) -> URL:
        """Its public page."""
        return URL(self.account.url)

    @resolver
    def followers(self) -> SourcedCount | None:
        """How many follow it."""
        return self._count("followers")

    @resolver
    def following(self) -> SourcedCount | None:
        """How many it follows."""
        return self._count("following")

    @resolver
    def listed(self) -> SourcedCount | None:
        """On how many public lists it stands."""
        return self._count("listed")

    @resolver
    def posts(self) -> SourcedCount | None:
        """How many posts it has made."""
        return self._count("posts")

    def _count(self, name: str) -> SourcedCount | None:
        claim = self.record.of_account(self.account, name)
        return None if claim is None else SourcedCount(claim=claim)
