"""History: what was recorded of each iteration, packed in chunks whose inside is opaque here."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Connection, delete, insert, select

from app.store import together
from app.store.ids import Hashed
from app.store.tables import HISTORY as TABLE

PUT = insert(TABLE)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Records of the iterations from `first` to `first + count − 1`."""

    first: int
    count: int
    blob: bytes


def put(connection: Connection, network: Hashed, chunk: Chunk) -> None:
    """Store a chunk."""
    together.put(
        connection,
        PUT,
        {
            "network_id": network,
            "first": chunk.first,
            "count": chunk.count,
            "blob": chunk.blob,
        },
    )


def chunks(connection: Connection, network: Hashed) -> list[Chunk]:
    """Return all chunks of a network, in order."""
    columns = select(TABLE.c.first, TABLE.c.count, TABLE.c.blob)
    rows = connection.execute(columns.where(TABLE.c.network_id == network).order_by(TABLE.c.first))
    return [Chunk(*row) for row in rows]


def forget(connection: Connection, network: Hashed, after: int) -> None:
    """Delete what is recorded of the iterations after one; a chunk may begin before and go on.

    Such a chunk keeps all its records, and says how many of them count.
    """
    own = TABLE.c.network_id == network
    connection.execute(delete(TABLE).where(own & (TABLE.c.first > after)))
    rest = after + 1 - TABLE.c.first
    shorter = TABLE.update().where(own & (TABLE.c.count > rest)).values(count=rest)
    connection.execute(shorter)


def upto(connection: Connection, network: Hashed, iteration: int) -> list[Chunk]:
    """Return the chunks up to an iteration, the last one with only the records that count."""
    return [
        replace(one, count=min(one.count, iteration + 1 - one.first))
        for one in chunks(connection, network)
        if one.first <= iteration
    ]


def blobs(connection: Connection, network: Hashed) -> list[bytes]:
    """Return what the chunks hold, in order."""
    return [chunk.blob for chunk in chunks(connection, network)]
