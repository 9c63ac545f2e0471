"""Runs the trials, in several processes, saying on stderr how far it is."""

import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from itertools import starmap
from multiprocessing import get_context

from accuracy_trial.trial import Trial, run_trial


def run_trials(scenarios: Sequence[int], seeds: range, voices: int, workers: int) -> list[Trial]:
    """One trial for each scenario and seed; with one worker in this process. Interrupted, those that were finished."""
    # Seed by seed, so that the time left is told from all scenarios alike.
    asked = [(scenario, seed, voices) for seed in seeds for scenario in scenarios]
    trials: list[Trial] = []
    began = time.monotonic()
    try:
        for trial in _in_processes(asked, workers) if workers > 1 else starmap(run_trial, asked):
            trials.append(trial)
            left = (time.monotonic() - began) / len(trials) * (len(asked) - len(trials))
            _say(f"\r{len(trials)} of {len(asked)} trials, {left / 60:.0f} minutes left  ")
    except KeyboardInterrupt:
        _say("\nStopped; what follows is of the trials that were finished.")
    _say("\n")
    return trials


def _say(text: str) -> None:
    print(text, end="", file=sys.stderr, flush=True)


def _in_processes(asked: Sequence[tuple[int, int, int]], workers: int) -> Iterator[Trial]:
    # Spawned, not forked: each starts with the thread settings that its numpy reads once.
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
    try:
        for finished in as_completed([pool.submit(run_trial, *each) for each in asked]):
            yield finished.result()
    finally:
        pool.shutdown(cancel_futures=True)
