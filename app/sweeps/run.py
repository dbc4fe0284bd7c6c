"""One run of a sweep, as a worker trains it: a spec goes in, numbers and texts come out."""

from __future__ import annotations

import hashlib
import math
import os
import time
from collections.abc import Mapping
from pathlib import Path
from threading import Thread
from typing import Any

from app import __version__, wire
from app.training.comparison import Contestant
from app.training.session import Session
from app.training.spec import Spec

# A worker gives way to the server on the same machine.
NICER = 5
WATCHED = 1.0
# So often a run looks whether anybody still wants it, in seconds.
LOOKS = 0.5
# What an event of a cluster is called by that says it; without it, it is a file.
EVENT = "gradwalk-unwanted:"
KEPT = ("accuracy", "held_out_loss", "held_out_accuracy", "node", "curve")


class Unwanted(Exception):
    """Nobody waits for this run any more."""


class OtherVersion(Exception):
    """The worker has another version of the program than the server, and might train otherwise."""


def serve(server: int) -> None:
    """Prepare a process that trains for a server: it gives way to it, and ends when that ends."""
    if hasattr(os, "nice"):
        os.nice(NICER)
    Thread(target=_end_with, args=(server,), daemon=True).start()


def _end_with(server: int) -> None:
    # Who has lost its parent belongs to another one.
    while os.getppid() == server:
        time.sleep(WATCHED)
    os._exit(1)


def _come(unwanted: str) -> bool:
    if not unwanted.startswith(EVENT):
        return Path(unwanted).exists()
    import distributed

    event: Any = distributed.Event(unwanted)  # type: ignore[no-untyped-call]
    try:
        return bool(event.is_set())
    except OSError:
        return False  # A scheduler that does not answer has not said so.


def trained(
    stored: Mapping[str, Any], iterations: int, version: str, unwanted: str = ""
) -> dict[str, Any]:
    """Train what `Spec.dump` wrote for so many iterations, and return a row of the sweep's table.

    Raises Unwanted once there is a file of that name, or the cluster's event has come.
    The same spec gives the same row on every worker of the same kind, but for `seconds`.
    """
    if version != __version__:
        raise OtherVersion(f"The server has version {version}, this worker {__version__}.")
    began = time.perf_counter()
    one = Contestant(Session.begin(Spec.load(stored)), iterations)
    while one.runs:
        one.advance(LOOKS if unwanted else math.inf)
        if unwanted and _come(unwanted):
            raise Unwanted
    told, final = one.told(), one.final()
    state = one.session.state
    return {
        **{name: told[name] for name in KEPT if name in told},
        **final,
        "state": "diverged" if "stopped" in told else "done",
        "iterations": state.iteration,
        "best": one.best(),
        "diverged_at": told.get("at"),
        "seconds": wire.numbers(time.perf_counter() - began),
        "parameters": hashlib.sha256(state.parameters_blob).hexdigest(),
    }
