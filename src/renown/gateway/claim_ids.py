"""The ids of claims, a row a voice and a column a provider: sixteen bytes each, text again when they are looked at."""

from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

_WIDTH = 16
_NONE = bytes(_WIDTH)


class ClaimIds:
    """Ids [n, p], '' where there is none. Indexed as an array of texts is; what comes out is one."""

    def __init__(self, packed: NDArray[np.void]) -> None:
        self.packed = packed

    @classmethod
    def none(cls, shape: tuple[int, int]) -> Self:
        """No id anywhere."""
        return cls(np.zeros(shape, dtype=f"V{_WIDTH}"))

    @property
    def nbytes(self) -> int:
        """What they take."""
        return self.packed.nbytes

    def __getitem__(self, key: Any) -> Any:
        found = self.packed[key]
        if isinstance(found, np.void):
            return _text(found.tobytes())
        texts = np.empty(found.size, dtype=object)
        texts[:] = [_text(each.tobytes()) for each in found.ravel()]
        return texts.reshape(found.shape)

    def __setitem__(self, at: tuple[int, int], id_: str) -> None:
        self.packed[at] = np.void(bytes.fromhex(id_))

    def tolist(self) -> list[list[str]]:
        """All of them, row by row."""
        return self[:].tolist()


def _text(packed: bytes) -> str:
    return "" if packed == _NONE else packed.hex()
