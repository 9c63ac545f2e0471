"""The README's table of settings is that of settings.py."""

import re
import tomllib

import pytest
from documents import read, said, section
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from renown.settings import ProviderSettings, Settings

_PREFIX = "RENOWN_"
_ONE_PROVIDER = "RENOWN_PROVIDERS__KLOUT__"


def _names(model: type[BaseModel], prefix: str) -> dict[str, FieldInfo]:
    return {prefix + name.upper(): field for name, field in model.model_fields.items() if name != "providers"}


def _row(name: str, field: FieldInfo) -> str:
    default = f"{field.default:g}" if isinstance(field.default, float) else field.default
    return f"| `{name}` | {'' if default is None else f'`{default}`'} | {field.description} |"


_EVERY = {**_names(Settings, _PREFIX), **_names(ProviderSettings, _ONE_PROVIDER)}


@pytest.mark.parametrize("name", sorted(_EVERY))
def test_every_setting_stands_in_the_readme_with_its_default_and_help(name):
    """A setting's row in the README is its name, its default and its help, word for word."""
    assert _row(name, _EVERY[name]) in section("README.md", "Settings").splitlines()


def test_the_documents_name_no_setting_that_there_is_not():
    """Each RENOWN_ name in the documents and the compose file is read by the program, or by the tests."""
    named = set(re.findall(r"RENOWN_[A-Z_]+[A-Z]", said() + read("CONTRIBUTING.md") + read("docker-compose.yml")))
    providers = tomllib.loads(read("pyproject.toml"))["project"]["entry-points"]["renown.providers"]
    known = {name.replace("KLOUT", slug.upper()) for name in _EVERY for slug in providers}
    assert named - known == {"RENOWN_TEST_POSTGRES_URL", "RENOWN_TEST_REDIS_URL"}
