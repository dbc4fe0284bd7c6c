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
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Literal
from weakref import WeakKeyDictionary

import numpy as np

from app.limits import DOOR
from app.training import blobs
from app.training.state import PLACES
from engine import Plan
from engine.ops import Array

if TYPE_CHECKING:
    from app.training.pass_overlay import Language
    from app.training.session import Session

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


@dataclass(frozen=True, slots=True)
class Layout:
    """What frames of one plan have in common; `column` reads values, then gradients, flat."""

    slots: tuple[Slot, ...]
    tag: str
    values: int
    column: Callable[[], Array]


_LAYOUTS: WeakKeyDictionary[Plan, Layout] = WeakKeyDictionary()


def layout(session: Session) -> Layout:
    """Return the layout of the pass last run; tensors too large for an answer are left out."""
    session.loop.enter(session.last)
    plan = session.loop.plan
    if plan not in _LAYOUTS:
        _LAYOUTS[plan] = _layout(session, plan)
    return _LAYOUTS[plan]


def _layout(session: Session, plan: Plan) -> Layout:
    model = session.model
    slots = tuple(
        Slot(node.id, size, plan.grads[node.id] is not None, node.id in model.trainable)
        for node in model.graph.nodes
        if (size := math.prod(plan.shapes[node.id])) <= DOOR.elements_on_the_wire
    )
    facts = [model.program, model.trainable, sorted(plan.shapes.items())]
    text = json.dumps(facts, ensure_ascii=True).encode()
    return Layout(
        slots,
        blake2b(text, digest_size=TAG_BYTES).hexdigest(),
        sum(slot.size for slot in slots),
        plan.column([slot.node for slot in slots], [slot.node for slot in slots if slot.graded]),
    )


def tag(session: Session) -> str:
    """Return what changes only with the topology: the program, its parameters and all shapes."""
    return layout(session).tag


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
    for slot in layout(session).slots:
        carried = {"value": True, "grad": slot.graded, "new": slot.trained}
        offsets[slot.node] = {part: places[part] for part, there in carried.items() if there}
        for part, there in carried.items():
            places[part] += slot.size * there
    return {"tag": tag(session), **bare, "offsets": offsets, "sizes": places}


def frame(session: Session, kind: Literal["float32", "float64"] = "float32") -> bytes:
    """Return the numbers of the pass last run, and of its update, under the topology of `tag`."""
    loop = session.loop
    loop.load(session.used)
    known = layout(session)
    loop.backward()
    return encoded(session, known, known.column(), _new(session, known), kind)


def encoded(
    session: Session, known: Layout, numbers: Array, new: Array, kind: Literal["float32", "float64"]
) -> bytes:
    """Return the frame of numbers that are at hand: values and gradients, then what is new."""
    dtype = KINDS[kind]
    loss = session.loss
    header = HEADER.pack(
        MAGIC, PLACES[session.state.phase], dtype.itemsize, 0,
        known.values, len(numbers) - known.values, len(new), 0,
        session.state.iteration, math.nan if loss is None else loss, bytes.fromhex(known.tag),
    )  # fmt: skip
    with np.errstate(over="ignore"):
        return b"".join((header, numbers.astype(dtype).tobytes(), new.astype(dtype).tobytes()))


def _new(session: Session, known: Layout) -> Array:
    """Return the parameters after the update, done or still to come."""
    done = session.state.phase == "update"
    if not done:
        session.loop.update()
    found = blobs.parameters(session.arrays if done else session.loop.state())
    parts = [np.ravel(found[slot.node]) for slot in known.slots if slot.trained]
    return np.concatenate([*parts, np.empty(0)])
