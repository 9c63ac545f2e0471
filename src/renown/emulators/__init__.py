"""Klout, Kred and PeerIndex as they were on the wire, for tests and for old clients.

They answer as recorded. What no source records is our choice and says so: in the code, and in the answer's header
`X-Renown-Emulator: assumed`. Nothing here imports the rest of the house.
"""

from renown.emulators.accounts import Account, KloutPart, KredPart, PeerIndexPart
from renown.emulators.assembly import EMULATORS, build
from renown.emulators.behaviour import Behaviour
from renown.emulators.control import CONTROL_PATH
from renown.emulators.dataset import Dataset, read_dataset, read_example
from renown.emulators.faults import AlgorithmChange, Fail, RetryAfter
from renown.emulators.figures import read_figures
from renown.emulators.serving import Running, running, serve
from renown.emulators.wire_format import WireFormat

__all__ = [
    "CONTROL_PATH",
    "EMULATORS",
    "Account",
    "AlgorithmChange",
    "Behaviour",
    "Dataset",
    "Fail",
    "KloutPart",
    "KredPart",
    "PeerIndexPart",
    "RetryAfter",
    "Running",
    "WireFormat",
    "build",
    "read_dataset",
    "read_example",
    "read_figures",
    "running",
    "serve",
]
