"""Who is told of requests, by the settings."""

from __future__ import annotations

from app.observing.logs import log_request
from app.observing.metrics import Metrics, check_metrics
from app.observing.requests import Told
from app.settings import Settings


def observers(settings: Settings) -> list[Told]:
    """Return who is told of every request: the log, and the numbers.

    Raises OSError where a package is missing.
    """
    told: list[Told] = [log_request] if settings.log == "json" else []
    if settings.metrics_port is not None:
        check_metrics()
        told.append(Metrics())
    return told
