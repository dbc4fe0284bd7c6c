"""What can be set from outside: environment variables `GRADWALK_…`, or a TOML file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from app.embedders import embedders


class Settings(BaseSettings):
    """The server's settings. What is passed in code wins over the environment, that over the file.

    The TOML file is named by `GRADWALK_CONFIG`; without it, `gradwalk.toml` in the working folder.
    """

    model_config = SettingsConfigDict(env_prefix="GRADWALK_", extra="ignore", frozen=True)

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65_535)] = 8000
    base_path: str = ""
    """Path under which a proxy serves everything, such as `/gradwalk`."""
    hosts: str | None = None
    """Names that it may be reached under, joined by commas; `*` is any. Addresses and names that
    no site can have, such as localhost, are accepted too; by default no others where it listens on
    this machine alone, else any."""
    public_url: str | None = None
    """Address that links are written with, where the request's own Host should not be trusted."""
    embedders: str = "*"
    """Sites that may show `/embed/…` in a frame and speak with it: origins such as
    `https://moodle.example` or `https://*.example.org`, joined by commas; `*` is any, and without
    one it is this site alone."""
    development: bool = False
    """Serve static files without a year of caching, so that an edit shows on reload."""
    database: str | None = None
    """`sqlite:///PATH` or `postgresql://…`; without it, a file in the user's data directory."""
    database_bytes: Annotated[int, Field(ge=1_000_000)] = 10_000_000_000
    """How large a file of SQLite may grow; then writes are refused, reads and deletions go on."""
    workers: Annotated[int, Field(ge=1, le=64)] = 1
    """Processes that serve; more than one needs PostgreSQL."""
    redis: str | None = None
    """Redis that carries news between workers and hosts in place of PostgreSQL's NOTIFY, such as
    `redis://host:6379`; needs gradwalk[redis]."""
    hosted: bool = False
    """Switch on the limits for a server that is open to everyone."""
    computation_seconds: Annotated[float, Field(gt=0, le=3600)] = 10.0
    """How long the computation of one request may take."""
    training_seconds: Annotated[float, Field(gt=0)] = 3600.0
    """How long one stream may train."""
    cluster: Annotated[str, Field(pattern=r"^(tcp|tls|ws|wss)://[^\s]+$")] | None = None
    """Scheduler of a Dask cluster that trains the runs of sweeps, such as `tcp://host:8786`; needs
    gradwalk[cluster]. Without one, processes of this machine do."""
    sweep_processes: Annotated[int, Field(ge=1, le=256)] | None = None
    """Processes of this machine that train the runs of sweeps; by default one less than it has
    cores."""
    lessons: str | None = None
    """Folder with lessons of one's own, served beside the built-in ones."""
    keep_days: Annotated[float, Field(gt=0)] = 30.0
    """After how many days without use a network is deleted."""

    log: Literal["text", "json"] = "text"
    """`json`: one object a line for every message and request, with the id of the request."""
    metrics_port: Annotated[int, Field(ge=1, le=65_535)] | None = None
    """Port of this machine at which Prometheus finds `/metrics`; needs gradwalk[metrics]."""

    limits: dict[str, Annotated[int, Field(ge=1, le=2**53)]] = {}
    """Limits other than the default ones, as JSON such as `{"rows": 20000}`, or a table `[limits]`
    of the file: docs/limits.md."""

    @field_validator("embedders")
    @classmethod
    def _are_sites(cls, given: str) -> str:
        embedders(given)
        return given

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        file = Path(os.environ.get("GRADWALK_CONFIG", "gradwalk.toml"))
        toml = TomlConfigSettingsSource(settings_cls, toml_file=file)
        return (init_settings, env_settings, dotenv_settings, file_secret_settings, toml)
