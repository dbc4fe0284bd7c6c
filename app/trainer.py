"""Where networks are computed and kept: threads beside the event loop, then one transaction.

A write reads a version, computes from it, and stores the next one with its answer; if another write
came first it begins anew. What a session has computed and nobody has stored is thrown away.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from anyio import CancelScope
from sqlalchemy import Connection
from starlette.responses import Response

from app import transactions
from app.computing import measured, timed
from app.errors import Refused
from app.idempotency import Running, Ticket, still_running
from app.lanes import Lane
from app.live import Live, Lives, resume
from app.saving import Saving
from app.settings import Settings
from app.store import answers, networks
from app.store.database import Database
from app.store.ids import Hashed
from app.store.networks import Stored
from app.store.problems import Taken
from app.transactions import Change
from app.turns import PATIENCE, Turns, busy
from app.versions import ANY, Wanted
from engine.sentence import say

T = TypeVar("T")
DAY = 24 * 3600.0
# Writes of so many bytes are committed by themselves.
HEAVY = 250_000
# Computations of so many seconds hold nobody up.
AT_ONCE = 0.002
# So often a write that others overtake is computed, however long that takes.
ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """What a write asks for beside its body: which versions it accepts, and its key."""

    wanted: Wanted = ANY
    ticket: Ticket | None = None


class Trainer:
    """Networks by id: read, computed with, written."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        stopping: Callable[[], bool],
    ) -> None:
        self.database, self.settings = database, settings
        self.turns, self.running, self.lives = Turns(), Running(), Lives()
        self.saving = Saving()
        # Steps that somebody waits for do not queue behind trainings.
        self._short, self._long = Lane("short"), Lane("long")
        self.stopping = stopping

    async def compute(self, work: Callable[..., T], *arguments: object, long: bool = False) -> T:
        """Run work in a thread when its turn comes; refuse it with 503 if too many wait.

        What is not long raises OutOfTime if it takes longer than one request may compute.
        """
        if long:
            return await self._long.run(work, *arguments)
        return await self._short.run(timed, self.settings.computation_seconds, work, *arguments)

    def close(self) -> None:
        """Let the threads end."""
        self._short.close()
        self._long.close()

    def deadline(self) -> float:
        """Return when a computation that begins now must be done, of `time.monotonic`."""
        return time.monotonic() + self.settings.computation_seconds

    async def live(self, network: Hashed, fresh: bool = False) -> Live:
        """Return a network ready to compute; `fresh`: as it is stored at this moment.

        Refuses with 404 an id that there is no network of.
        """
        found = self.lives.get(network)
        if found is not None and not (fresh or found.ahead):
            return found
        known = None if found is None or found.ahead else found.row.version
        stored, checkpoint = await self.database.read(
            partial(transactions.read, network=network, known=known)
        )
        if stored is None:
            self.lives.drop(network)
            raise unknown()
        if found is not None and stored.version == known:
            return found
        # Nobody may compute with what is taken over.
        async with nullcontext() if found is None else found.busy:
            live = await self.compute(resume, stored, checkpoint, found)
        newer = self.lives.get(network)
        if newer is not None and not newer.ahead and newer.row.version >= stored.version:
            return newer
        self.lives.put(live)
        return live

    async def look(self, network: Hashed, work: Callable[[Live], T]) -> T:
        """Compute an answer that changes nothing, from the network as it is stored now."""
        live = await self.live(network, fresh=True)
        async with live.busy:
            found: T = await self.compute(lambda: work(live.stored()))
        await self.used(live)
        return found

    async def write(
        self,
        network: Hashed,
        asked: Asked,
        work: Callable[[Live, Any], Change],
        read: Callable[[Connection, Stored], object] | None = None,
        brief: bool = False,
    ) -> Response:
        """Compute a change in the network's turn, and store it with its answer.

        `work` is given what `read` reads; `brief` says that it is the least that is ever asked
        for. Refuses with 412 a version that has moved, and with 409 if the turn does not come.
        """

        async def in_turn() -> Response:
            async with self.turns.of(network):
                return await self._attempt(network, asked, work, read, brief)

        return await self.once(asked.ticket, in_turn)

    async def _attempt(
        self,
        network: Hashed,
        asked: Asked,
        work: Callable[[Live, Any], Change],
        read: Callable[[Connection, Stored], object] | None,
        brief: bool,
    ) -> Response:
        """Compute and store, anew if another process has written first; for who has the turn."""
        until, attempts = time.monotonic() + PATIENCE, 0
        while attempts < ATTEMPTS or time.monotonic() < until:
            attempts += 1
            live = await self.current(network, asked.wanted)
            try:
                more = None
                if read is not None:
                    more = await self.database.read(_bound(read, live.row))
                async with live.busy:
                    change = await self.timed(live, partial(work, live, more), brief)
                await self.store(live, change, asked.ticket)
            except Taken:
                live.ahead = True
                found = await self.answered(asked.ticket) if asked.ticket else None
                if found is not None:
                    return found
            except BaseException:
                # Its session may have gone ahead of what is stored.
                self.lives.drop(network)
                raise
            else:
                return change.response
        raise busy()

    async def timed(self, live: Live, work: Callable[[], T], brief: bool, long: bool = False) -> T:
        """Compute in a thread, or at once what took less time last than the way to a thread.

        `brief` says that it is the least that is ever asked for.
        """
        if brief and live.seconds < AT_ONCE:
            found, live.seconds = measured(work)
            return found
        found, seconds = await self.compute(_warm, live, work, long=long)
        if brief:
            live.seconds = seconds
        return found

    async def current(self, network: Hashed, wanted: Wanted) -> Live:
        """Return a network that has a wanted version; refuse with 412 if it has not."""
        live = await self.live(network)
        if not wanted.matches(live.row.version):
            live = await self.live(network, fresh=True)
            wanted.check(live.row.version)
        return live

    async def store(self, live: Live, change: Change, ticket: Ticket | None) -> None:
        """Store a change and its answer; the network then stands at the new version."""
        save = partial(transactions.save, change=change, ticket=ticket, now=time.time())
        # Once begun it is seen to its end: the session must know what is stored.
        with CancelScope(shield=True):
            heavy = change.write.size > HEAVY
            live.row = await self.database.write(save, heavy, live.row.id)
        if change.write.checkpoints:
            live.checkpoint = change.write.checkpoints[-1].iteration
        self.lives.put(live)

    async def create(self, change: Change, ticket: Ticket | None) -> Response:
        """Store a new network and its answer."""
        create = partial(transactions.create, change=change, ticket=ticket, now=time.time())
        await self.database.write(create, change.write.size > HEAVY)
        if change.session is not None:
            row = change.write.row
            self.lives.put(Live(row, change.session, row.iteration))
        return change.response

    async def remove(self, network: Hashed, asked: Asked) -> Response:
        """Delete a network."""

        async def in_turn() -> Response:
            async with self.turns.of(network):
                stored = await self._stored(network)
                asked.wanted.check(stored.version)
                response = Response(status_code=204)
                job = partial(transactions.remove, network=network, version=stored.version,
                              response=response, ticket=asked.ticket, now=time.time())  # fmt: skip
                try:
                    await self.database.write(job, row=network)
                except Taken:
                    raise busy() from None
                self.lives.drop(network)
                return response

        return await self.once(asked.ticket, in_turn)

    async def once(
        self, ticket: Ticket | None, work: Callable[[], Awaitable[Response]]
    ) -> Response:
        """Do work unless its key was used before; then answer what was answered."""
        if ticket is None:
            return await work()
        with self.running.once(ticket):
            found = await self.answered(ticket)
            if found is not None:
                return found
            try:
                return await work()
            except Taken:
                found = await self.answered(ticket)
                if found is None:
                    raise still_running() from None
                return found

    async def answered(self, ticket: Ticket) -> Response | None:
        """Return the stored answer to a key, None if there is none."""
        find = partial(answers.find, name=ticket.name, now=time.time())
        found = await self.database.read(find)
        return None if found is None else ticket.replay(found)

    async def _stored(self, network: Hashed) -> Stored:
        stored = await self.database.read(partial(networks.load, network=network))
        if stored is None:
            raise unknown()
        return stored

    async def used(self, live: Live) -> None:
        """Let a network that is looked at not expire; noted once a day."""
        now = time.time()
        if abs(now - live.row.used_at) > DAY:
            touch = partial(networks.touch, network=live.row.id, now=now)
            # A store that is full still shows what it holds.
            with suppress(Exception):
                await self.database.write(touch)


def unknown() -> Refused:
    """Return the refusal of an id that there is no network of, whatever the reason."""
    return Refused(
        404,
        say(
            "There is no network with this id; it may have been deleted, or it has "
            "expired. POST /networks makes a new one."
        ),
    )


def _bound(
    read: Callable[[Connection, Stored], object], row: Stored
) -> Callable[[Connection], object]:
    return lambda connection: read(connection, row)


def _warm(live: Live, work: Callable[[], T]) -> tuple[T, float]:
    """Compute, and tell how long that took without what is done only once."""
    assert live.session.loop is not None, "asked for, so that its plans are compiled"
    return measured(work)
