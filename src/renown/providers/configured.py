"""What a provider needs before it can be asked: where, and with which secrets. The one place that knows."""

from renown.providers.contract import Asked
from renown.settings import Settings


def base_url_of(provider: Asked, settings: Settings) -> str | None:
    """Where it is asked: by the settings, else by its own declaration."""
    declaration = provider.declaration
    return settings.provider(declaration.slug).base_url or declaration.base_url


def missing_setting(provider: Asked, settings: Settings) -> tuple[str, str] | None:
    """What it lacks, in words, and the setting that would give it; None where it can be asked."""
    declaration = provider.declaration
    given, prefix = settings.provider(declaration.slug), f"RENOWN_PROVIDERS__{declaration.slug.upper()}__"
    if not base_url_of(provider, settings):
        return "base URL", f"{prefix}BASE_URL"
    for secret in declaration.secrets:
        if not getattr(given, secret):
            return secret, f"{prefix}{secret.upper()}"
    return None
