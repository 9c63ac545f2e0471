"""What a living network says when it refuses: in words, and when it may be asked again."""

from datetime import timedelta

from renown.errors import InvalidReply, ProviderFailure, RateLimited
from renown.providers.contract import Reply
from renown.providers.wire import at, decode, resets_at, retry_after, text

# GitHub's own advice where it names no moment; the others give none.
_UNNAMED = timedelta(minutes=1)


def over_limit(
    reply: Reply, name: str, *, resets: str | None = None, kind: type[ProviderFailure] = RateLimited
) -> ProviderFailure:
    """The failure of having asked too often, with the moment from which asking makes sense.

    That is what `Retry-After` names, else what the header `resets` names (seconds since the epoch, or ISO 8601), else
    a minute from now.
    """
    now = reply.received_at
    named = retry_after(reply.headers, now) or (resets_at(reply.headers, resets, now) if resets else None)
    sentence = f"{name} has been asked as often as it allows for now (status {reply.status})."
    return kind(sentence, retry_at=named or now + _UNNAMED)


def words_of(reply: Reply, *path: str) -> str | None:
    """The text at this place of a refusal's JSON; None where there is none, as on somebody else's error page."""
    try:
        return text(at(decode(reply, "It"), *path))
    except InvalidReply:
        return None
