"""Fits the weights of the automation probability to labelled accounts.

    python bench/engine/automation_fit.py --data DIR [--write FILE]

FILE is src/renown/engine/automation_weights.json. A logistic regression on standard terms, with a ridge penalty that is
twice as hard on the crossed ones.
"""

from typing import Any

import numpy as np
from bot_set import FOLDER, Accounts, accounts_of
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit
from weight_files import write_weights

from renown.engine.account_automation import AUTOMATION_COLUMNS, AutomationTerms

FITTED_ON = (
    "Accounts of Twitter that people labelled as automated or human in four bands of popularity (Gilani, Kochmar "
    "and Crowcroft, ASONAM 2017)."
)
_QUANTILES = (0.2, 0.4, 0.6, 0.8)
_SINGLE, _CROSSED = 50.0, 100.0

Floats = NDArray[np.float64]


def fitted(accounts: Accounts) -> dict[str, Any]:
    """The weights in the form in which they are committed, from these accounts alone."""
    columns = {column: _column(figures) for column, figures in accounts.by_column.items()}
    programs = accounts.programs.mean(axis=0).round(3)
    terms = _terms(columns, programs).of(accounts.by_column, accounts.programs)
    means, deviations = np.nanmean(terms, axis=0).round(4), np.nanstd(terms, axis=0).round(4)
    deviations[deviations == 0] = 1
    crossed = terms.shape[1] - 5 * len(AUTOMATION_COLUMNS)
    penalty = np.where(np.arange(terms.shape[1]) < crossed, _SINGLE, _CROSSED)
    intercept, *weights = _ridge(np.nan_to_num((terms - means) / deviations), accounts.automated, penalty)
    return {
        "fitted_on": FITTED_ON,
        "columns": columns,
        "programs": programs.tolist(),
        "intercept": round(float(intercept), 4),
        "terms": {
            "means": means.tolist(),
            "deviations": deviations.tolist(),
            "weights": np.round(weights, 4).tolist(),
        },
    }


def _column(figures: Floats) -> dict[str, Any]:
    logs = np.log1p(figures[~np.isnan(figures)])
    knots = np.unique(np.quantile(logs, _QUANTILES).round(2))
    return {
        "knots": knots[knots > logs.min()].tolist(),
        "mean": round(float(logs.mean()), 3),
        "deviation": round(float(logs.std()), 3),
    }


def _terms(columns: dict[str, Any], programs: Floats) -> AutomationTerms:
    return AutomationTerms(
        {column: tuple(columns[column]["knots"]) for column in AUTOMATION_COLUMNS},
        np.array([columns[column]["mean"] for column in AUTOMATION_COLUMNS]),
        np.array([columns[column]["deviation"] for column in AUTOMATION_COLUMNS]),
        programs,
    )


def _ridge(terms: Floats, labels: NDArray[np.bool_], penalty: Floats) -> Floats:
    """The intercept, which is not penalised, and the weights of least penalised logistic loss."""
    with_one = np.hstack([np.ones((len(terms), 1)), terms])
    penalties = np.concatenate([[0.0], penalty])
    signed = np.where(labels, 1.0, -1.0)

    def loss(weights: Floats) -> tuple[float, Floats]:
        margin = signed * (with_one @ weights)
        gradient = penalties * weights - with_one.T @ (signed * expit(-margin))
        return float(np.logaddexp(0, -margin).sum() + penalties @ weights**2 / 2), gradient

    return minimize(loss, np.zeros(with_one.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x


if __name__ == "__main__":
    write_weights(__doc__, f"{FOLDER}/", lambda data: fitted(accounts_of(data)))
