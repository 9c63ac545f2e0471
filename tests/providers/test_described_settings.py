"""Described providers in the settings: found, live or not, left out and named where broken; and what goes out."""

import json
import os
import time

import pytest
from described_files import ACME, PIRELLI, changed
from loopback import serving
from pydantic import SecretStr, ValidationError
from starlette.responses import JSONResponse, RedirectResponse
from structlog.testing import capture_logs

from making import NOON
from renown.errors import InvalidReply
from renown.providers import ProviderState, Registry
from renown.providers.github import GitHub
from renown.providers.transport import Transport
from renown.settings import ProviderSettings, Settings


@pytest.fixture
def acme_file(tmp_path):
    """A file on disk."""
    path = tmp_path / "acme.toml"
    path.write_text(ACME, encoding="utf-8")
    return path


def loaded(*files, **acme):
    """The registry with these files, and these settings of the provider."""
    return Registry.load(Settings(_env_file=None, provider_files=files, providers={"acme": ProviderSettings(**acme)}))


def test_a_file_in_the_settings_is_a_provider(acme_file):
    """It is live once its key is set; until then the absence names the setting."""
    registry = loaded(acme_file, key="s3cr3t")
    assert registry.state("acme") is ProviderState.LIVE
    without = loaded(acme_file)
    assert without.state("acme") is ProviderState.NOT_CONFIGURED
    absence = without.why_absent("acme", PIRELLI.key, NOON)
    assert absence.message == "Acme is not asked: it has no key. Set RENOWN_PROVIDERS__ACME__KEY."


def test_without_secrets_a_file_is_enough(acme_file):
    """Its own base URL counts where nothing else is needed."""
    acme_file.write_text(changed(('[[auth]]\nin = "bearer"\n', "")), encoding="utf-8")
    assert loaded(acme_file).state("acme") is ProviderState.LIVE


def test_a_broken_file_is_left_out_and_named(acme_file, tmp_path):
    """Broken, missing, or a name that is taken: reported by path, and the others are there."""
    broken, taken = tmp_path / "broken.toml", tmp_path / "taken.toml"
    broken.write_text("slug = 5", encoding="utf-8")
    taken.write_text(changed(('"acme"', '"kred"')), encoding="utf-8")
    with capture_logs() as logs:
        registry = loaded(broken, tmp_path / "gone.toml", taken, acme_file)
    assert "acme" in registry.slugs
    assert list(registry.failed) == [str(broken), str(tmp_path / "gone.toml"), str(taken)]
    assert "line 1, key slug" in registry.failed[str(broken)]
    assert "'kred' is already there" in registry.failed[str(taken)]
    assert {line["event"] for line in logs} == {"provider.not_loaded"}


@pytest.mark.parametrize("text", ['["a.toml", "b.toml"]', os.pathsep.join(["a.toml", "b.toml"])])
def test_files_are_a_json_list_or_paths(monkeypatch, text):
    """Both ways of writing the setting give the same paths, in order."""
    monkeypatch.setenv("RENOWN_PROVIDER_FILES", text)
    assert [str(path) for path in Settings(_env_file=None).provider_files] == ["a.toml", "b.toml"]


def test_a_list_that_is_no_json_is_a_bad_setting(monkeypatch):
    """It is refused as a setting, not as a crash."""
    monkeypatch.setenv("RENOWN_PROVIDER_FILES", '["a.toml"')
    with pytest.raises(ValidationError, match="provider_files"):
        Settings(_env_file=None)


async def _send(settings, provider):
    """What comes back for one account over the wire."""
    transport = Transport(settings)
    try:
        (request,) = provider.requests([PIRELLI], {})
        return await transport.send(provider, request, time.monotonic() + 20)
    finally:
        await transport.close()


async def test_secret_headers_go_out_and_stay_unseen(acme_file, caplog):
    """The base URL of the settings is asked, with the bearer token, which is in no log, URL or reply."""
    caplog.set_level("DEBUG")
    seen = []

    async def answer(request):
        seen.append(request.headers.get("authorization"))
        return JSONResponse({"handle": "PirelliUK", "score": 5})

    with serving(answer) as base_url:
        given = {"acme": ProviderSettings(base_url=base_url, key=SecretStr("s3cr3t"))}
        settings = Settings(_env_file=None, provider_files=(acme_file,), providers=given)
        reply = await _send(settings, Registry.load(settings).provider("acme"))
    assert seen == ["Bearer s3cr3t"]
    assert json.loads(reply.body)["score"] == 5
    assert "s3cr3t" not in repr(reply) + caplog.text


async def test_secret_headers_go_to_no_other_host():
    """GitHub's token is sent to its own host, and nothing at all where that redirects elsewhere."""
    strayed = []

    async def stray(request):
        strayed.append(dict(request.headers))
        return JSONResponse({})

    with serving(stray) as elsewhere:

        async def away(request):
            assert request.headers["authorization"] == "Bearer s3cr3t"
            return RedirectResponse(f"{elsewhere}/users/x")

        with serving(away) as base_url:
            given = ProviderSettings(base_url=base_url, key=SecretStr("s3cr3t"))
            settings = Settings(_env_file=None, providers={"github": given})
            with pytest.raises(InvalidReply, match="another host"):
                await _send(settings, GitHub(given))
    assert not strayed
