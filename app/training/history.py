"""The records of a training as columns: packed in chunks, joined, and thinned for a chart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load

from app import wire
from app.training.limits import TRAINING
from app.training.model import Model
from app.training.records import Record
from app.training.tensor_file import dumped

Columns: TypeAlias = "dict[str, NDArray[Any]]"
NUMBERS = ("loss", "learning_rate", "accuracy", "held_out", "tested")
# The members of a record that hold one number per layer, with the names of their columns.
PER_LAYER = {"norms": "norm.", "dead": "dead.", "saturated": "sat."}


def pack(records: Sequence[Record], model: Model) -> bytes:
    """Return records as the bytes of one chunk."""
    columns: Columns = {"iteration": np.array([one.iteration for one in records], np.int64)}
    for name in NUMBERS:
        columns[name] = np.array([getattr(one, name) for one in records], np.float64)
    per_layer = (("norms", model.layers), ("dead", model.units), ("saturated", model.saturable))
    for member, layers in per_layer:
        for i, layer in enumerate(layers):
            column = [getattr(one, member)[i] for one in records]
            columns[PER_LAYER[member] + layer] = np.array(column, np.float64)
    digests = b"".join(one.digest for one in records)
    columns["digest"] = np.frombuffer(digests, np.uint8).reshape(len(records), -1).copy()
    return dumped(columns)


def unpack(chunk: bytes) -> Columns:
    """Return the columns of a chunk, layer 2 before layer 10."""
    return dict(sorted(load(chunk).items(), key=lambda column: (len(column[0]), column[0])))


def join(chunks: Sequence[bytes], last: int | None = None) -> Columns:
    """Return the columns of chunks in their order, up to the iteration `last`.

    An iteration that occurs twice counts as the later chunk has it.
    """
    parts = [unpack(chunk) for chunk in chunks]
    if not parts:
        return {}
    whole = {
        name: np.concatenate([_column(part, name) for part in parts]) for name in _names(parts)
    }
    newest = {int(number): i for i, number in enumerate(whole["iteration"])}
    kept = [i for number, i in sorted(newest.items()) if last is None or number <= last]
    return {name: column[kept] for name, column in whole.items()}


def _names(parts: Sequence[Columns]) -> list[str]:
    """Return the columns that occur: what is measured changes with the layers, and with time."""
    return list({name: None for part in parts for name in part})


def _column(part: Columns, name: str) -> NDArray[Any]:
    """Return a column, of numbers that were not measured where there is none."""
    return part[name] if name in part else np.full(len(part["iteration"]), np.nan)


def digests(columns: Columns) -> dict[int, bytes]:
    """Return the digest of the state after each iteration."""
    if not columns:
        return {}
    numbers, tails = columns["iteration"], columns["digest"]
    return {int(k): tail.tobytes() for k, tail in zip(numbers, tails, strict=True)}


def thin(columns: Columns, points: int = TRAINING.history_points) -> Columns:
    """Return at most `points` rows: the ends, and the least and the greatest of each column.

    Rows are taken bucket by bucket, so that no peak of any column goes missing. Where there are
    more peaks than points, the loss and what follows it in the record keep theirs.
    """
    n = len(columns.get("iteration", ()))
    if n <= points:
        return columns
    watched = [name for name, column in columns.items() if column.dtype == np.float64
               and np.isfinite(column).any()]  # fmt: skip
    watched.sort(key=lambda name: NUMBERS.index(name) if name in NUMBERS else len(NUMBERS))
    buckets = max(1, (points - 2) // max(1, 2 * len(watched)))
    kept = {0, n - 1}
    for row in _peaks(columns, watched, np.array_split(np.arange(n), buckets)):
        if len(kept) == points:
            break
        kept.add(row)
    chosen = sorted(kept)
    return {name: column[chosen] for name, column in columns.items()}


def _peaks(columns: Columns, watched: Sequence[str], buckets: Sequence[Any]) -> Iterator[int]:
    """Yield the rows of the least and the greatest number in each bucket, column by column."""
    for name in watched:
        for rows in buckets:
            part = columns[name][rows]
            if not np.isnan(part).all():
                yield int(rows[np.nanargmin(part)])
                yield int(rows[np.nanargmax(part)])


def answer(columns: Columns, points: int = TRAINING.history_points) -> dict[str, Any]:
    """Return what `GET /networks/{id}/history` answers; null stands where nothing was measured."""
    total = len(columns.get("iteration", ()))
    few = thin(columns, min(points, TRAINING.history_points))
    return {
        "iterations": few["iteration"].tolist() if total else [],
        "loss": _listed(few, "loss"),
        "metrics": {
            "learning_rate": _listed(few, "learning_rate"),
            "accuracy": _listed(few, "accuracy"),
            "held_out_loss": _listed(few, "held_out"),
            "held_out_accuracy": _listed(few, "tested"),
        },
        "gradient_norm": _by_layer(few, "norms"),
        "dead_units": _by_layer(few, "dead"),
        "saturated_units": _by_layer(few, "saturated"),
        "total": total,
        "thinned": len(few.get("iteration", ())) < total,
    }


def _listed(columns: Mapping[str, Any], name: str) -> list[Any]:
    column = columns.get(name, ())
    return [None if np.isnan(value) else wire.numbers(value) for value in column]


def _by_layer(columns: Columns, member: str) -> dict[str, list[Any]]:
    start = PER_LAYER[member]
    return {name.removeprefix(start): _listed(columns, name)
            for name in columns if name.startswith(start)}  # fmt: skip
