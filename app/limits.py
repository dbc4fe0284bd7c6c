"""How much a request may ask for: the front door's limits beside the engine's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from app.rate_limits import RATES
from app.training.limits import TRAINING
from engine.csv_names import NAME_CHARACTERS
from engine.csv_table import CSV_DEFAULT as CSV
from engine.given_limits import given
from engine.limits import DEFAULT as ENGINE
from engine.network import NETWORK_DEFAULT as NETWORK

FIXED = {"name_characters"}


@dataclass(frozen=True, slots=True)
class DoorLimits:
    """Limits that hold before the engine is asked."""

    body_bytes: int = 4_000_000
    # Of a request's first line and fields; addresses hold whole programs.
    head_bytes: int = 65_536
    head_fields: int = 200
    # How long a head may take to arrive, and a body with a second more for so many bytes.
    arrival_seconds: int = 15
    body_bytes_per_second: int = 100_000
    label_characters: int = 200
    elements_on_the_wire: int = 1_000
    computations_waiting: int = 1_000
    # A page that is a file of its own: nodes that it draws, and its size.
    player_nodes: int = 400
    player_bytes: int = 1_000_000
    # Lessons of one's own: files of a folder, the size of each, and of a text in it.
    lesson_files: int = 100
    lesson_bytes: int = 200_000
    lesson_text_characters: int = 4_000


DOOR = DoorLimits(**given(DoorLimits))


def table() -> dict[str, int]:
    """Return every limit by name, as `GET /limits` shows them; rates hold with `--hosted`."""
    network = {name: value for name, value in asdict(NETWORK).items() if isinstance(value, int)}
    csv = {**asdict(CSV), "name_characters": NAME_CHARACTERS}
    return {**asdict(DOOR), **asdict(ENGINE), **network, **csv, **asdict(TRAINING),
            **asdict(RATES)}  # fmt: skip


def check(names: Iterable[str]) -> None:
    """Raise ValueError where a limit is to be set that there is not, or that cannot be."""
    known = set(table()) - FIXED
    for name in names:
        if name not in known:
            raise ValueError(
                f"There is no limit {name[:60]!r} to be set; accepted are "
                f"{', '.join(sorted(known))}."
            )
