"""The README's table of settings is that of settings.py."""

import re
import tomllib

import pytest
from documents import blocks_of, read, said, section
from renewed import setting_rows

_ROWS = setting_rows()
_INVENTED = "acme"  # the provider of the examples


@pytest.mark.parametrize("name", sorted(_ROWS))
def test_every_setting_stands_in_the_readme_with_its_default_and_help(name):
    """A setting's row in the README is its name, its default and its help, word for word."""
    assert _ROWS[name] in section("README.md", "Settings").splitlines()


def test_the_documents_name_no_setting_that_there_is_not():
    """Each RENOWN_ name in the documents and the compose file is read by the program, or by the tests."""
    named = set(re.findall(r"RENOWN_[A-Z_]+[A-Z]", said() + read("CONTRIBUTING.md") + read("docker-compose.yml")))
    providers = tomllib.loads(read("pyproject.toml"))["project"]["entry-points"]["renown.providers"]
    described = {tomllib.loads(block.text)["slug"] for block in blocks_of("toml") if block.text.startswith("slug")}
    known = {name.replace("KLOUT", slug.upper()) for name in _ROWS for slug in (*providers, *described)}
    assert named - known == {"RENOWN_TEST_POSTGRES_URL", "RENOWN_TEST_REDIS_URL"}
