"""What a compiled plan refuses, as the errors that say so."""

from __future__ import annotations

from collections.abc import Iterable

from .errors import ValueProblem
from .ops import Shape
from .ops.row import written
from .sentence import say


def nothing_trained(leaves: tuple[str, ...]) -> ValueProblem:
    """Return the error of a plan that has no parameters to update."""
    return ValueProblem(
        say("No leaf is trainable: name those to be updated in trainable. The leaves are: "
            "{leaves}.", leaves=leaves or say("none")),
        pointer="/trainable",
    )  # fmt: skip


def no_leaf(name: str, leaves: tuple[str, ...]) -> ValueProblem:
    """Return the error of a value for what is no leaf."""
    return ValueProblem(
        say("{name} cannot be set: it is no leaf of the program. The leaves are: {leaves}.",
            name=name, leaves=leaves or say("none")),
        pointer=f"/values/{name}",
    )  # fmt: skip


def other_shape(name: str, shape: Shape, given: Shape, parameter: bool) -> ValueProblem:
    """Return the error of a value in another shape than the plan was made for."""
    begin = say("{name} has the shape {shape} in this plan, and {given} was given",
                name=name, shape=written(shape), given=written(given))  # fmt: skip
    sentence = (say("{begin}.", begin=begin) if parameter else
                say("{begin}; for another batch take plan.sibling.", begin=begin))  # fmt: skip
    return ValueProblem(sentence, pointer=f"/values/{name}")


def foreign_state(name: str, parameters: tuple[str, ...]) -> ValueProblem:
    """Return the error of a part of a state that belongs to no parameter."""
    return ValueProblem(
        say("The state holds {name}, which belongs to no parameter of this plan; the parameters "
            "are: {names}.", name=name, names=parameters or say("none")),
        pointer=f"/state/{name}",
    )  # fmt: skip


def missing_state(names: Iterable[str]) -> ValueProblem:
    """Return the error of a state without some of the parameters."""
    return ValueProblem(
        say("The state lacks the parameters {names}.", names=names), pointer="/state"
    )
