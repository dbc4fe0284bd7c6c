"""Whether sweeps and tokens can be read, and what is stored of each agrees with itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
from sqlalchemy import Connection, func, select

from app.store import tokens
from app.store.sweeps import OPEN
from app.store.tables import SWEEP_RUNS, SWEEPS
from app.sweeps.plan import SweepPlan

STATES = frozenset({*OPEN, "done", "cancelled"})


def sweep_faults(connection: Connection) -> Iterator[str]:
    """Yield what is wrong with sweeps and with their runs, one sentence each."""
    for row in connection.execute(select(SWEEPS).order_by(SWEEPS.c.id)).mappings().all():
        own = select(SWEEP_RUNS.c.number, SWEEP_RUNS.c.result)
        runs = connection.execute(own.where(SWEEP_RUNS.c.sweep_id == row["id"])).all()
        for fault in _sweep(dict(row), {run.number: run.result for run in runs}):
            yield f"Sweep {row['id']}: {fault}"
    known = select(SWEEPS.c.id)
    lost = select(func.count()).where(SWEEP_RUNS.c.sweep_id.not_in(known))
    count = connection.execute(lost).scalar_one()
    if count:
        yield f"{count} runs belong to no sweep."


def token_faults(connection: Connection) -> Iterator[str]:
    """Yield what is wrong with tokens."""
    for one in tokens.listed(connection):
        if any(given is not None and given < 1 for given in (one.per_second, one.burst)):
            yield f"Token {one.name}: its rate and its burst must be at least 1."


def _sweep(row: dict[str, Any], runs: dict[int, str]) -> Iterator[str]:
    try:
        total = SweepPlan.load(orjson.loads(row["plan"])).total
    except (ValueError, KeyError, TypeError) as error:
        yield f"its plan cannot be read ({type(error).__name__})."
        return
    if total != row["total"]:
        yield f"its plan has {total} runs, and {row['total']} are expected."
    if row["done"] != len(runs):
        yield f"{row['done']} of its runs are counted, and {len(runs)} are stored."
    if row["state"] not in STATES or (row["state"] == "done") != (len(runs) == total):
        yield f"it is {row['state']} with {len(runs)} of {total} runs."
    for number, result in sorted(runs.items()):
        if not 0 <= number < total or not _is_result(result):
            yield f"its run {number} cannot be read."


def _is_result(text: str) -> bool:
    try:
        found = orjson.loads(text)
    except ValueError:
        return False
    return isinstance(found, dict) and isinstance(found.get("state"), str)
