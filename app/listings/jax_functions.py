"""Functions that a JAX script brings along: NumPy's, but where JAX derives them otherwise."""

from __future__ import annotations

import re

from app.training.exports import numpy_functions


def in_jax(code: str) -> str:
    """Return code of NumPy as code of `jax.numpy`."""
    return re.sub(r"(?<![\w.])np\.", "jnp.", code)


FUNCTIONS: dict[str, str] = {
    **{name: in_jax(source) for name, source in numpy_functions.FUNCTIONS.items()},
    "power": '''
def power(x, y):
    """x ** y; its derivatives are 0 where both are 0."""
    zero = (x == 0) & (y == 0)
    return jnp.where(zero, 1.0, jnp.where(zero, 1.0, x) ** y)
''',
    "clip": '''
def clip(x, low, high):
    """Bound x; where it is at a bound, its gradient passes."""
    bounded = jnp.clip(x, low, high)
    return jnp.where(x == bounded, x, jax.lax.stop_gradient(bounded))
''',
    "largest": '''
def largest(x, axis):
    """The largest along an axis; its gradient goes to the first of them."""
    first = jnp.argmax(x, axis=axis, keepdims=True)
    return jnp.squeeze(jnp.take_along_axis(x, first, axis=axis), axis)
''',
    "flat": '''
def flat(patches):
    """Put the elements of each window in one row."""
    return jnp.reshape(patches, (*patches.shape[:-2], -1))
''',
    "put": '''
def put(x, y, index):
    """Return x with another element in one place."""
    return jnp.asarray(x).at[index].set(y)
''',
    "placed": '''
def placed(x, shape, index):
    """Put a part in its place among zeros."""
    return jnp.zeros(shape).at[index].set(x)
''',
    "bounded_log": '''
def bounded_log(x):
    """The logarithm, not below -100; where it would be, its gradient is 0."""
    inside = x > math.exp(-100)
    return jnp.where(inside, jnp.log(jnp.where(inside, x, 1.0)), -100.0)
''',
    "std": '''
def std(x, axis, keepdims, correction):
    """The root of the variance; 0, with gradient 0, where all elements are equal."""
    return root(var(x, axis, keepdims, correction))
''',
    "norm": '''
def norm(x, axis, keepdims):
    """The length of a vector; the largest is taken out first, so that no square overflows."""
    peak = jax.lax.stop_gradient(jnp.max(jnp.abs(x), axis=axis, keepdims=True))
    peak = jnp.where(peak > 0, peak, 1.0)
    length = peak * root(jnp.sum((x / peak) ** 2, axis=axis, keepdims=True))
    return length if keepdims else jnp.squeeze(length, axis)
''',
    "root": '''
def root(x):
    """The square root, with gradient 0 at 0."""
    return jnp.where(x > 0, jnp.sqrt(jnp.where(x > 0, x, 1.0)), 0.0)
''',
    "deviations": '''
def deviations(x, axis):
    """x less its mean; exactly 0 where all elements are equal."""
    first = jnp.reshape(x, -1)[0] if axis is None else jax.lax.slice_in_dim(x, 0, 1, axis=axis)
    shifted = x - jax.lax.stop_gradient(first)
    return shifted - jnp.mean(shifted, axis=axis, keepdims=True)
''',
}
