"""Klout, Kred and PeerIndex as they were on the wire, for tests and for old clients.

They answer as recorded. What no source records is our choice and says so: in the code, and in the answer's header
`X-Renown-Emulator: assumed`. Nothing here imports the rest of the house.
"""

from renown.emulators.assembly import EMULATORS, build
from renown.emulators.behaviour import Behaviour, Fail
from renown.emulators.dataset import Account, Dataset, KloutPart, KredPart, PeerIndexPart, read_dataset, read_example
from renown.emulators.serving import Running, running, serve
from renown.emulators.wire_format import WireFormat

__all__ = [
    "EMULATORS",
    "Account",
    "Behaviour",
    "Dataset",
    "Fail",
    "KloutPart",
    "KredPart",
    "PeerIndexPart",
    "Running",
    "WireFormat",
    "build",
    "read_dataset",
    "read_example",
    "running",
    "serve",
]
