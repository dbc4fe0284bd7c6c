"""How much a request may ask for: the front door's limits beside the engine's."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from app.training.limits import TRAINING
from engine.csv_table import CSV_DEFAULT as CSV
from engine.limits import DEFAULT as ENGINE
from engine.network import NETWORK_DEFAULT as NETWORK


@dataclass(frozen=True, slots=True)
class DoorLimits:
    """Limits that hold before the engine is asked."""

    body_bytes: int = 4_000_000
    label_characters: int = 200
    elements_on_the_wire: int = 1_000
    computations_waiting: int = 1_000


DOOR = DoorLimits()


def table() -> dict[str, int]:
    """Return every limit by name, as `GET /limits` shows them."""
    network = {name: value for name, value in asdict(NETWORK).items() if isinstance(value, int)}
    return {**asdict(DOOR), **asdict(ENGINE), **network, **asdict(CSV), **asdict(TRAINING)}
