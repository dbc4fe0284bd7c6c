"""How much training may ask for at once, beside the engine's limits of networks and programs."""

from __future__ import annotations

from dataclasses import dataclass

from engine.given_limits import given


@dataclass(frozen=True, slots=True)
class TrainingLimits:
    """Limits of what one request may run or show."""

    steps: int = 1_000
    rows_shown: int = 1_000
    history_points: int = 1_000
    landscape_size: int = 64
    compared_runs: int = 6
    compared_iterations: int = 100_000
    # All runs of a sweep, their multiply-adds (about an hour of one core), and the sweeps that are
    # not done yet.
    sweep_runs: int = 256
    sweep_multiply_adds: int = 5_000_000_000_000
    sweeps_waiting: int = 100
    mean_nodes: int = 50_000
    row_gradients: int = 100_000


TRAINING = TrainingLimits(**given(TrainingLimits))
