"""Klout, in the generation of its API that the settings name: `v2` unless they say `v1`."""

from renown.providers.generations import Generations
from renown.providers.klout_v1 import KloutV1
from renown.providers.klout_v2 import KloutV2

Klout = Generations("klout", {"v2": KloutV2, "v1": KloutV1})
