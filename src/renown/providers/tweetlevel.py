"""TweetLevel (Edelman, November 2009 on): a web tool without an API, so its figures come from archives only.

Four scores of up to 100 from some 40 counts of a Twitter account; influence was the one people were ranked by. Its
last day is not on record. Source: tweetlevel.edelman.com/about, and posts at its launches of 2009, 2011 and 2012.
"""

from renown.claims import Metric, Scale
from renown.providers.contract import Declaration
from renown.providers.never_asked import NeverAsked

_SCORES = {
    "influence": ("TweetLevel Influence", "How interesting what the voice says is, and how many people listen to it."),
    "popularity": ("Popularity", "How many people follow the voice."),
    "engagement": ("Engagement", "How actively the voice takes part in its community."),
    "trust": ("Trust", "How far people believe what the voice says."),
}


class TweetLevel(NeverAsked):
    """Archived figures of TweetLevel.

    Not blended unless a recipe names it: there was no API and no published table of it is held, so that counting it
    would only take coverage from every voice.
    """

    adapter = "tweetlevel@1"
    declaration = Declaration(
        slug="tweetlevel",
        name="TweetLevel",
        metrics=tuple(
            Metric("tweetlevel", slug, name, Scale(1, 100), meaning) for slug, (name, meaning) in _SCORES.items()
        ),
        primary="influence",
        attribution="TweetLevel by Edelman (tweetlevel.edelman.com)",
        blended=False,
    )
