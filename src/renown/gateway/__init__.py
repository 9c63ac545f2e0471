"""The gateway: looks voices up, keeps standings, ranks them, walks claims. Everything above uses this face."""

from renown.gateway.blended import Blended, Contributed
from renown.gateway.filtering import Filter
from renown.gateway.gateway import Gateway
from renown.gateway.question import Question, in_plain_words, read_question
from renown.gateway.ranking import Exclusion, Ranked
from renown.gateway.recipes import DEFAULT_RECIPE
from renown.gateway.standings import Standings
from renown.gateway.tally import Tally, Watch
from renown.gateway.voices import Found, VoiceRecord

__all__ = [
    "DEFAULT_RECIPE",
    "Blended",
    "Contributed",
    "Exclusion",
    "Filter",
    "Found",
    "Gateway",
    "Question",
    "Ranked",
    "Standings",
    "Tally",
    "VoiceRecord",
    "Watch",
    "in_plain_words",
    "read_question",
]
