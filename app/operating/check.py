"""Whether everything in a store can be read, and is what was written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from safetensors import SafetensorError
from sqlalchemy import Connection, Table, func, select, text

from app.operating.check_sweeps import sweep_faults, token_faults
from app.store import checkpoints, history, networks
from app.store.ids import Hashed
from app.store.migrations import newest, revision
from app.store.tables import NETWORKS, SWEEPS, TOKENS
from app.training import blobs
from app.training.history import unpack

# Networks that are read at once.
MANY = 100


class Found(NamedTuple):
    """How much was read, and what is wrong, one sentence each."""

    networks: int
    sweeps: int
    tokens: int
    faults: list[str]


def check(connection: Connection) -> Found:
    """Read the whole store; networks are named as their rows are, by what opens nothing."""
    schema = revision(connection)
    if schema != newest():
        return Found(
            0, 0, 0, [f"The schema is {schema or 'none'}, not {newest()}: gradwalk db upgrade."]
        )
    faults = list(_structure(connection))
    for network in _ids(connection):
        faults += [f"Network {network}: {fault}" for fault in _network(connection, network)]
    faults += [*sweep_faults(connection), *token_faults(connection)]
    counted, swept, kept = (_count(connection, one) for one in (NETWORKS, SWEEPS, TOKENS))
    return Found(counted, swept, kept, faults)


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _structure(connection: Connection) -> Iterator[str]:
    if connection.dialect.name != "sqlite":
        return
    for (said,) in connection.execute(text("PRAGMA integrity_check(20)")):
        if said != "ok":
            yield f"SQLite: {said}."
    for table, *_ in connection.execute(text("PRAGMA foreign_key_check")):
        if table != "sweep_runs":
            yield f"A row of {table} belongs to no network."


def _ids(connection: Connection) -> Iterator[Hashed]:
    last = ""
    while True:
        wanted = select(NETWORKS.c.id).where(NETWORKS.c.id > last)
        page = list(connection.execute(wanted.order_by(NETWORKS.c.id).limit(MANY)).scalars())
        if not page:
            return
        yield from page
        last = page[-1]


def _network(connection: Connection, network: Hashed) -> Iterator[str]:
    try:
        row = networks.load(connection, network)
        if row is None:
            return
        blobs.read(row.parameters)
        if row.before is not None:
            blobs.read(row.before)
    except (ValueError, KeyError, TypeError, SafetensorError) as error:
        yield f"its row cannot be read ({_short(error)})."
        return
    for mark in checkpoints.upto(connection, network, row.furthest):
        try:
            # Of a state that no update has led to, no digest is recorded.
            same = blobs.blob_digest(mark.blob) == mark.digest or not mark.digest
        except (ValueError, KeyError, SafetensorError) as error:
            yield f"its state after iteration {mark.iteration} cannot be read ({_short(error)})."
            continue
        if not same:
            yield f"its state after iteration {mark.iteration} is not the one that was written."
    for chunk in history.chunks(connection, network):
        try:
            short = len(unpack(chunk.blob)["iteration"]) < chunk.count
        except (ValueError, KeyError, SafetensorError) as error:
            yield f"its history from iteration {chunk.first} cannot be read ({_short(error)})."
            continue
        if short:
            yield f"its history from iteration {chunk.first} lacks records."


def _short(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:120]
