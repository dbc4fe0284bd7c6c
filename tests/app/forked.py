"""The server as a process of its own that is there in no time: forked off one that has imported it.

What a start costs is its imports, about a second; nothing else is shared, so that a process can be
killed or told to stop like any other.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess

from app.cli import main
from tests.app.process import Address, announced

# Of a process that does not end when told to, in seconds.
PATIENCE = 15
STARTED = multiprocessing.get_context("forkserver")
STARTED.set_forkserver_preload(["app.cli", "app.serving", "tests.app.forked"])


@dataclass(frozen=True)
class Forked(Address):
    process: ForkServerProcess


@contextmanager
def forked(*arguments: str) -> Iterator[Forked]:
    """Run `gradwalk serve` with arguments on a free port, and stop it at the end."""
    told, tells = STARTED.Pipe(duplex=False)
    process = STARTED.Process(target=_serve, args=(tells, arguments))
    process.start()
    tells.close()
    try:
        with os.fdopen(os.dup(told.fileno())) as output:
            yield Forked(announced(output.readline()), process)
    finally:
        told.close()
        process.terminate()
        process.join(PATIENCE)
        assert process.exitcode is not None, "the server does not stop"
        process.close()


def _serve(output: Connection, arguments: tuple[str, ...]) -> None:
    """What it prints goes to `output`, as if that were a terminal's."""
    os.dup2(output.fileno(), 1)
    output.close()
    raise SystemExit(main(["serve", "--port", "0", *arguments]))
