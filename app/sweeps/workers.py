"""Where runs are trained: processes of this machine, or the workers of a Dask cluster.

Both take a function and its arguments, and give a future. What travels is our own function by its
name, and plain JSON that has been checked; nothing of a user's is ever unpickled.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import suppress
from pathlib import Path
from threading import Lock, Timer
from typing import Any

from joblib.externals import loky

from app.settings import Settings
from app.store.ids import new_id
from app.sweeps.run import EVENT, LOOKS, serve

# One thread per product of matrices: runs are side by side already.
SINGLE = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
# Processes that have nothing to do end after so many seconds.
IDLE = 10
CONNECTING = 5
CLEARED = 60 * LOOKS


class Workers:
    """An executor that is made when it is needed, and anew after it has broken.

    Its methods block for a moment, or for some seconds where a cluster does not answer: they are
    called from a thread.
    """

    def __init__(self, settings: Settings) -> None:
        self._cluster = settings.cluster
        self._processes = settings.sweep_processes or max(1, (os.cpu_count() or 1) - 1)
        self._lock = Lock()
        self._executor: Executor | None = None
        self._client: Any = None
        self._unwanted = Path(tempfile.gettempdir(), f"gradwalk-{new_id()}")

    def mark(self, name: str) -> str:
        """Return what tells runs that they are not wanted: a file, or an event of the cluster."""
        return str(self._unwanted / name) if self._cluster is None else f"{EVENT}{name}"

    def leave(self, name: str) -> None:
        """Let runs with this mark end soon, wherever they are trained."""
        if self._cluster is None:
            with suppress(OSError):
                self._unwanted.mkdir(mode=0o700, exist_ok=True)
                (self._unwanted / name).touch()
            return
        with self._lock:
            if self._client is None or self._client.status != "running":
                return  # What it trained ends with it.
            event = self._event(name)
            event.set()
            # The scheduler keeps an event until it is cleared; by then every run has looked.
            clearing = Timer(CLEARED, self._clear, (event,))
            clearing.daemon = True
            clearing.start()

    def count(self) -> int:
        """Return how many runs can be trained at once; 0 while a cluster has no worker."""
        with self._lock:
            self._open()
            return sum(self._client.nthreads().values()) if self._client else self._processes

    def submit(self, work: Callable[..., Any], *arguments: object) -> Future[Any]:
        """Hand work to a worker; a future whose worker has died raises."""
        with self._lock:
            executor = self._open()
            try:
                return executor.submit(work, *arguments)
            except (loky.BrokenProcessPool, RuntimeError):
                self._drop()
                return self._open().submit(work, *arguments)

    def rest(self) -> None:
        """Let processes of this machine end, as no run is wanted; a cluster is another's."""
        if self._cluster is None:
            self.close()

    def close(self) -> None:
        """Let go of the workers; processes of this machine end, whatever they do."""
        with self._lock:
            self._drop()
            shutil.rmtree(self._unwanted, ignore_errors=True)

    def _open(self) -> Executor:
        if self._client is not None and self._client.status != "running":
            self._drop()
        if self._executor is None:
            self._executor = self._processes_here() if self._cluster is None else self._connected()
        return self._executor

    def _event(self, name: str) -> Any:
        import distributed

        make: Any = distributed.Event
        return make(f"{EVENT}{name}", client=self._client)

    def _clear(self, event: Any) -> None:
        # Without the client, the scheduler keeps a name and a flag.
        with suppress(Exception):
            event.clear()

    def _drop(self) -> None:
        executor, client = self._executor, self._client
        self._executor = self._client = None
        if client is not None:
            client.close(timeout=CONNECTING)
        elif executor is not None:
            _end(executor)

    def _processes_here(self) -> Executor:
        made: Executor = loky.ProcessPoolExecutor(
            self._processes, timeout=IDLE, initializer=serve, initargs=(os.getpid(),), env=SINGLE
        )
        return made

    def _connected(self) -> Executor:
        import distributed

        connect: Any = distributed.Client
        self._client = connect(self._cluster, timeout=CONNECTING, set_as_default=False)
        # What is equal is trained again all the same: a key of its own for each.
        made: Executor = self._client.get_executor(pure=False)
        return made


def _end(executor: Any) -> None:
    executor.shutdown(wait=True, kill_workers=True)
