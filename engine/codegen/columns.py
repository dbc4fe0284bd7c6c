"""The numbers of many nodes of a plan at once, as one flat array: what a frame is made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain

import numpy as np

from ..ops import Array
from .arrays import Arrays
from .floats import Floats
from .tuples import GROUP

Column = Callable[[], Array]


def column(buffers: Arrays | Floats, nodes: Sequence[str], grads: Sequence[str]) -> Column:
    """Return a function that reads values of `nodes`, then gradients of `grads`, flat.

    Values and gradients are those of the last whole pass, leaves as they are now; each call returns
    a new array. The gradients must be those of nodes that have one.
    """
    read = _of_floats if isinstance(buffers, Floats) else _of_arrays
    return read(buffers, nodes, grads)  # type: ignore[arg-type]


def _of_arrays(buffers: Arrays, nodes: Sequence[str], grads: Sequence[str]) -> Column:
    parts = [*(buffers.values[node] for node in nodes), *(buffers.grads[node] for node in grads)]
    # Buffers stay where they are, so that flat views of them are made once; arrays seen otherwise,
    # as transposes, have no such view.
    flat = [part.ravel() for part in parts]
    odd = [i for i, part in enumerate(parts) if not part.flags.c_contiguous]
    if not parts:
        return lambda: np.empty(0)

    def read() -> Array:
        for i in odd:
            flat[i] = parts[i].ravel()
        return np.concatenate(flat)

    return read


def _of_floats(buffers: Floats, nodes: Sequence[str], grads: Sequence[str]) -> Column:
    count, depth = len(buffers.recorded), 1
    while count > GROUP**depth:
        depth += 1
    places = {name: i for i, name in enumerate(buffers.recorded)}
    data = count + len(buffers.store.parameters)
    literals: list[float] = []

    def place(name: str) -> int:
        """Return where a name of the generated text stands; what is no variable is a literal."""
        if name not in places:
            variable = name.isidentifier()
            literals.append(buffers.names[name] if variable else float(name.strip("()")))
            places[name] = data + len(buffers.data) + len(literals) - 1
        return places[name]

    def value(node: str) -> int:
        if node in buffers.store.starts:
            return count + buffers.store.starts[node]
        return (
            data + buffers.places[node] if node in buffers.places else place(buffers.values[node])
        )

    wanted = np.array(
        [*map(value, nodes), *(place(buffers.grads[node]) for node in grads)], dtype=np.intp
    )

    def read() -> Array:
        record = buffers.record[1]
        for _ in range(depth - 1):
            record = chain.from_iterable(record)
        numbers = [*record, *buffers.store.parameters, *buffers.data, *literals]
        found: Array = np.array(numbers, dtype=np.float64)[wanted]
        return found

    return read
