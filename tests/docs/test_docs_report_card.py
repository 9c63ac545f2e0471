"""docs/report-card.md shows the definitions and limits that the program grades by."""

import re

import pytest
from documents import read, section

from renown.gateway import report_cards, report_material
from renown.scoring.report_grades import DEFINITIONS, FEWEST, PERIOD_DAYS

DOCUMENT = "docs/report-card.md"


def test_the_table_is_that_of_the_program():
    """Every measure in order, with its definition and the limits of A to D, and no other."""
    table = section(DOCUMENT, "The measures")
    rows = [row.strip("| ").split(" | ") for row in re.findall(r"^\| .*\|$", table, re.MULTILINE)][1:]
    assert rows == [[each.name, each.text, *(f"{limit:g}" for limit in each.limits)] for each in DEFINITIONS]


@pytest.mark.parametrize(
    "said", [f"Under {FEWEST} a measure is absent", f"over a sample of {report_material.SAMPLE:,}", "five minutes old"]
)
def test_the_text_names_the_numbers_of_the_program(said):
    """The fewest voices, the sample, and for how long a card is kept."""
    assert said in read(DOCUMENT)
    assert report_cards._GOOD_FOR.total_seconds() == 5 * 60


def test_the_definitions_name_the_period():
    """What looks back says how far."""
    looking_back = [each.name for each in DEFINITIONS if f"{PERIOD_DAYS} days" in each.text]
    assert looking_back == ["herding", "jump rate"]
