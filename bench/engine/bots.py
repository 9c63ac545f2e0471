"""Can the automation probability tell machines from people as well as boosting can? In the same folds.

    python bench/engine/bots.py --data DIR [--quick] [--json FILE]

Needs `bots_2017/` in DIR: accounts of Twitter in four bands of followers, labelled by people (Gilani, Kochmar and
Crowcroft, ASONAM 2017). Five folds, three times over; ours is fitted anew in each, as what is shipped was to all rows.
Boosting has 150 trees, on the 14 figures of the set, and on these with the kinds of programs.
"""

from collections.abc import Callable, Iterator

import numpy as np
from automation_fit import fitted
from bench_frame import Bar, asked_of, bar, finish
from boosting import IS_THERE, NOT_THERE, boosted
from bot_set import BANDS, FOLDER, Accounts, accounts_of
from foresight import auc
from numpy.typing import NDArray

from renown.engine.account_automation import AutomationWeights

OURS, FOURTEEN = "Renown's automation probability", "boosting on 14 figures"
_FOLDS, _REPEATS, _QUICK_REPEATS = 5, 3, 1
_WITHIN = 0.01
_ALL, _HARDEST = "all", "100k"
_BINS = 10

Floats = NDArray[np.float64]
# Takes the accounts to learn from and those to judge; gives the probability of each.
Judge = Callable[[Accounts, Accounts], Floats]


def ours(train: Accounts, test: Accounts) -> Floats:
    """What is shipped, fitted anew."""
    return AutomationWeights.of_json(fitted(train)).probability(test.by_column, test.programs)


def boosting(*, programs: bool) -> Judge:
    """Boosting on logarithms, with the kinds of programs or without."""

    def features(accounts: Accounts) -> Floats:
        logs = np.log1p(np.nan_to_num(accounts.figures))
        return np.hstack([logs, accounts.programs]) if programs else logs

    return lambda train, test: boosted(features(train), train.automated, features(test))


_BOOSTED = {FOURTEEN: boosting(programs=False), "boosting on these and programs": boosting(programs=True)}
_JUDGES: dict[str, Judge] = {
    "posts a day alone": lambda _, test: test.by_column["tweet_frequency"],
    **(_BOOSTED if IS_THERE else {}),
    OURS: ours,
}


def folds(accounts: Accounts, repeats: int) -> Iterator[tuple[Accounts, Accounts]]:
    """Each repeat's folds: what to learn from and what to judge, with as many of each label in each."""
    for repeat in range(repeats):
        chance = np.random.default_rng(repeat)
        order = np.lexsort((chance.random(len(accounts)), accounts.automated))
        fold = np.empty(len(accounts), np.int64)
        fold[order] = np.arange(len(accounts)) % _FOLDS
        for each in range(_FOLDS):
            yield accounts.at(np.flatnonzero(fold != each)), accounts.at(np.flatnonzero(fold == each))


def measured(accounts: Accounts, repeats: int) -> tuple[dict[str, dict[str, Floats]], Floats, Floats]:
    """The AUC of each judge in each band and fold; and of ours the probabilities and the labels of all folds."""
    found: dict[str, dict[str, list[float]]] = {name: {band: [] for band in (_ALL, *BANDS[:3])} for name in _JUDGES}
    said, labels = [], []
    for train, test in folds(accounts, repeats):
        for name, judge in _JUDGES.items():
            probability = judge(train, test)
            for band, aucs in found[name].items():
                of_band = np.ones(len(test), np.bool_) if band == _ALL else test.band == band
                aucs.append(auc(probability[of_band], test.automated[of_band].astype(np.float64)))
        said.append(probability)
        labels.append(test.automated)
    arrays = {name: {band: np.array(aucs) for band, aucs in bands.items()} for name, bands in found.items()}
    return arrays, np.concatenate(said), np.concatenate(labels)


def table(found: dict[str, dict[str, Floats]]) -> str:
    """The mean AUC and its deviation over the folds, in all bands and in each of the three that are large enough."""
    lines = [f"{'AUC, and its deviation over folds':34}" + "".join(f"{band:>16}" for band in found[OURS])]
    for name, bands in found.items():
        lines.append(f"{name:34}" + "".join(f"{each.mean():9.4f} {each.std():6.4f}" for each in bands.values()))
    return "\n".join(lines)


def calibration(said: Floats, labels: NDArray[np.bool_]) -> str:
    """How often it was a machine where the probability said so much, by tenths of the accounts."""
    order = np.argsort(said)
    parts = np.array_split(order, _BINS)
    lines = ["said    was", *(f"{said[part].mean():.2f}    {labels[part].mean():.2f}" for part in parts)]
    off = np.mean([abs(said[part].mean() - labels[part].mean()) for part in parts])
    return "\n".join([*lines, f"mean difference {off:.3f}; Brier score {np.mean((said - labels) ** 2):.3f}"])


def bars(found: dict[str, dict[str, Floats]]) -> list[Bar]:
    """Overall and in the band of 100,000 followers, beside each boosting, less 0.01."""
    return [
        bar(
            f"AUC, {band}",
            found[OURS][band].mean(),
            "AUC",
            f"{name}, less {_WITHIN}",
            found[name][band].mean() - _WITHIN,
        )
        for name in _BOOSTED
        if name in found
        for band in (_ALL, _HARDEST)
    ]


def main() -> None:
    """Measure, print and write the JSON."""
    asked = asked_of(__doc__, f"{FOLDER}/", f"{_QUICK_REPEATS} round of folds in the place of {_REPEATS}")
    accounts = accounts_of(asked.data)
    found, said, labels = measured(accounts, _QUICK_REPEATS if asked.quick else _REPEATS)
    print(f"{len(accounts):,} accounts, {accounts.automated.mean():.0%} of them automated", table(found), sep="\n")
    print("", calibration(said, labels), "", sep="\n")
    if not IS_THERE:
        print(NOT_THERE)
    finish(asked, bars(found))


if __name__ == "__main__":
    main()
