"""Texts with a place for a handle or an id: `/users/{handle}`."""

from string import Formatter

PLACES = ("handle", "id")


class Template:
    """A text with places; `places` names those that it has."""

    __slots__ = ("places", "text")

    def __init__(self, text: str) -> None:
        """Read a template.

        Raises:
            ValueError: a place it has is none of `PLACES`, or a bracket is left open.
        """
        try:
            parts = list(Formatter().parse(text))
        except ValueError:
            raise ValueError(f"a curly bracket is left open in {text!r}; write it twice to mean itself") from None
        named = [(name, form, conversion) for _, name, form, conversion in parts if name is not None]
        for name, form, conversion in named:
            if name not in PLACES or form or conversion:
                raise ValueError(f"{{{name}}} is no place; there are {{handle}} and {{id}}")
        self.text = text
        self.places = frozenset(name for name, _, _ in named)

    def filled(self, handle: str, account_id: str) -> str:
        """The text with what belongs in its places, exactly as it is given."""
        return self.text.format(handle=handle, id=account_id)
