"""Functions that a NumPy script brings along, each only where it is used."""

from __future__ import annotations

import re
from collections.abc import Iterator

FUNCTIONS: dict[str, str] = {
    "fit": '''
def fit(g, shape):
    """Sum a gradient over the axes along which its argument was repeated."""
    extra = np.ndim(g) - len(shape)
    repeated = [extra + i for i, n in enumerate(shape) if n == 1 and np.shape(g)[extra + i] != 1]
    return np.reshape(np.sum(g, axis=(*range(extra), *repeated)), shape)
''',
    "spread": '''
def spread(g, x, axis, keepdims):
    """Give every element of x the number that its sum was part of."""
    g = g if axis is None or keepdims else np.expand_dims(g, axis)
    return np.broadcast_to(g, np.shape(x))
''',
    "ties": '''
def ties(x, z, axis):
    """Share a gradient equally among the elements that are the largest or smallest."""
    hit = x == z
    return hit / np.sum(hit, axis=axis, keepdims=True)
''',
    "placed": '''
def placed(g, x, index):
    """Give the elements that an index takes their gradient, and the others 0."""
    whole = np.zeros(np.shape(x))
    whole[index] = g
    return whole
''',
    "power_slope": '''
def power_slope(x, y):
    """The derivative of x ** y by x, which is 0 for y = 0."""
    return np.where(y == 0, 0.0, y * np.where(y == 0, 1.0, x) ** (y - 1))
''',
    "softplus": '''
def softplus(x):
    """ln(1 + e**x), without overflow."""
    return np.maximum(x, 0.0) + np.log1p(np.exp(-np.abs(x)))
''',
    "sigmoid": '''
def sigmoid(x):
    """1 / (1 + e**-x), without overflow."""
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + e), e / (1 + e))
''',
    "normal": '''
def normal(x):
    """The standard normal distribution function."""
    return 0.5 * (1 + np.vectorize(math.erf, otypes=[float])(x / math.sqrt(2)))
''',
    "bell": '''
def bell(x):
    """The standard normal density."""
    return np.exp(-x * x / 2) / math.sqrt(2 * math.pi)
''',
    "log_softmax": '''
def log_softmax(x, axis):
    """The logarithm of e**x over its sum, without overflow."""
    shifted = x - np.max(x, axis=axis, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=axis, keepdims=True))
''',
    "bounded_log": '''
def bounded_log(x):
    """The logarithm, not below -100."""
    with np.errstate(divide="ignore"):
        return np.maximum(np.log(x), -100.0)
''',
    "log_slope": '''
def log_slope(x):
    """The derivative of the bounded logarithm."""
    with np.errstate(divide="ignore"):
        return np.where(np.log(x) > -100.0, 1 / x, 0.0)
''',
    "rows": '''
def rows(x):
    """How many rows the loss averages over."""
    return x.size // x.shape[-1] if x.ndim > 1 else x.size
''',
    "vectors": '''
def vectors(x):
    """How many vectors of scores the loss averages over."""
    return x.size // x.shape[-1]
''',
}


def used(code: str) -> Iterator[str]:
    """Yield the functions that a piece of code calls, in the order of the table."""
    for name, source in FUNCTIONS.items():
        if re.search(rf"\b{name}\(", code):
            yield source.strip("\n")
