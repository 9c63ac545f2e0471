"""Gradient boosting to compare with, where scikit-learn is installed (bench/engine/requirements.txt)."""

from collections.abc import Sequence
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

IS_THERE = find_spec("sklearn") is not None
NOT_THERE = "Not compared with boosting: pip install -r bench/engine/requirements.txt would let it be."


def boosted(train: Floats, labels: NDArray[np.bool_], test: Floats, signs: Sequence[int] | None = None) -> Floats:
    """The probability [test rows] of the label; `signs` (1, 0, -1) are the features' monotone directions.

    Unconstrained it is 150 trees of 8 leaves at a rate of 0.05, with them 200 at 0.03 with stronger penalties.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier

    plain = {"max_iter": 150, "learning_rate": 0.05, "max_leaf_nodes": 8}
    held = {"max_iter": 200, "learning_rate": 0.03, "max_leaf_nodes": 8, "l2_regularization": 5, "min_samples_leaf": 40}
    how = plain if signs is None else held | {"monotonic_cst": list(signs)}
    model = HistGradientBoostingClassifier(random_state=0, **how)
    return model.fit(train, labels).predict_proba(test)[:, 1]
