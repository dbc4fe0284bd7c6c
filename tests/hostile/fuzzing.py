"""What Schemathesis is told of this API: which networks there are, and not to train for hours."""

from __future__ import annotations

import os
from typing import Any

import schemathesis

NETWORK = os.environ.get("GRADWALK_FUZZED_NETWORK", "")
ITERATIONS = 20
LASTING = ("/train", "/comparisons", "/sweeps")
LONGEST = 4_000


@schemathesis.hook
def map_path_parameters(context: Any, path_parameters: dict[str, Any] | None) -> Any:
    """Ask for a network that there is; deleting is tried with ids that there are none of."""
    if path_parameters and "network" in path_parameters and context.operation.method != "delete":
        path_parameters["network"] = NETWORK
    return path_parameters


@schemathesis.hook
def filter_query(_context: Any, query: dict[str, Any] | None) -> bool:
    """Leave out addresses so long that the server refuses them before the application."""
    return len(str(query)) < LONGEST


@schemathesis.hook
def map_body(context: Any, body: Any) -> Any:
    """Shorten trainings that would be accepted."""
    if context.operation.path.endswith(("/train", "/comparisons", "/sweeps")) and isinstance(
        body, dict
    ):
        for name in ("epochs", "iterations"):
            if isinstance(body.get(name), int) and body[name] > ITERATIONS:
                body[name] = ITERATIONS
    return body
