"""One row of the tables of exports: an operation as NumPy, as PyTorch and as ONNX.

In a template `{0}`, `{1}` are the arguments and `{all}` the list of them, `{z}` is the result and
`{g}` its gradient; settings stand under their names. `pulls` has one template per argument for what
comes back to it in NumPy, before broadcasting is undone; "" where nothing does. An operation of any
number of arguments has one pull for all, with `{slot}` and `{own}`, the argument that it is for.
The template of ONNX is a nest of its operations: whole numbers are int64, others float64, keywords
are attributes, and `{axes}` stands for a list of the axis. JAX is written as NumPy is, with `jnp`
for `np`, where nothing else is said: where its derivative would be another one than ours.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from engine import Node
from engine.ops import Shape


class Case(NamedTuple):
    """A node with the shapes of its arguments and of its result."""

    node: Node
    args: tuple[Shape, ...]
    result: Shape


Template: TypeAlias = str | Callable[[Case], str]


class Row(NamedTuple):
    """The ways in which one operation is written."""

    numpy: Template
    pulls: tuple[Template, ...]
    torch: Template
    onnx: Template
    jax: Template = ""


def chosen(template: Template, case: Case) -> str:
    """Return the text of a template, which may depend on shapes and settings."""
    return template if isinstance(template, str) else template(case)
