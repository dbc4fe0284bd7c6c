"""A pass of a network as bytes for the browser: topology once, then numbers alone.

Layout, all little-endian. Header of 48 bytes: magic `GWF1`; u8 phase (0 start … 4 update); u8 bytes
per number (4 or 8); u16 0; u32 values; u32 gradients; u32 updated numbers; u32 0; u64 iteration;
f64 loss (NaN if there is none); 8 bytes of the topology's tag. Then the numbers: values, gradients
and updated parameters, each in the order of the topology's nodes, at the offsets given there.
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from app.limits import DOOR
from app.training import updates
from app.training.state import PLACES

if TYPE_CHECKING:
    from app.training.pass_graph import Language
    from app.training.session import Session
    from engine import Plan

MAGIC = b"GWF1"
HEADER = struct.Struct("<4sBBHIIIIQd8s")
TAG_BYTES = 8
KINDS: dict[str, Any] = {"float32": np.dtype("<f4"), "float64": np.dtype("<f8")}
# What a frame carries, and so does not stand in the topology.
NUMBERS = {"nodes": ("value", "grad", "summary"), "edges": ("local", "contribution", "factors"),
           "steps": ("total", "text", "latex", "lines")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Slot:
    """A node whose numbers a frame carries."""

    node: str
    size: int
    graded: bool
    trained: bool


def slots(session: Session) -> Iterator[Slot]:
    """Yield the nodes of a frame in order; tensors too large for an answer are left out."""
    loop = session.loop
    loop.enter(session.last)
    for node in session.model.graph.nodes:
        shape = loop.plan.shapes[node.id]
        if math.prod(shape) <= DOOR.elements_on_the_wire:
            graded = loop.plan.grads[node.id] is not None
            yield Slot(node.id, math.prod(shape), graded, node.id in session.model.trainable)


def tag(session: Session) -> str:
    """Return what changes only with the topology: the program, its parameters and all shapes."""
    loop = session.loop
    loop.enter(session.last)
    facts = [session.model.program, session.model.trainable, sorted(loop.plan.shapes.items())]
    text = json.dumps(facts, ensure_ascii=True)
    return blake2b(text.encode(), digest_size=TAG_BYTES).hexdigest()


def topology(session: Session, explain: Language | None = None) -> dict[str, Any]:
    """Return the graph without numbers, its tag, and where the numbers of each node stand."""
    answer = session.graph(explain=explain)
    bare: dict[str, Any] = {key: answer[key] for key in ("program", "output")}
    for member, left_out in NUMBERS.items():
        bare[member] = [
            {key: value for key, value in row.items() if key not in left_out}
            for row in answer[member]
        ]
    places = {"value": 0, "grad": 0, "new": 0}
    offsets: dict[str, dict[str, int]] = {}
    for slot in slots(session):
        carried = {"value": True, "grad": slot.graded, "new": slot.trained}
        offsets[slot.node] = {part: places[part] for part, there in carried.items() if there}
        for part, there in carried.items():
            places[part] += slot.size * there
    return {"tag": tag(session), **bare, "offsets": offsets, "sizes": places}


def frame(session: Session, kind: Literal["float32", "float64"] = "float32") -> bytes:
    """Return the numbers of the pass last run, and of its update, under the topology of `tag`."""
    loop = session.loop
    loop.load(session.used)
    loop.enter(session.last)
    loop.backward()
    parts = _columns(session, loop.plan)
    new = {one.parameter: one.new for one in updates.updated(session).moved}
    parts.append([np.ravel(new[slot.node]) for slot in slots(session) if slot.trained])
    dtype = KINDS[kind]
    with np.errstate(over="ignore"):
        columns = [np.concatenate([*part, np.empty(0)]).astype(dtype) for part in parts]
    loss = session.loss
    header = HEADER.pack(
        MAGIC, PLACES[session.state.phase], dtype.itemsize, 0, *map(len, columns), 0,
        session.state.iteration, math.nan if loss is None else loss, bytes.fromhex(tag(session)),
    )  # fmt: skip
    return header + b"".join(column.tobytes() for column in columns)


def _columns(session: Session, plan: Plan) -> list[list[Any]]:
    known = list(slots(session))
    grads = [plan.grads[slot.node] for slot in known]
    return [
        [np.ravel(plan.values[slot.node]) for slot in known],
        [np.ravel(grad) for grad in grads if grad is not None],
    ]
