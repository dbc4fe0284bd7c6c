"""Random programs with shapes, as a strategy that yields (program, values).

Every program is a chain of named statements over one to three leaves and ends in a number. It has
at most 30 nodes; no value or slope is larger than 1,000, and no leaf lies at a kink except by
structure (`maximum(x, x)`). `smooth=True` leaves out operations that have kinks, `scalar=True`
everything that needs a vector.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from engine import EngineError, Run, evaluate, parse
from engine.ops import OPS, Shape

Case = tuple[str, dict[str, Any]]

MOST_NODES = 30
LARGEST = 1e3
SHAPES: tuple[Shape, ...] = ((), (3,), (2, 3), (3, 2), (1, 3), (2, 1), (2, 2, 3), (1,))


class Form(NamedTuple):
    """A statement's right side; `op` with `params` says which shapes fit and what comes out."""

    text: str
    op: str
    params: Mapping[str, Any] = {}
    smooth: bool = True


ONE = "tanh"
TWO = "add"
_KEEP = {"keepdims": False}
_AXES = (None, 0, -1)
FORMS: tuple[Form, ...] = (
    *(Form(f"{name}({{0}})", name) for name in
      ("sin", "cos", "tanh", "sigmoid", "softplus", "gelu", "silu")),
    *(Form(text, ONE) for text in
      ("-{0}", "{0} ** 2", "0.5 * {0}", "{0} * {0}", "{0} + sin({0})", "exp(0.5 * {0})",
       "log(1.5 + sin({0}))", "sqrt(2 + cos({0}))", "1 / (2 + sin({0}))", "tan(0.3 * {0})",
       "(2 + sin({0})) ** 1.5")),
    *(Form(text, ONE, smooth=False) for text in
      ("relu({0})", "abs({0})", "leaky_relu({0}, slope=0.2)", "elu({0}, alpha=0.7)",
       "clip({0}, -0.7, 0.8)", "step({0}) * {0}", "where(step({0}), sin({0}), {0})")),
    *(Form(text, TWO) for text in
      ("{0} + {1}", "{0} - {1}", "{0} * {1}", "{0} / (2 + sin({1}))",
       "(1.5 + sin({0})) ** {1}", "dropout({0}, {1}, p=0.25)")),
    *(Form(text, TWO, smooth=False) for text in
      ("maximum({0}, {1})", "minimum({0}, {1})", "where(step({0}), {1}, {0})")),
    Form("{0} @ {1}", "matmul"), Form("dot({0}, {1})", "dot"), Form("outer({0}, {1})", "outer"),
    *(Form(f"{name}({{0}}, axis={axis})", name, {"axis": axis, **_KEEP})
      for name in ("sum", "mean", "prod") for axis in _AXES),
    *(Form(f"{name}({{0}}, axis={axis})", name, {"axis": axis, **_KEEP}, smooth=False)
      for name in ("max", "min", "norm") for axis in _AXES),
    *(Form(f"{name}({{0}}, axis={axis}, keepdims=True, correction=0)", name,
           {"axis": axis, "keepdims": True, "correction": 0}, name == "var")
      for name in ("var", "std") for axis in _AXES),
    *(Form(f"{name}({{0}}, axis={axis})", name, {"axis": axis})
      for name in ("softmax", "log_softmax", "logsumexp") for axis in (0, -1)),
    Form("layer_norm({0}, eps=0.1)", "layer_norm", {"eps": 0.1}),
    Form("{0}.T", "transpose"),
    Form("reshape({0}, 3, 2)", "reshape", {"sizes": (3, 2)}),
    Form("reshape({0}, 1, 3)", "reshape", {"sizes": (1, 3)}),
    *(Form(f"concat([{{0}}, {{1}}], axis={axis})", "concat", {"axis": axis}) for axis in (0, -1)),
    Form("{0}[0]", "index", {"index": (0,)}),
    Form("{0}[::-1]", "index", {"index": (slice(None, None, -1),)}),
    Form("{0}[-1, 0:2]", "index", {"index": (-1, slice(0, 2, None))}),
    Form("embedding({0}, [1, 0, 1])", "embedding", {"rows": (1, 0, 1)}),
    *(Form(f"{name}({{0}}, {{1}})", name) for name in ("mse", "half_mse", "bce_with_logits")),
    Form("cross_entropy({0}, sigmoid({1}))", "cross_entropy"),
)  # fmt: skip
SCALAR_OPS = frozenset({ONE, TWO, "sin", "cos", "sigmoid", "softplus", "gelu", "silu"})


@st.composite
def programs(
    draw: st.DrawFn, statements: int = 6, smooth: bool = False, scalar: bool = False
) -> Case:
    """Draw a program of at most so many statements, and the values of its leaves."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    shapes = [()] if scalar else SHAPES
    pool = {name: draw(st.sampled_from(shapes)) for name in "xyz"[: draw(st.integers(1, 3))]}
    values = {name: rng.uniform(-1.5, 1.5, shape) for name, shape in pool.items()}
    lines: list[str] = []
    for i in range(draw(st.integers(1, statements))):
        rows = _fitting(pool, smooth, scalar)
        text, shape = draw(st.sampled_from(draw(st.sampled_from(rows))))
        lines.append(f"t{i} = {text}")
        pool[f"t{i}"] = shape
    last = lines[-1].split(" ")[0]
    if pool[last]:
        lines.append(f"f = {draw(st.sampled_from(('sum', 'mean')))}({last})")
    program = "\n".join(lines)
    used = {leaf: values[leaf].tolist() for leaf in parse(program).leaves}
    assume(_tame(program, used))
    return program, used


def _fitting(
    pool: Mapping[str, Shape], smooth: bool, scalar: bool
) -> list[list[tuple[str, Shape]]]:
    """Return, form by form, the right sides whose arguments fit, with their shapes."""
    forms = (
        form
        for form in FORMS
        if form.op in OPS
        and _known(form.text)
        and not (smooth and not form.smooth)
        and not (scalar and form.op not in SCALAR_OPS)
    )
    return [fits for form in forms if (fits := list(_fits(form, pool)))]


def _fits(form: Form, pool: Mapping[str, Shape]) -> Iterator[tuple[str, Shape]]:
    for names in product(pool, repeat=2 if "{1}" in form.text else 1):
        try:
            shape = OPS[form.op].shape(*(pool[name] for name in names), **form.params)
        except EngineError:
            continue
        if len(shape) <= 3 and 0 not in shape and np.prod(shape, dtype=int) <= 24:
            yield form.text.format(*names), shape


def _known(text: str) -> bool:
    """Whether the function that a right side begins with exists."""
    name = text.split("(")[0]
    return not name.isidentifier() or name in OPS


def _tame(program: str, values: Mapping[str, Any]) -> bool:
    """Whether a program is small, and everything in it finite and of ordinary size."""
    graph = parse(program)
    return len(graph.nodes) <= MOST_NODES and largest(evaluate(graph, values)) <= LARGEST


def largest(run: Run) -> float:
    """Return the largest magnitude of any value or gradient, infinity if one is not finite."""
    arrays = [*run.values.values(), *(grad for grad in run.grads.values() if grad is not None)]
    size = max(float(np.max(np.abs(array), initial=0.0)) for array in arrays)
    return size if np.isfinite(size) else np.inf
