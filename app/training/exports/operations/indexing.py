"""An index as each tool takes it: PyTorch has no steps backwards, ONNX no numbers among slices."""

from __future__ import annotations

from typing import TypeAlias

from engine.ops import Shape
from engine.ops.matrices import written_index

Index: TypeAlias = tuple[int | slice, ...]
FIRST, LAST = -(2**62), 2**62


def turned(index: Index) -> tuple[list[int], Index]:
    """Return the axes to turn around, and an index into what was turned, without steps backwards.

    Counted from the other end, n stands at ~n.
    """
    axes = [i for i, part in enumerate(index) if isinstance(part, slice) and (part.step or 1) < 0]
    found = list(index)
    for axis in axes:
        part = index[axis]
        assert isinstance(part, slice), "only a slice has a step"
        start, stop = (None if end is None else ~end for end in (part.start, part.stop))
        found[axis] = slice(start, stop, None if part.step == -1 else -part.step)
    return axes, tuple(found)


def torch_part(index: Index) -> str:
    """Return the template of x[index] in PyTorch."""
    axes, plain = turned(index)
    flipped = f".flip({axes})" if axes else ""
    return f"{{0}}{flipped}[{written_index(plain)}]"


def torch_placed(index: Index, sizes: Shape) -> str:
    """Return the template of x put at an index of zeros in PyTorch."""
    axes, plain = turned(index)
    flipped = f".flip({axes})" if axes else ""
    return f"put(torch.zeros({sizes}), {{0}}, {plain!r}){flipped}"


def onnx_part(index: Index) -> str:
    """Return the template of x[index] in ONNX: slices first, then the axes of numbers go."""
    starts, ends, steps = [], [], []
    for part in index:
        if isinstance(part, int):
            start, end, step = part, part + 1 or LAST, 1
        else:
            step = 1 if part.step is None else part.step
            outer = (FIRST, LAST) if step > 0 else (LAST, FIRST)
            start, end = (
                far if given is None else given
                for given, far in zip((part.start, part.stop), outer, strict=True)
            )
        starts.append(start)
        ends.append(end)
        steps.append(step)
    cut = f"Slice({{0}}, {starts}, {ends}, {list(range(len(index)))}, {steps})"
    numbers = [axis for axis, part in enumerate(index) if isinstance(part, int)]
    return f"Squeeze({cut}, {numbers})" if numbers else cut
