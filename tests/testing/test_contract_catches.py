"""A suite that passes everything is worth nothing: each flaw is caught by the test that is meant to."""

import os
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
FLAWED = HERE / "flawed_providers.py"
TOY = HERE.parent / "plugins" / "toy_provider"
CAUGHT_BY = {
    "TestItRaisesWhatItMustNot": "test_a_fault_is_an_absence_with_its_reason",
    "TestItTakesNumbersOffTheScale": "test_a_fault_is_an_absence_with_its_reason",
    "TestItHasNoDigest": "test_good_replies_become_claims",
    "TestItNamesAnotherSource": "test_good_replies_become_claims",
    "TestItBelievesAnybody": "test_a_reply_about_another_person_is_not_taken",
    "TestItLetsAHandleOut": "test_a_handle_cannot_leave_its_place",
    "TestItCannotWait": "test_over_rate_says_when_to_come_back",
    "TestItLogsItsKey": "test_good_replies_become_claims",
    "TestItEchoesItsKey": "test_a_fault_is_an_absence_with_its_reason",
    "TestItMeansNothing": "test_its_declaration_is_sane",
}


def test_each_flaw_is_caught():
    """For every flawed provider the named test of the contract fails."""
    done = subprocess.run(  # noqa: S603 - this interpreter, with our own words
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-rf",
            "--tb=line",
            "-n",
            "0",
            "-p",
            "no:cacheprovider",
            "--rootdir",
            HERE,
            "--noconftest",
        ]
        + [f"{FLAWED}::{name}::{test}" for name, test in CAUGHT_BY.items()],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [str(TOY), os.environ.get("PYTHONPATH")]))},
        capture_output=True,
        text=True,
        check=False,
    )
    caught = dict(re.findall(r"^FAILED \S+::(\w+)::(\w+)", done.stdout, re.MULTILINE))
    assert caught == CAUGHT_BY, done.stdout + done.stderr
