"""How fast a graph becomes bytes: JSON and frames, beside orjson on lists that are ready.

`python -m bench.encode`. The graphs are networks of one row of data, neuron by neuron for JSON and
as matrices for frames, which carry a number of every neuron too. 10,000 nodes are the most that a
program may have; the last frame carries as many numbers. What is timed begins with all values
and gradients computed, and ends with bytes. From the second answer of a kind on, only its numbers
are encoded. Answers with other numbers come before those that are timed; the two ways to write an
answer take turns, each once untimed and once timed.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import orjson

from app import answer_bytes, answers, details
from app.graph_models import GraphRequest
from app.training import frames
from app.training.requests import NetworkRequest
from app.training.session import Session
from app.training.spec import Spec

WIDTHS = ((2,), (9, 6), (30, 26), (70, 60))
MOST = 10_000
ROUNDS = 24
# How many answers are written before those that are timed, each with numbers of its own.
ANSWERS = 4


class Encoded(NamedTuple):
    """Medians in milliseconds, and bytes, for one graph."""

    nodes: int
    rows: float
    again: float
    dumps: float
    frame: float
    numbers: int
    json_bytes: int
    frame_bytes: int


def median(work: Callable[[], Any]) -> float:
    """Return milliseconds."""
    return medians(work)[0]


def medians(*works: Callable[[], Any]) -> list[float]:
    """Return milliseconds of each; what else runs burdens all alike."""
    waits: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for work, waited in zip(works, waits, strict=True):
            work()
            started = time.perf_counter()
            work()
            waited.append(time.perf_counter() - started)
    return [1e3 * statistics.median(waited) for waited in waits]


def network(widths: tuple[int, ...]) -> Session:
    """Return a network 2-…-1 after an iteration on one row."""
    layers = [{"units": units, "activation": "tanh"} for units in (*widths, 1)]
    request = {
        "inputs": 2, "layers": layers, "loss": "half_mse", "optimizer": {"name": "sgd"},
        "data": {"x": [[0.5, -1.0]], "y": [[0.25]]},
    }  # fmt: skip
    session = Session.begin(Spec.of(NetworkRequest.model_validate(request)))
    session.step("iteration")
    return session


def asked(session: Session, scale: float) -> GraphRequest:
    """Return the request for a network's graph of numbers, with its leaves scaled."""
    values = {
        name: (scale * session.loop.plan.values[name]).tolist()
        for name in session.model.graph.leaves
    }
    program = {"program": session.model.program, "detail": "scalar", "values": values}
    return GraphRequest.model_validate(program)


def measured(widths: tuple[int, ...]) -> Encoded:
    """Time what makes bytes of one network."""
    session = network(widths)
    known, new = frames.layout(session), np.ones(session.view()["counts"]["parameters"])
    numbers = len(known.column())
    frame = median(lambda: frames.encoded(session, known, known.column(), new, "float32"))
    nodes, rows, again, dumps, content = 0, 0.0, 0.0, 0.0, b""
    if numbers < MOST:
        for turn in range(ANSWERS):
            one = asked(session, 1 + turn / 10)
            view = details.shown(one)
            answer_bytes.written(one, view, {})
        ready = answers.written(one, view)
        content, nodes = orjson.dumps(ready), len(view.run.graph.nodes)
        rows = median(lambda: orjson.dumps(answers.written(one, view)))
        dumps, again = medians(
            lambda: orjson.dumps(ready), lambda: answer_bytes.written(one, view, {})
        )
    return Encoded(
        nodes, rows, again, dumps, frame, numbers, len(content), len(frames.frame(session))
    )


def main() -> None:
    """Print a table for RESULTS.md."""
    lines = [
        "| nodes | orjson | the first time | again | × orjson | frame | numbers | JSON bytes | "
        "frame bytes |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for widths in WIDTHS:
        one = measured(widths)
        lines.append(
            f"| {one.nodes:,} | {one.dumps:.2f} ms | {one.rows:.1f} ms | {one.again:.2f} ms | "
            f"{one.again / one.dumps:.2f} | "
            f"{one.frame:.3f} ms | {one.numbers:,} | {one.json_bytes:,} | {one.frame_bytes:,} |"
        )
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
