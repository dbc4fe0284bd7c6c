"""The usual slips, each recognised by computing what it would give.

A row yields what a learner would answer who slips so, as computations like that of the answer
itself, and the place where it went wrong. The order is that in which slips are named where several
give the same number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from .factors import (
    added,
    global_forgotten,
    local_forgotten,
    multiplied,
    own_factor,
    path_forgotten,
    sign_turned,
)
from .kinds import Case
from .mistaken import pre_activation, wrong_order
from .scales import (
    half_forgotten,
    mean_forgotten,
    rate_added,
    rate_forgotten,
    step_added,
    step_alone,
    two_forgotten,
)
from .slipped import Slipped


class Slip(NamedTuple):
    """A row: its name, the kinds of questions in which it happens, and what it gives."""

    code: str
    kinds: tuple[str, ...]
    gives: Callable[[Case], Iterator[Slipped]]


_GRADIENT = ("product", "sum")
SLIPS: tuple[Slip, ...] = (
    Slip("wrong_order", ("value", "product"), wrong_order),
    Slip("pre_activation", ("value", "local", "product"), pre_activation),
    Slip("local_forgotten", ("product",), local_forgotten),
    Slip("global_forgotten", ("product",), global_forgotten),
    Slip("added", ("value", "product"), added),
    Slip("multiplied", ("value", "sum"), multiplied),
    Slip("path_forgotten", ("sum",), path_forgotten),
    Slip("sign_turned", ("value", "local", *_GRADIENT), sign_turned),
    Slip("own_factor", ("local", "product"), own_factor),
    Slip("half_forgotten", ("value", "local", *_GRADIENT), half_forgotten),
    Slip("two_forgotten", ("local", *_GRADIENT), two_forgotten),
    Slip("mean_forgotten", ("value", "local", *_GRADIENT), mean_forgotten),
    Slip("rate_forgotten", ("update",), rate_forgotten),
    Slip("rate_added", ("update",), rate_added),
    Slip("step_added", ("update",), step_added),
    Slip("step_alone", ("update",), step_alone),
)
