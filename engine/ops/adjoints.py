"""Operations that no program names: what derivatives written as graphs need beside the others."""

from __future__ import annotations

import math

import numpy as np

from ..errors import ShapeError
from ..sentence import say
from .row import Array, Doc, Op, Param, Sample, Shape, broadcast, count, scalars, written

_I = (-2.0, 2.0)
_erf = np.frompyfunc(math.erf, 1, 1)
_SIZES = (Param("sizes", "sizes", ()),)


def _spread_shape(x: Shape, sizes: Shape) -> Shape:
    if broadcast(x, sizes) != sizes:
        raise ShapeError(
            say(
                "The shape {shape} cannot be repeated to {sizes}.",
                shape=written(x),
                sizes=written(sizes),
            )
        )
    return sizes


def _scatter_shape(_x: Shape, index: tuple[int | slice, ...], sizes: Shape) -> Shape:
    assert len(index) <= len(sizes), "an index of more axes than there are"
    return sizes


def _scatter(x: Array, index: tuple[int | slice, ...], sizes: Shape) -> Array:
    out = np.zeros(sizes)
    out[index] = x
    return out


def _normal(x: Array) -> Array:
    """The standard normal distribution function Φ."""
    return 0.5 * (1 + np.asarray(_erf(x / math.sqrt(2)), dtype=np.float64))


def _density(x: Array) -> Array:
    """The standard normal density φ."""
    return np.exp(-x * x / 2) / math.sqrt(2 * math.pi)


SPREAD = Op(
    name="spread", family="adjoint", arity=1, call=False, params=_SIZES,
    forward=lambda x, sizes: np.broadcast_to(x, sizes), rules=(lambda g, _z, _x, **_: g,),
    shape=_spread_shape, cost=lambda _x, sizes: count(sizes),
    latex=r"«x» \cdot \mathbf{1}", local_latex=("1",), rule_latex=("«g»",),
    sign=r"\mathbf{1}", symbol="1",
    doc=Doc("The same value repeated over a shape.", "O mesmo valor repetido numa forma."),
    samples=(Sample((_I,), ((3,),), {"sizes": (2, 3)}), Sample((_I,), ((),), {"sizes": (2,)})),
)  # fmt: skip
SCATTER = Op(
    name="scatter", family="adjoint", arity=1, call=False,
    params=(Param("index", "index", ()), *_SIZES),
    forward=_scatter, rules=(lambda g, _z, _x, index, **_: g[index],), shape=_scatter_shape,
    cost=lambda _x, sizes, **_: count(sizes),
    latex=r"\operatorname{scatter}_{[«index»]}(«x!»)", local_latex=("1",),
    rule_latex=(r"{«g»}_{[«index»]}",), sign=r"\operatorname{scatter}", symbol="scatter",
    doc=Doc("A part put back in its place, 0 elsewhere.",
            "Uma parte de volta ao seu lugar, com 0 no resto."),
    samples=(Sample((_I,), ((2,),), {"index": (1, slice(None, None, 2)), "sizes": (2, 3)}),),
)  # fmt: skip
SWAP = Op(
    name="swap", family="adjoint", arity=1, call=False,
    forward=lambda x: np.swapaxes(x, -1, -2), rules=(lambda g, _z, _x: np.swapaxes(g, -1, -2),),
    shape=lambda x: (*x[:-2], x[-1], x[-2]),
    latex=r"{«x»}^{\top}", local_latex=("1",), rule_latex=(r"{«g»}^{\top}",),
    sign=r"\top", symbol="ᵀ",
    doc=Doc("Transposes each matrix of a stack.", "Transpõe cada matriz de uma pilha."),
    samples=(Sample((_I,), ((2, 3, 2),), {}),),
)  # fmt: skip
PERMUTE = Op(
    name="permute", family="adjoint", arity=1, call=False, params=(Param("axes", "sizes", ()),),
    forward=lambda x, axes: np.transpose(x, axes),
    rules=(lambda g, _z, _x, axes: np.transpose(g, np.argsort(axes)),),
    shape=lambda x, axes: tuple(x[i] for i in axes),
    latex=r"\operatorname{permute}(«x!»)", local_latex=("1",),
    rule_latex=(r"\operatorname{permute}(«g»)",),
    sign=r"\operatorname{permute}", symbol="permute",
    doc=Doc("The same elements with the axes in another order.",
            "Os mesmos elementos com os eixos em outra ordem."),
    samples=(Sample((_I,), ((2, 3, 2),), {"axes": (2, 0, 1)}),),
)  # fmt: skip
NORMAL = Op(
    name="normal", family="adjoint", arity=1, call=False, forward=_normal,
    locals=(lambda _z, x: _density(x),),
    latex=r"\Phi(«x!»)", local_latex=(r"\varphi(«x!»)",), sign=r"\Phi", symbol="Φ",
    doc=Doc("Standard normal distribution function.", "Função de distribuição normal padrão."),
    samples=scalars(((-4.0, 4.0),)),
)  # fmt: skip

ROWS = (SPREAD, SCATTER, SWAP, PERMUTE, NORMAL)
