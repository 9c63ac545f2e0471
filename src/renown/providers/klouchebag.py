"""Klouchebag (Tom Scott, 27 April 2012): a parody of influence scores, from 0 to 100, where high is bad.

It never had an API, so its figures come from archives only. Source: tomscott.com/klouchebag, and posts of the time.
"""

from datetime import date

from renown.claims import Metric, Scale
from renown.providers.contract import Declaration
from renown.providers.never_asked import NeverAsked


class Klouchebag(NeverAsked):
    """Archived figures of Klouchebag. A joke on influence is no witness of it: not blended unless a recipe names it."""

    adapter = "klouchebag@1"
    declaration = Declaration(
        slug="klouchebag",
        name="Klouchebag",
        metrics=(
            Metric(
                "klouchebag",
                "score",
                "Klouchebag Score",
                Scale(0, 100, higher_is_more=False),
                "How annoying the voice is: anger, retweets, social apps and English usage. A parody; high is bad.",
            ),
        ),
        primary="score",
        attribution="Klouchebag by Tom Scott (tomscott.com/klouchebag)",
        # It read Twitter by the first version of its API, which Twitter switched off on this day.
        closed=date(2013, 6, 11),
        blended=False,
    )
