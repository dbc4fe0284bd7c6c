"""What is answered about a sweep: its state, and a table with a row for each run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.store.sweeps import StoredSweep
from app.sweeps.place import SweepPlace
from app.sweeps.plan import SweepPlan

WAITING: dict[str, Any] = {"state": "waiting"}
COLUMNS = (
    "state", "iterations", "loss", "best", "accuracy", "held_out_loss", "held_out_accuracy",
    "diverged_at", "node", "seconds", "parameters",
)  # fmt: skip


def overview(stored: StoredSweep, place: SweepPlace, curves: bool = False) -> dict[str, Any]:
    """Return the body of `GET /sweeps/{id}`."""
    plan = SweepPlan.load(stored.plan)
    columns = (*COLUMNS, "curve") if curves else COLUMNS
    shown = plan.shown()
    return {
        "id": place.id,
        "state": stored.state,
        "done": len(stored.results),
        "total": stored.total,
        "iterations": plan.iterations,
        "runs": [
            {
                "number": number,
                "settings": shown[number // plan.each],
                "seed": plan.run(number)[1],
                **_known(stored.results.get(number, WAITING), columns),
            }
            for number in range(stored.total)
        ],
        "links": {"self": place.address, "stream": f"{place.address}/stream"},
    }


def _known(result: Mapping[str, Any], columns: Iterable[str]) -> dict[str, Any]:
    return {name: result.get(name) for name in columns}
