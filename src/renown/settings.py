"""Every setting, with its help. Read from `RENOWN_*` variables and from a `.env` file in the working folder.

A provider's settings are nested: `RENOWN_PROVIDERS__KLOUT__BASE_URL=http://127.0.0.1:8101/v2`.
"""

import json
import os
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


class ProviderSettings(BaseModel):
    """Where to ask one provider, and with which credentials."""

    base_url: str | None = Field(
        None,
        description="Root of its API. Without one the provider is not asked; what is held of it still counts.",
    )
    key: SecretStr | None = Field(None, description="API key (Kred: app_key). Never leaves the settings.")
    app_id: SecretStr | None = Field(None, description="Application id, for a provider that has one (Kred).")
    api: str | None = Field(
        None,
        description="Generation of its API: Klout v2 or v1, PeerIndex c, b or a. Default: the first named.",
    )
    quota: int | None = Field(
        None, ge=0, description="Calls a day (UTC) by all processes together. Default: what the provider declares."
    )
    pace: float | None = Field(
        None, gt=0, description="Calls a second. Default: what the provider declares, pace_per_second at most."
    )
    topics: bool | None = Field(
        None,
        description="Whether to spend one more call a voice on its topics. Default: PeerIndex yes, Klout no.",
    )
    graph: bool | None = Field(
        None,
        description="Whether to spend one more call a voice on whom it influences and who influences it. Default: no.",
    )


class Settings(BaseSettings):
    """The whole configuration of one process."""

    model_config = SettingsConfigDict(
        env_prefix="RENOWN_", env_nested_delimiter="__", env_file=".env", extra="ignore", frozen=True
    )

    database_url: str = Field(
        "sqlite:///renown.db",
        description="SQLAlchemy URL of the store: SQLite, or postgresql+asyncpg://... with the extra `postgres`.",
    )
    cache_url: str | None = Field(
        None,
        description="Valkey or Redis shared by all processes: redis://, rediss:// or valkey://. None: memory.",
    )
    notice_seconds: float = Field(
        0.25,
        ge=0,
        description="How long what another process wrote to the store may go unseen. 0: the store is asked each time.",
    )
    cache_entries: int = Field(100_000, ge=1, description="How many entries the cache in memory holds at most.")
    response_cache_bytes: int = Field(
        64_000_000, ge=0, description="How many bytes of whole answers are kept in memory at most; 0 keeps none."
    )
    deadline_seconds: float = Field(
        2.0,
        gt=0,
        description="How long one query waits for all providers together before it answers without.",
    )
    unknown_for_seconds: float = Field(
        3600.0, gt=0, description="How long it is remembered that a provider does not know somebody."
    )
    retry_after_seconds: float = Field(
        30.0, gt=0, description="How long a provider's failure is remembered before it is asked again."
    )
    pace_per_second: float = Field(10.0, gt=0, description="Calls a second to each provider, unless it declares less.")
    breaker_failures: int = Field(
        5, ge=1, description="After so many failed calls in a row a provider is left alone for a while."
    )
    breaker_seconds: float = Field(
        30.0, gt=0, description="How long that is; then one call tries whether the provider is back."
    )
    max_connections: int = Field(
        50, ge=1, description="Most connections open to all providers at once; a call beyond them waits its deadline."
    )
    body_limit_bytes: int = Field(1_000_000, gt=0, description="Largest reply of a provider, after decompression.")
    public_url: str = Field(
        "http://127.0.0.1:8000",
        description="Where this gateway is seen from outside; used in links to locks.",
    )
    max_depth: int = Field(16, gt=0, description="Deepest nesting of a GraphQL operation.")
    max_aliases: int = Field(30, gt=0, description="Most aliases in a GraphQL operation.")
    max_tokens: int = Field(2_000, gt=0, description="Most tokens in a GraphQL document.")
    max_entries: int = Field(
        10_000, gt=0, description="Most entries an operation can answer with, pages within pages multiplied."
    )
    max_page: int = Field(100, gt=0, description="Most entries on one page of a connection.")
    log_format: str = Field("console", pattern="^(console|json)$", description="`console` or `json`.")
    provider_files: Annotated[tuple[Path, ...], NoDecode] = Field(
        (),
        description="TOML files that describe further providers: a JSON list, or paths with `:` (Windows `;`) between.",
    )
    engine: Literal["duckdb", "spark"] = Field(
        "duckdb",
        description="What counts the engine's interactions: `duckdb`, in this process, or `spark`, with that extra.",
    )
    spark_master: str = Field("local[*]", description="The Spark that counts: `local[*]`, or a cluster's URL.")
    engine_file: Path = Field(
        Path("renown-engine.duckdb"),
        description="The engine's working file: the interactions that `renown engine ingest` read.",
    )
    engine_vocabulary: Annotated[tuple[Path, ...], NoDecode] = Field(
        (),
        description="CSV files of the topics that posts are matched with, in the place of our own: a vocabulary, or "
        "Klout's two, listed as RENOWN_PROVIDER_FILES are.",
    )
    engine_sensitive_topics: bool = Field(
        False,
        description="Whether the engine says who speaks on sensitive topics: health, religion, sexuality, ethnicity, "
        "political leaning.",
    )
    providers: dict[str, ProviderSettings] = Field(
        default_factory=dict, description="One entry a provider, by its slug; see ProviderSettings."
    )

    @field_validator("provider_files", "engine_vocabulary", mode="before")
    @classmethod
    def _listed(cls, given: Any) -> Any:
        if not isinstance(given, str):
            return given
        if given.lstrip().startswith("["):
            return json.loads(given)
        return [path for path in given.split(os.pathsep) if path]

    def provider(self, slug: str) -> ProviderSettings:
        """The settings of one provider; empty ones where nothing is set."""
        return self.providers.get(slug) or ProviderSettings()  # pyright: ignore[reportCallIssue]


def sqlite_url(path: Path) -> str:
    """The database URL of a SQLite file."""
    return f"sqlite:///{path}"
