"""What is read and written in one transaction: a network, what goes with it, and the answer."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection
from starlette.responses import Response

from app.idempotency import Ticket
from app.store import answers, checkpoints, networks
from app.store.ids import Hashed
from app.store.networks import Stored, Write
from app.training.session import Session


@dataclass(frozen=True, slots=True)
class Change:
    """What a write leaves behind, and what is answered once it is stored.

    `session` is that of a network that is new, to go on with.
    """

    write: Write
    response: Response
    session: Session | None = None


def read(connection: Connection, network: Hashed, known: int | None) -> tuple[Stored | None, int]:
    """Read a row and the iteration of its last checkpoint; a known version is not read whole."""
    stored = networks.load(connection, network)
    if stored is None or stored.version == known:
        return stored, 0
    return stored, checkpoints.last(connection, network, stored.iteration)


def save(connection: Connection, change: Change, ticket: Ticket | None, now: float) -> Stored:
    """Store the next version and its answer; raises Taken if either is there already."""
    row = networks.save(connection, change.write)
    keep_answer(connection, change.response, ticket, now)
    return row


def create(connection: Connection, change: Change, ticket: Ticket | None, now: float) -> None:
    """Store a new network and its answer; raises Taken if the key was answered already."""
    networks.create(connection, change.write)
    keep_answer(connection, change.response, ticket, now)


def remove(
    connection: Connection, network: Hashed, version: int, response: Response,
    ticket: Ticket | None, now: float,
) -> None:  # fmt: skip
    """Delete a version of a network; raises Taken if it has moved."""
    networks.remove(connection, network, version)
    keep_answer(connection, response, ticket, now)


def keep_answer(
    connection: Connection, response: Response, ticket: Ticket | None, now: float
) -> None:
    """Store the answer to a request with a key; raises Taken if it was answered already."""
    if ticket is not None:
        answers.put(connection, ticket.name, ticket.answer(response), now)
