"""How much training may ask for at once, beside the engine's limits of networks and programs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TrainingLimits:
    """Limits of what one request may run or show."""

    steps: int = 1_000
    rows_shown: int = 1_000
    history_points: int = 1_000


TRAINING = TrainingLimits()
