"""Programs as code of other tools, with their gradients: `FORMATS`, a row for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from app.listings import jax_listing, numpy_listing, torch_listing
from app.listings.subject import Subject, subject


class Format(NamedTuple):
    """A format: its name, how people call it, and how a subject is written in it."""

    name: str
    title: str
    write: Callable[[Subject], str]


ROWS = (
    Format("pytorch", "PyTorch", torch_listing.write),
    Format("jax", "JAX", jax_listing.write),
    Format("numpy", "NumPy", numpy_listing.write),
)
FORMATS = {row.name: row for row in ROWS}


def listing(name: str, program: str, values: Mapping[str, Any], constants: list[str]) -> str:
    """Return a program as a script that prints its values and gradients.

    `constants` names leaves that get no gradient. Raises EngineError for a program that cannot be
    evaluated.
    """
    return FORMATS[name].write(subject(program, values, constants))
