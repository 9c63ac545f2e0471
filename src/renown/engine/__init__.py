"""Our own provider, `renown`: so far the profile score, from public counts."""

from renown.engine.profile import ProfileScore

__all__ = ["ProfileScore"]
