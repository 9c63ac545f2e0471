"""The three kinds of array the steps pass on. NaN in a `Floats` means missing."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Flags = NDArray[np.bool_]
