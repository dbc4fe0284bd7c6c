"""Contributions of reductions, the softmax family and losses, written as terms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce

from ..ops import Shape
from ..ops.row import count
from .term import Term

Rule = Callable[..., Term | None]


def kept(term: Term, x: Term, axis: int | None) -> Term:
    """Give a reduced term its lost axes back, with size 1."""
    shape = x.shape
    sizes = (1,) * len(shape)
    if axis is not None:
        sizes = tuple(1 if i == axis % len(shape) else n for i, n in enumerate(shape))
    return term.reshape(sizes)


def _terms(x: Term, axis: int | None) -> int:
    return count(x.shape) if axis is None else x.shape[axis]


def _sum(g: Term, _z: Term, x: Term, axis: int | None, keepdims: bool) -> Term:
    del keepdims
    return kept(g, x, axis).spread(x.shape)


def _mean(g: Term, _z: Term, x: Term, axis: int | None, keepdims: bool) -> Term:
    del keepdims
    return (kept(g, x, axis) / float(_terms(x, axis))).spread(x.shape)


def equal(x: Term, y: Term) -> Term:
    """1 where two are equal, else 0."""
    return 1.0 - (x - y).to("sign").to("abs")


def _extreme(g: Term, z: Term, x: Term, axis: int | None, keepdims: bool) -> Term:
    del keepdims
    hits = equal(x, kept(z, x, axis))
    return kept(g, x, axis) * (hits / hits.sum(axis, True))


def safe(z: Term) -> Term:
    """z, and 1 where it is 0: a denominator."""
    return z + (1.0 - z.to("sign").to("abs"))


def _prod(g: Term, _z: Term, x: Term, axis: int | None, keepdims: bool) -> Term:
    """The product of all others: of those before times of those after."""
    del keepdims
    flat = x.reshape((count(x.shape),)) if axis is None else x
    at = 0 if axis is None else axis % len(x.shape)
    before = [slice(None)] * at
    parts = [flat.at(*before, slice(i, i + 1)) for i in range(flat.shape[at])]
    others = []
    for i in range(len(parts)):
        rest = parts[:i] + parts[i + 1 :]
        others.append(reduce(lambda a, b: a * b, rest) if rest else parts[0] * 0.0 + 1.0)
    joined = g.writer.apply("concat", *others, axis=at)
    return kept(g, x, axis) * joined.reshape(x.shape)


def _norm(g: Term, z: Term, x: Term, axis: int | None, keepdims: bool) -> Term:
    del keepdims
    return kept(g, x, axis) * (x / safe(kept(z, x, axis)))


def _apart(x: Term, axis: int | None) -> Term:
    return x - x.mean(axis, True)


def _var(g: Term, _z: Term, x: Term, axis: int | None, keepdims: bool, correction: int) -> Term:
    del keepdims
    return kept(g, x, axis) * (2.0 / (_terms(x, axis) - correction) * _apart(x, axis))


def _std(g: Term, z: Term, x: Term, axis: int | None, keepdims: bool, correction: int) -> Term:
    del keepdims
    scale = safe(kept(z, x, axis)) * float(_terms(x, axis) - correction)
    return kept(g, x, axis) * (_apart(x, axis) / scale)


def _layer_norm(g: Term, z: Term, x: Term, eps: float) -> Term:
    apart = _apart(x, -1)
    scale = ((apart * apart).mean(-1, True) + eps).to("sqrt")
    return (g - g.mean(-1, True) - z * (g * z).mean(-1, True)) / scale


def _softmax(g: Term, z: Term, _x: Term, axis: int) -> Term:
    return z * (g - (g * z).sum(axis, True))


def _log_softmax(g: Term, z: Term, _x: Term, axis: int) -> Term:
    return g - z.to("exp") * g.sum(axis, True)


def _logsumexp(g: Term, _z: Term, x: Term, axis: int) -> Term:
    return kept(g, x, axis) * x.to("softmax", axis=axis)


def _rows(shape: Shape) -> float:
    """Rows that half_mse averages over."""
    return float(count(shape[:-1]) if len(shape) > 1 else count(shape))


def _size(x: Term) -> float:
    return float(count(x.shape))


def _bounded(x: Term) -> Term:
    """ln x, and −100 where it is less."""
    return x.writer.apply("maximum", x.to("log"), -100.0)


def _slope(x: Term) -> Term:
    """The slope of the bounded logarithm."""
    inside = (x.to("log") + 100.0).to("step")
    return inside / x.writer.apply("maximum", x, 1e-44)


def _bce(g: Term, _z: Term, x: Term, y: Term) -> Term:
    other = 1.0 - x
    return -g * (y * _slope(x) - (1.0 - y) * _slope(other)) / _size(x)


def _bce_target(g: Term, _z: Term, x: Term, _y: Term) -> Term:
    return g * (_bounded(1.0 - x) - _bounded(x)) / _size(x)


def _cross_entropy(g: Term, _z: Term, x: Term, y: Term) -> Term:
    weight = y.spread(x.shape).sum(-1, True)
    return g * (x.to("softmax", axis=-1) * weight - y) / float(count(x.shape[:-1]))


def _cross_entropy_target(g: Term, _z: Term, x: Term, _y: Term) -> Term:
    return -g * x.to("log_softmax", axis=-1) / float(count(x.shape[:-1]))


RULES: Mapping[str, tuple[Rule, ...]] = {
    "sum": (_sum,),
    "mean": (_mean,),
    "max": (_extreme,),
    "min": (_extreme,),
    "prod": (_prod,),
    "norm": (_norm,),
    "var": (_var,),
    "std": (_std,),
    "layer_norm": (_layer_norm,),
    "softmax": (_softmax,),
    "log_softmax": (_log_softmax,),
    "logsumexp": (_logsumexp,),
    "mse": (lambda g, _z, x, y: g * (2.0 / _size(x) * (x - y)),
            lambda g, _z, x, y: g * (2.0 / _size(x) * (y - x))),
    "half_mse": (lambda g, _z, x, y: g * ((x - y) / _rows(x.shape)),
                 lambda g, _z, x, y: g * ((y - x) / _rows(x.shape))),
    "bce": (_bce, _bce_target),
    "bce_with_logits": (lambda g, _z, x, y: g * ((x.to("sigmoid") - y) / _size(x)),
                        lambda g, _z, x, _y: -g * (x / _size(x))),
    "cross_entropy": (_cross_entropy, _cross_entropy_target),
}  # fmt: skip
