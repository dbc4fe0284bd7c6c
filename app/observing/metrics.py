"""Numbers for Prometheus, on a port of their own: how many requests, how long, of which kind."""

from __future__ import annotations

import os
import tempfile
from importlib.util import find_spec
from typing import TYPE_CHECKING

from app.observing.requests import Done

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60)
# Where several processes put their numbers together; the library reads this at its import.
SHARED = "PROMETHEUS_MULTIPROC_DIR"
NEEDED = "Metrics need the package prometheus-client; install gradwalk[metrics]."


class Metrics:
    """Counts requests by method, route and status, and their seconds by route."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Counter, Histogram

        self.registry = CollectorRegistry()
        self.requests = Counter(
            "gradwalk_requests", "Requests answered", ["method", "route", "status"],
            registry=self.registry,
        )  # fmt: skip
        self.seconds = Histogram(
            "gradwalk_request_seconds", "Time to the end of an answer", ["route"],
            buckets=SECONDS, registry=self.registry,
        )  # fmt: skip
        self.broken = Counter(
            "gradwalk_requests_broken_off", "Answers whose client left", ["route"],
            registry=self.registry,
        )  # fmt: skip

    def __call__(self, done: Done) -> None:
        """Count a request that has ended."""
        self.requests.labels(done.method, done.route, done.status).inc()
        self.seconds.labels(done.route).observe(done.seconds)
        if not done.complete:
            self.broken.labels(done.route).inc()


def check_metrics() -> None:
    """Raise OSError with a sentence where the package is missing."""
    if find_spec("prometheus_client") is None:
        raise OSError(NEEDED)


def serve_metrics(metrics: Metrics, host: str, port: int) -> None:
    """Serve the numbers of this process at `http://HOST:PORT/metrics`; raises OSError."""
    _serve(metrics.registry, host, port)


def share_metrics(host: str, port: int) -> None:
    """Serve the numbers of all processes that are started from now on; raises OSError."""
    os.environ[SHARED] = tempfile.mkdtemp(prefix="gradwalk-metrics-")
    from prometheus_client import CollectorRegistry, multiprocess

    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    _serve(registry, host, port)


def _serve(registry: CollectorRegistry, host: str, port: int) -> None:
    from prometheus_client import start_http_server

    try:
        start_http_server(port, host, registry)
    except OSError as error:
        reason = error.strerror or error
        raise OSError(f"Metrics cannot be served on port {port}: {reason}.") from error
