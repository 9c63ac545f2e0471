"""Recorded replies in few words."""

import json

from renown.testing import Recorded


def saying(step, status=200, /, **tree):
    """A reply that is a JSON object."""
    return Recorded(step=step, body=json.dumps(tree).encode(), status=status)
