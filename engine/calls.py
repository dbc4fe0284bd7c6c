"""Function calls, `.T` and brackets of the syntax tree, as operations with their parameters."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any, NamedTuple

from .errors import NameProblem, SyntaxProblem
from .ops import CALLS, Op
from .sentence import Sentence, say, together
from .settings import settings, whole
from .source import Source


class Call(NamedTuple):
    """An operation to be made; `op` None passes its only argument through.

    In a `chain` the first argument is no deeper than the whole.
    """

    op: str | None
    args: tuple[ast.expr, ...]
    params: Mapping[str, Any]
    chain: bool = False


def read_attribute(part: ast.Attribute, source: Source) -> Call:
    """Read `x.T`; every other attribute is refused."""
    if part.attr != "T":
        raise SyntaxProblem(
            say(
                "The attribute .{attribute} is not accepted here: .T, the transpose, "
                "is the only one.",
                attribute=part.attr,
            ),
            position=source.of(part),
        )
    return Call("transpose", (part.value,), {}, chain=True)


def read_index(part: ast.Subscript, source: Source) -> Call:
    """Read `x[0, 1:3]`: whole numbers and slices of whole numbers."""
    inside = part.slice.elts if isinstance(part.slice, ast.Tuple) else [part.slice]
    index = tuple(_index(one, source) for one in inside)
    return Call("index", (part.value,), {"index": index}, chain=True)


def _index(part: ast.expr, source: Source) -> int | slice:
    if isinstance(part, ast.Slice):
        ends = (part.lower, part.upper, part.step)
        start, stop, step = (None if n is None else whole(n, source) for n in ends)
        if step == 0:
            raise SyntaxProblem(say("The step of a slice cannot be 0."), position=source.of(part))
        return slice(start, stop, step)
    return whole(part, source)


def read_call(part: ast.Call, source: Source, names: frozenset[str]) -> Call:
    """Read `f(x, …, axis=0)`; `names` are those that the program has used for values."""
    if not isinstance(part.func, ast.Name):
        raise SyntaxProblem(
            say("Only a function's name can stand before (; write * to multiply."),
            position=source.of(part),
        )
    name = part.func.id
    if name == "array":
        return _array(part, source)
    op = CALLS.get(name)
    if op is None:
        raise _unknown(name, part, source, names)
    starred = next((arg for arg in part.args if isinstance(arg, ast.Starred)), None)
    if starred is not None or any(keyword.arg is None for keyword in part.keywords):
        raise SyntaxProblem(
            say("Stars before arguments are not accepted here; write the arguments out."),
            position=source.of(starred or part),
        )
    args, rest = _arguments(op, name, part, source)
    return Call(op.name, args, settings(op, name, part, rest, source))


def _unknown(name: str, part: ast.Call, source: Source, names: frozenset[str]) -> NameProblem:
    if name in names or name == "pi":
        text = say("{name} is a value and no function; write * to multiply.", name=name)
    else:
        text = say(
            "There is no function {name}. Accepted are {accepted}.",
            name=name,
            accepted=sorted({*CALLS, "array"}),
        )
    return NameProblem(text, position=source.of(part))


def _array(part: ast.Call, source: Source) -> Call:
    """Read `array(x)`, which is x itself: everything here is an array."""
    if len(part.args) != 1 or part.keywords or isinstance(part.args[0], ast.Starred):
        raise SyntaxProblem(say("array takes one argument."), position=source.of(part))
    return Call(None, (part.args[0],), {})


def _arguments(
    op: Op, name: str, part: ast.Call, source: Source
) -> tuple[tuple[ast.expr, ...], list[ast.expr]]:
    """Split positional arguments into those that have values and those that are parameters."""
    if op.arity is None:
        first = part.args[0] if part.args else None
        if not isinstance(first, ast.List) or not first.elts:
            raise SyntaxProblem(
                say("{name} takes a list of values, as in {name}([a, b]).", name=name),
                position=source.of(part),
            )
        return tuple(first.elts), part.args[1:]
    most = op.arity + len(op.params)
    if any(param.kind == "sizes" for param in op.params):
        most = len(part.args)
    if not op.arity <= len(part.args) <= most:
        raise SyntaxProblem(
            say(
                "{name} takes {signature}, and {given} were given.",
                name=name,
                signature=_signature(op),
                given=len(part.args),
            ),
            position=source.of(part),
        )
    return tuple(part.args[: op.arity]), part.args[op.arity :]


def _signature(op: Op) -> Sentence:
    count = (
        say("{count} argument", count=1)
        if op.arity == 1
        else say("{count} arguments", count=op.arity or 0)
    )
    if not op.params:
        return count
    return say(
        "{count} and, if wanted, {settings}",
        count=count,
        settings=together([param.name for param in op.params]),
    )
