"""PeerIndex, in the generation of its API that the settings name: `c` unless they say `b` or `a`."""

from renown.providers.generations import Generations
from renown.providers.peerindex_ab import PeerIndexA, PeerIndexB
from renown.providers.peerindex_c import PeerIndexC

PeerIndex = Generations("peerindex", {"c": PeerIndexC, "b": PeerIndexB, "a": PeerIndexA})
