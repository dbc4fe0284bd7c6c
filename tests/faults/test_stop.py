"""SIGTERM under load, with open streams: no acknowledged step is lost, and clients come back.

With GRADWALK_NIGHTLY=1 the server is stopped 30 times instead of twice; `-s` prints the figures.
"""

from __future__ import annotations

import json
import socket
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.app.forked import Forked, forked
from tests.app.sockets import Wire
from tests.faults.listeners import ENDLESS, listen
from tests.faults.nightly import rounds
from tests.faults.steppers import iteration, make, stepping

STOPS = rounds(2, 30)
CLIENTS, STREAMS = 6, 4
# In seconds: until the server has ended, and until clients have an answer of the next one.
ENDED, AGAIN = 12.0, 15.0


def test_a_stop_under_load_loses_nothing(tmp_path: Path) -> None:
    place = ("--database", f"sqlite:///{tmp_path / 'store'}", "--port", str(_free_port()))
    with ExitStack() as servers:
        server = servers.enter_context(forked(*place))
        with stepping(server, CLIENTS) as crowd:
            for _ in range(STOPS):
                networks = [make(server) for _ in range(STREAMS)]
                lines = [listen(server, f"/networks/{one}/train", ENDLESS) for one in networks]
                crowd.again()
                crowd.gap()
                took = _stop(server)
                told = [_last(line) for line in lines]
                servers.pop_all().close()
                server = servers.enter_context(forked(*place))
                crowd.again()
                gap = crowd.gap()
                print(f"ended in {took:.2f} s, clients waited {gap:.2f} s")  # noqa: T201
                assert took < ENDED
                assert gap < AGAIN
                for network, last in zip(networks, told, strict=True):
                    assert last["stopped"] == "shutdown"
                    assert iteration(server, network) == last["iteration"] > 0
        print(f"{crowd.acknowledged()} steps, {dict(crowd.refused())}")  # noqa: T201


def _stop(server: Forked) -> float:
    began = time.monotonic()
    server.process.terminate()
    server.process.join(ENDED)
    return time.monotonic() - began


def _last(line: Wire) -> dict[str, Any]:
    """Return what the last event of a stream says."""
    said = line.rest().decode()
    line.close()
    found: dict[str, Any] = json.loads(said.rsplit("event: done\ndata: ", 1)[1].splitlines()[0])
    return found


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
