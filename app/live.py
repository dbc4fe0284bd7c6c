"""Networks that are ready to compute: a cache of what is stored, never the only copy."""

from __future__ import annotations

import asyncio
import math
from collections import OrderedDict
from dataclasses import dataclass, field, replace

from app.store.ids import Hashed
from app.store.networks import Stored
from app.training.session import Session
from app.training.spec import Spec
from app.training.state import State

MOST = 2_000
MOST_BYTES = 500_000_000


@dataclass(slots=True, eq=False)
class Live:
    """A session and the row that it stands at; `busy` is held by whoever computes with it.

    `checkpoint` is the last iteration at or before this one that has a checkpoint; `looked` is the
    version and the iteration that was looked at last, and a session there; `seconds` is how long
    one step took last. Once it is `ahead`, its session is not where the row is.
    """

    row: Stored
    session: Session
    checkpoint: int
    looked: tuple[int, int, Session] | None = None
    busy: asyncio.Lock = field(default_factory=asyncio.Lock)
    seconds: float = math.inf
    ahead: bool = False

    @property
    def size(self) -> int:
        """About how many bytes it takes: parameters, and the buffers of its plans."""
        return 20_000 + 4 * len(self.row.parameters) + len(self.row.spec)

    def stored(self) -> Live:
        """Return the network as it is stored; during a training its session is ahead of that."""
        state, row = self.session.state, self.row
        if (state.iteration, state.phase) == (row.iteration, row.phase):
            return self
        return replace(self, session=self.session.moved(self.session.spec, state_of(row)))


class Lives:
    """The networks used last."""

    def __init__(self, most: int = MOST, most_bytes: int = MOST_BYTES) -> None:
        self._lives: OrderedDict[Hashed, Live] = OrderedDict()
        self._most, self._most_bytes, self._bytes = most, most_bytes, 0

    def get(self, network: Hashed) -> Live | None:
        """Return a network, and count it as used."""
        found = self._lives.get(network)
        if found is not None:
            self._lives.move_to_end(network)
        return found

    def put(self, live: Live) -> None:
        """Keep a network, and let those go that were not used for longest."""
        self.drop(live.row.id)
        self._lives[live.row.id] = live
        self._bytes += live.size
        while len(self._lives) > self._most or (
            self._bytes > self._most_bytes and len(self._lives) > 1
        ):
            self.drop(next(iter(self._lives)))

    def drop(self, network: Hashed) -> None:
        """Forget a network; it is read from the store when it is wanted again."""
        found = self._lives.pop(network, None)
        if found is not None:
            self._bytes -= found.size


def resume(row: Stored, checkpoint: int = 0, known: Live | None = None) -> Live:
    """Return the network of a row; with what is known of an earlier one it shares its plans."""
    spec, state = Spec.load(row.spec), state_of(row)
    if known is None:
        return Live(row, Session.resume(spec, state), checkpoint)
    session = known.session.moved(spec, state)
    seconds = known.seconds if session.model is known.session.model else math.inf
    return Live(row, session, checkpoint, busy=known.busy, seconds=seconds)


def state_of(row: Stored) -> State:
    """Return the state that a row stands for."""
    return State(row.iteration, row.phase, row.parameters, row.before, row.furthest)
