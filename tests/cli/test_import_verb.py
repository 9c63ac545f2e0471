"""`renown import`: good rows come in, bad ones are named by line, and nobody gets half a file unasked."""

import pytest
from cli_stage import renown

HEADER = "handle,provider,metric,value,date,citation\n"
GOOD = HEADER + "one,klout,score,50,2012-01-01,a page\none,peerindex,peerindex,40,2012-01-01,a page\n"
BAD = GOOD + "two,klout,score,500,2012-01-01,a page\nthree,klout,score,50,2999-01-01,a page\n"


@pytest.fixture
def figures(tmp_path):
    """Writes a file of figures."""

    def write(content):
        path = tmp_path / "figures.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def _is_empty(database) -> bool:
    return "Nothing is held" in renown("rank", "--db", database).stderr


def test_figures_come_in_and_are_ranked(figures, tmp_path):
    """A good file is kept, with how much came in; its voice is ranked."""
    answer = renown("import", figures(GOOD), "--db", tmp_path / "a.db")
    assert (answer.exit_code, answer.stdout) == (0, "2 claims on 1 voice came in.\n")
    assert "@one" in renown("rank", "--db", tmp_path / "a.db").stdout


def test_a_bad_row_keeps_everything_out(figures, tmp_path):
    """Each bad row is named with line, column and reason, the exit code is 1, and nothing is kept."""
    answer = renown("import", figures(BAD), "--db", tmp_path / "a.db")
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert answer.stderr.splitlines() == [
        "figures.csv: line 4, column value: 500 is off the scale 1 to 100.",
        "figures.csv: line 5, column date: 2999-01-01 is in the future",
        "renown: 2 rows of 4 refused; nothing was kept. Correct them, or keep the others with --keep-good.",
    ]
    assert _is_empty(tmp_path / "a.db")


def test_good_rows_are_kept_when_asked_for(figures, tmp_path):
    """With --keep-good the others come in, and how many of how many is said."""
    answer = renown("import", figures(BAD), "--keep-good", "--db", tmp_path / "a.db")
    assert answer.exit_code == 0
    assert answer.stdout == "2 of 4 rows are good; the others are left out.\n2 claims on 1 voice came in.\n"
    assert "line 4, column value" in answer.stderr
    assert not _is_empty(tmp_path / "a.db")


def test_dry_run_keeps_nothing(figures, tmp_path):
    """A dry run says what would come in, and keeps nothing."""
    answer = renown("import", figures(GOOD), "--dry-run", "--db", tmp_path / "a.db")
    assert answer.exit_code == 0
    assert answer.stdout == "2 claims on 1 voice would come in. Nothing was kept: this was a dry run.\n"
    assert _is_empty(tmp_path / "a.db")


def test_one_bad_file_keeps_the_others_out(figures, tmp_path):
    """Files come in together or not at all."""
    other = tmp_path / "other.csv"
    other.write_text("handle,provider\n")
    assert renown("import", figures(GOOD), other, "--db", tmp_path / "a.db").exit_code == 1
    assert _is_empty(tmp_path / "a.db")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "figures.csv is empty."),
        (b"\xff\xfe\x00", "figures.csv is not UTF-8"),
        ("handle,provider,metric,value,date\n", "figures.csv has no column 'citation'."),
        ("name,age\n", "figures.csv is no table of figures, declarations or vouches."),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line(figures, tmp_path, content, said):
    """What is wrong with a whole file is one line and the exit code 1, also with --keep-good."""
    answer = renown("import", figures(content), "--keep-good", "--db", tmp_path / "a.db")
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert answer.stderr.startswith(f"renown: {said}")
    assert answer.stderr.count("\n") == 1


@pytest.mark.parametrize("path", ["nowhere.csv", "."])
def test_a_path_that_is_no_file_is_one_line(tmp_path, path):
    """A missing file and a folder are said to be unreadable."""
    answer = renown("import", path, "--db", tmp_path / "a.db")
    assert answer.exit_code == 1
    assert answer.stderr.startswith(f"renown: {path} cannot be read: ")


def test_a_large_file_comes_in_whole(figures, tmp_path):
    """More claims than are kept at once all come in."""
    rows = "".join(f"v{n},klout,score,{1 + n % 100},2012-01-01,a page\n" for n in range(5_100))
    answer = renown("import", figures(HEADER + rows), "--db", tmp_path / "a.db")
    assert answer.stdout == "5,100 claims on 5,100 voices came in.\n"
    assert "of 5,100 voices held" in renown("rank", "--minimum-providers", 1, "--db", tmp_path / "a.db").stdout
