"""`renown schema`: the schema as text, and whether a file still is that text."""

from cli_stage import renown


def test_it_prints_what_it_writes(tmp_path):
    """What --out writes is what is printed, and --check finds it equal."""
    file = tmp_path / "schema.graphql"
    assert renown("schema", "--out", file).exit_code == 0
    assert file.read_text(encoding="utf-8") == renown("schema").stdout
    assert "type Query {" in file.read_text(encoding="utf-8")
    checked = renown("schema", "--check", file)
    assert (checked.exit_code, checked.stdout) == (0, "")


def test_a_file_that_differs_is_shown_with_its_difference(tmp_path):
    """One changed line: a short unified diff, one sentence, exit code 1."""
    file = tmp_path / "schema.graphql"
    file.write_text(renown("schema").stdout.replace("type Query {", "type Question {"), encoding="utf-8")
    answer = renown("schema", "--check", file)
    assert answer.exit_code == 1
    assert "-type Question {" in answer.stdout.splitlines()
    assert "+type Query {" in answer.stdout.splitlines()
    assert len(answer.stdout.splitlines()) < 12
    assert "Write it anew with `renown schema --out" in answer.stderr


def test_a_file_that_is_not_there_is_one_sentence(tmp_path):
    """A missing file is named."""
    answer = renown("schema", "--check", tmp_path / "none.graphql")
    assert answer.exit_code == 1
    assert "cannot be read: No such file or directory." in answer.stderr
