"""Products of matrices, and the operations that only move elements."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..errors import ShapeError
from ..sentence import say
from .row import Array, Doc, Op, Param, Sample, Shape, broadcast, count, written

_I = (-2.0, 2.0)


def _matmul_shape(x: Shape, y: Shape) -> Shape:
    if not x or not y:
        raise ShapeError(say("@ multiplies vectors and matrices; for numbers write * instead."))
    if x[-1] != y[-2 if len(y) > 1 else 0]:
        raise ShapeError(
            say(
                "The shapes {shape} and {other} do not fit in @: the last size of the "
                "first must equal the last but one of the second.",
                shape=written(x),
                other=written(y),
            )
        )
    rows, columns = x[-2:-1], y[-1:] if len(y) > 1 else ()
    return broadcast(x[:-2], y[:-2]) + rows + columns


def _matmul_cost(x: Shape, y: Shape) -> int:
    return count(_matmul_shape(x, y)) * x[-1]


def _as_matrices(g: Array, x: Array, y: Array) -> tuple[Array, Array, Array]:
    """Give vectors their second axis, and the upstream gradient the axes that they lack."""
    if y.ndim == 1:
        g, y = g[..., None], y[:, None]
    if x.ndim == 1:
        g, x = np.expand_dims(g, -2), x[None, :]
    return g, x, y


def _matmul_left(g: Array, _z: Array, x: Array, y: Array) -> Array:
    g2, _, y2 = _as_matrices(g, x, y)
    pulled: Array = g2 @ np.swapaxes(y2, -1, -2)
    return pulled[..., 0, :] if x.ndim == 1 else pulled


def _matmul_right(g: Array, _z: Array, x: Array, y: Array) -> Array:
    g2, x2, _ = _as_matrices(g, x, y)
    pulled: Array = np.swapaxes(x2, -1, -2) @ g2
    return pulled[..., 0] if y.ndim == 1 else pulled


def _dot_shape(x: Shape, y: Shape) -> Shape:
    if len(x) != 1 or x != y:
        raise ShapeError(
            say(
                "dot takes two vectors of one length, not the shapes {shape} and "
                "{other}; @ multiplies matrices.",
                shape=written(x),
                other=written(y),
            )
        )
    return ()


def _outer_shape(x: Shape, y: Shape) -> Shape:
    if len(x) != 1 or len(y) != 1:
        raise ShapeError(
            say(
                "outer takes two vectors, not the shapes {shape} and {other}; for "
                "others write reshape and *.",
                shape=written(x),
                other=written(y),
            )
        )
    return x + y


def _reshape_shape(x: Shape, sizes: Shape) -> Shape:
    if count(sizes) != count(x) or min(sizes, default=0) < 0:
        raise ShapeError(
            say(
                "reshape cannot turn {shape} into {sizes}: the number of elements must "
                "stay {count:,}.",
                shape=written(x),
                sizes=written(sizes),
                count=count(x),
            )
        )
    return sizes


def _concat_axis(shapes: tuple[Shape, ...], axis: int) -> int:
    """Return the axis counted from 0, once all shapes fit along it."""
    width = len(shapes[0])
    if not -width <= axis < width:
        raise ShapeError(
            say(
                "concat has no axis {axis}: its first part has the shape {first}.",
                axis=axis,
                first=written(shapes[0]),
            )
        )
    at = axis % width
    for shape in shapes:
        if len(shape) != width or shape[:at] + shape[at + 1 :] != (
            shapes[0][:at] + shapes[0][at + 1 :]
        ):
            raise ShapeError(
                say(
                    "concat cannot join {first} and {shape}: all sizes but that of "
                    "axis {axis} must be equal.",
                    first=written(shapes[0]),
                    shape=written(shape),
                    axis=axis,
                )
            )
    return at


def _concat_shape(*shapes: Shape, axis: int) -> Shape:
    at = _concat_axis(shapes, axis)
    total = sum(shape[at] for shape in shapes)
    return (*shapes[0][:at], total, *shapes[0][at + 1 :])


def _concat_rule(g: Array, _z: Array, *parts: Array, slot: int, axis: int) -> Array:
    before = sum(part.shape[axis] for part in parts[:slot])
    cut: list[Any] = [slice(None)] * g.ndim
    cut[axis] = slice(before, before + parts[slot].shape[axis])
    part: Array = g[tuple(cut)]
    return part


def _index_shape(x: Shape, index: tuple[Any, ...]) -> Shape:
    """Return the shape of x[index], from the sizes alone."""
    if len(index) > len(x):
        raise ShapeError(
            say(
                "{count} indices are too many for the shape {shape}.",
                count=len(index),
                shape=written(x),
            )
        )
    sizes: list[int] = []
    for axis, (part, size) in enumerate(zip(index, x, strict=False)):
        if isinstance(part, slice):
            sizes.append(len(range(*part.indices(size))))
        elif not -size <= part < size:
            raise ShapeError(
                say(
                    "The index {index} is outside axis {axis} of the shape {shape}: "
                    "{first} to {last} are accepted.",
                    index=part,
                    axis=axis,
                    shape=written(x),
                    first=-size,
                    last=size - 1,
                )
            )
    return (*sizes, *x[len(index) :])


def _index_rule(g: Array, _z: Array, x: Array, index: tuple[Any, ...]) -> Array:
    out = np.zeros(x.shape)
    out[index] = g
    return out


MATMUL = Op(
    name="matmul", family="matrix", arity=2, call=False,
    forward=lambda x, y: x @ y,
    rules=(_matmul_left, _matmul_right), shape=_matmul_shape, cost=_matmul_cost,
    latex="«x» «y»", local_latex=("«y»", "«x»"),
    rule_latex=(r"«g» {«y»}^{\top}", r"{«x»}^{\top} «g»"),
    compound=True, sign="@", symbol="@",
    doc=Doc("Matrix product.", "Produto de matrizes."),
    samples=(
        Sample((_I, _I), ((2, 3), (3, 2)), {}), Sample((_I, _I), ((3,), (3, 2)), {}),
        Sample((_I, _I), ((2, 3), (3,)), {}), Sample((_I, _I), ((3,), (3,)), {}),
        Sample((_I, _I), ((2, 2, 3), (3, 2)), {}), Sample((_I, _I), ((3,), (2, 3, 2)), {}),
        Sample((_I, _I), ((2, 2, 3), (3,)), {}),
    ),
)  # fmt: skip
DOT = Op(
    name="dot", family="matrix", arity=2, forward=lambda x, y: x @ y,
    rules=(lambda g, _z, _x, y: g * y, lambda g, _z, x, _y: g * x), shape=_dot_shape,
    cost=lambda x, _y: max(1, count(x)),
    latex=r"«x» \cdot «y»", local_latex=("«y»", "«x»"),
    rule_latex=(r"«g» \cdot «y»", r"«g» \cdot «x»"), compound=True, sign=r"\cdot", symbol="·",
    doc=Doc("Inner product of two vectors.", "Produto interno de dois vetores."),
    samples=(Sample((_I, _I), ((3,), (3,)), {}),),
)  # fmt: skip
OUTER = Op(
    name="outer", family="matrix", arity=2, forward=lambda x, y: x[:, None] * y,
    rules=(lambda g, _z, _x, y: g @ y, lambda g, _z, x, _y: x @ g), shape=_outer_shape,
    cost=lambda x, y: count(x + y),
    latex=r"«x» {«y»}^{\top}", local_latex=("«y»", "«x»"),
    rule_latex=("«g» «y»", r"{«g»}^{\top} «x»"), compound=True, sign=r"\otimes", symbol="⊗",
    doc=Doc("All products of two vectors' elements, as a matrix.",
            "Todos os produtos dos elementos de dois vetores, como matriz."),
    samples=(Sample((_I, _I), ((3,), (2,)), {}),),
)  # fmt: skip
TRANSPOSE = Op(
    name="transpose", family="matrix", arity=1, forward=np.transpose,
    rules=(lambda g, _z, _x: np.transpose(g),), shape=lambda x: x[::-1],
    latex=r"{«x»}^{\top}", local_latex=("1",), rule_latex=(r"{«g»}^{\top}",),
    sign=r"\top", symbol="ᵀ",
    doc=Doc("Reverses the order of the axes.", "Inverte a ordem dos eixos."),
    samples=(Sample((_I,), ((2, 3),), {}), Sample((_I,), ((2, 3, 2),), {})),
)  # fmt: skip
RESHAPE = Op(
    name="reshape", family="matrix", arity=1, params=(Param("sizes", "sizes", ()),),
    forward=lambda x, sizes: np.reshape(x, sizes),
    rules=(lambda g, _z, x, **_: np.reshape(g, np.shape(x)),), shape=_reshape_shape,
    latex=r"\operatorname{reshape}(«x!»)", local_latex=("1",),
    rule_latex=(r"\operatorname{reshape}(«g»)",),
    sign=r"\operatorname{reshape}", symbol="reshape",
    doc=Doc("The same elements in another shape.", "Os mesmos elementos em outra forma."),
    samples=(Sample((_I,), ((2, 3),), {"sizes": (3, 2)}),),
)  # fmt: skip
CONCAT = Op(
    name="concat", family="matrix", arity=None, params=(Param("axis", "axis", 0),),
    forward=lambda *parts, axis: np.concatenate(parts, axis=axis),
    rules=(_concat_rule,), shape=_concat_shape,
    cost=lambda *shapes, **_: sum(map(count, shapes)),
    latex=r"\operatorname{concat}(«all»)", local_latex=("1",),
    rule_latex=(r"\operatorname{slice}(«g»)",),
    sign=r"\operatorname{concat}", symbol="concat",
    doc=Doc("Joins along an axis.", "Junta ao longo de um eixo."),
    samples=(Sample((_I, _I), ((2, 2), (2, 3)), {"axis": 1}),
             Sample((_I, _I), ((1, 2), (2, 2)), {"axis": 0})),
)  # fmt: skip
INDEX = Op(
    name="index", family="matrix", arity=1, call=False, params=(Param("index", "index", ()),),
    forward=lambda x, index: x[index], rules=(_index_rule,), shape=_index_shape,
    latex="{«x»}_{[«index»]}", local_latex=("1",),
    rule_latex=(r"\operatorname{scatter}_{[«index»]}(«g»)",),
    sign=r"[\,]", symbol="[ ]",
    doc=Doc("Takes a part; the gradient goes back to that part, 0 to the rest.",
            "Toma uma parte; o gradiente volta a essa parte, e 0 ao resto."),
    samples=(Sample((_I,), ((2, 3),), {"index": (1, slice(None, None, 2))}),
             Sample((_I,), ((3,),), {"index": (-1,)}),
             Sample((_I,), ((4, 2),), {"index": (slice(None, None, -1), 0)})),
)  # fmt: skip


def written_index(index: tuple[int | slice, ...]) -> str:
    """Write an index as in a program: 0, 1:3, ::2."""
    return ", ".join(map(_written_part, index))


def _written_part(part: int | slice) -> str:
    if isinstance(part, int):
        return str(part)
    start, stop, step = ("" if n is None else str(n) for n in (part.start, part.stop, part.step))
    return f"{start}:{stop}" + (f":{step}" if step else "")


ROWS = (MATMUL, DOT, OUTER, TRANSPOSE, RESHAPE, CONCAT, INDEX)
