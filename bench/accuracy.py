"""How right is the blend? Simulates voices whose standing is known, and compares our method with all the others.

    python bench/accuracy.py [--quick] [--json FILE] [--seeds N] [--first-seed N] [--voices N] [--scenarios 1,4]
                             [--workers N]

The table goes to stdout, progress to stderr. Whole, it takes about an hour of two processors.
"""

import argparse
import os

# Read by numpy once, when it is loaded; the processes share out the work, so that threads would only be in their way.
for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_threads] = "1"

from accuracy_trial.report import as_json, table  # noqa: E402 - after the threads are set
from accuracy_trial.running import run_trials  # noqa: E402
from accuracy_trial.scenarios import SCENARIOS  # noqa: E402
from accuracy_trial.verdicts import results_of, verdicts  # noqa: E402
from figures import arguments, finish  # noqa: E402 - after the threads are set

_VOICES, _SEEDS = 20_000, 50
_QUICK_VOICES, _QUICK_SEEDS = 2_000, 3


def main() -> None:
    """Run what is asked for, print the table and write the JSON."""
    asked = _asked()
    voices = asked.voices or (_QUICK_VOICES if asked.quick else _VOICES)
    seeds = asked.seeds or (_QUICK_SEEDS if asked.quick else _SEEDS)
    results = results_of(
        run_trials(asked.scenarios, range(asked.first_seed, asked.first_seed + seeds), voices, asked.workers)
    )
    found = verdicts(results)
    print(table(results, found, voices))
    finish(asked, as_json(results, found))


def _asked() -> argparse.Namespace:
    parser = arguments(__doc__, "2,000 voices and 3 seeds")
    parser.add_argument("--first-seed", type=int, default=0, metavar="N", help="the first of the seeds (0)")
    parser.add_argument("--seeds", type=_at_least_2, metavar="N", help=f"paired seeds, 2 or more ({_SEEDS})")
    parser.add_argument("--voices", type=int, metavar="N", help=f"voices in each population ({_VOICES})")
    parser.add_argument("--scenarios", type=_numbers, default=list(SCENARIOS), metavar="1,4", help="which (all)")
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="processes (2)")
    return parser.parse_args()


def _at_least_2(text: str) -> int:
    if int(text) < 2:
        raise argparse.ArgumentTypeError("one seed alone has no spread; give 2 or more")
    return int(text)


def _numbers(text: str) -> list[int]:
    numbers = [int(number) for number in text.split(",")]
    if unknown := sorted(set(numbers) - set(SCENARIOS)):
        raise argparse.ArgumentTypeError(f"there is no scenario {unknown[0]}; they are 1 to {len(SCENARIOS)}")
    return numbers


if __name__ == "__main__":
    main()
