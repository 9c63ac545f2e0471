"""What acts are called in logs."""

from renown.engine.interactions import Kind

KIND_WORDS = {
    Kind.REPOST: ("rt", "retweet", "repost", "reblog", "boost", "share"),
    Kind.REPLY: ("re", "reply", "comment"),
    Kind.MENTION: ("mt", "mention", "quote"),
    Kind.LIKE: ("like", "favourite", "favorite"),
    Kind.LIST: ("list", "listed"),
    Kind.FOLLOW: ("follow",),
}
"""In lower case, by kind."""

KINDS_BY_WORD = {word: kind for kind, words in KIND_WORDS.items() for word in words}
"""The same the other way round."""
