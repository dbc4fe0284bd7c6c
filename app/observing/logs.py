"""The log: text for people, or one JSON object a line for programs, with the request's id."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Any

import orjson

from app.observing.request_ids import current
from app.observing.requests import Done

requests = logging.getLogger("gradwalk.requests")


class JsonLines(logging.Formatter):
    """Writes time (UTC), level, logger, message and request id, and of a request what it was."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line; of an error with its traceback as a field."""
        when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {
            "time": when, "level": record.levelname.lower(), "logger": record.name,
            "message": record.getMessage(),
        }  # fmt: skip
        if current.get():
            line["request_id"] = current.get()
        line |= getattr(record, "request", {})
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return orjson.dumps(line).decode()


def log_request(done: Done) -> None:
    """Write down a request that has ended: no address of a client, no id of a network."""
    told = {
        "method": done.method, "route": done.route, "status": done.status,
        "milliseconds": round(1000 * done.seconds, 2), "bytes": done.sent,
        "complete": done.complete,
    }  # fmt: skip
    message = f"{done.method} {done.route} {done.status}"
    requests.info(message, extra={"request": told})


def configuration(form: str) -> dict[str, Any]:
    """Return what `logging.config.dictConfig` takes: requests are told of in JSON alone."""
    formatters: dict[str, Any] = {
        "text": {"format": "%(levelname)s %(name)s: %(message)s"},
        "json": {"()": JsonLines},
    }
    own = {"handlers": ["stderr"], "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": formatters,
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler", "formatter": form, "stream": "ext://sys.stderr",
            },
        },
        "loggers": {
            "uvicorn": {**own, "level": "WARNING"},
            "gradwalk": {**own, "level": "INFO"},
        },
    }  # fmt: skip
