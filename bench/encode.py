"""How fast a graph becomes bytes: JSON and frames, beside orjson on lists that are ready.

`python -m bench.encode`. The graphs are networks of one row of data, neuron by neuron for JSON and
as matrices for frames, which carry a number of every neuron too. 10,000 nodes are the most that a
program may have; the last frame carries as many numbers. What is timed begins with all values
and gradients computed, and ends with bytes. From the second answer of a kind on, only its numbers
are encoded.
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
ROUNDS = 15


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
    waits = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        waits.append(time.perf_counter() - started)
    return 1e3 * statistics.median(waits)


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


def measured(widths: tuple[int, ...]) -> Encoded:
    """Time what makes bytes of one network."""
    session = network(widths)
    known, new = frames.layout(session), np.ones(session.view()["counts"]["parameters"])
    numbers = len(known.column())
    frame = median(lambda: frames.encoded(session, known, known.column(), new, "float32"))
    nodes, rows, again, dumps, content = 0, 0.0, 0.0, 0.0, b""
    if numbers < MOST:
        values = {
            name: session.loop.plan.values[name].tolist() for name in session.model.graph.leaves
        }
        program = {"program": session.model.program, "detail": "scalar", "values": values}
        asked = GraphRequest.model_validate(program)
        view = details.shown(asked)
        ready = answers.written(asked, view)
        content, nodes = orjson.dumps(ready), len(view.run.graph.nodes)
        dumps = median(lambda: orjson.dumps(ready))
        rows = median(lambda: orjson.dumps(answers.written(asked, view)))
        for _ in range(2):
            answer_bytes.written(asked, view, {})
        again = median(lambda: answer_bytes.written(asked, view, {}))
    return Encoded(
        nodes, rows, again, dumps, frame, numbers, len(content), len(frames.frame(session))
    )


def main() -> None:
    """Print a table for RESULTS.md."""
    lines = [
        "| nodes | orjson | the first time | again | frame | numbers | JSON bytes | frame bytes |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for widths in WIDTHS:
        one = measured(widths)
        lines.append(
            f"| {one.nodes:,} | {one.dumps:.2f} ms | {one.rows:.1f} ms | {one.again:.2f} ms | "
            f"{one.frame:.3f} ms | {one.numbers:,} | {one.json_bytes:,} | {one.frame_bytes:,} |"
        )
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
