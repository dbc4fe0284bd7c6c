"""Function calls, `.T` and brackets of the syntax tree, as operations with their parameters."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any, NamedTuple

from .errors import NameProblem, SyntaxProblem
from .ops import CALLS, Op
from .ops.row import Param
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
            f"The attribute .{part.attr} is not accepted here: .T, the transpose, is the only one.",
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
        start, stop, step = (None if n is None else _whole(n, source) for n in ends)
        if step == 0:
            raise SyntaxProblem("The step of a slice cannot be 0.", position=source.of(part))
        return slice(start, stop, step)
    return _whole(part, source)


def _whole(part: ast.expr, source: Source) -> int:
    """Return a whole number with an optional minus sign."""
    value = part
    sign = 1
    if isinstance(value, ast.UnaryOp) and isinstance(value.op, ast.USub):
        sign, value = -1, value.operand
    whole = value.value if isinstance(value, ast.Constant) else None
    if isinstance(whole, int) and not isinstance(whole, bool) and whole < 2**31:
        return sign * whole
    raise SyntaxProblem(
        "A whole number is expected here, such as 0 or -1.", position=source.of(part)
    )


def read_call(part: ast.Call, source: Source, names: frozenset[str]) -> Call:
    """Read `f(x, …, axis=0)`; `names` are those that the program has used for values."""
    if not isinstance(part.func, ast.Name):
        raise SyntaxProblem(
            "Only a function's name can stand before (; write * to multiply.",
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
            "Stars before arguments are not accepted here; write the arguments out.",
            position=source.of(starred or part),
        )
    args, rest = _arguments(op, name, part, source)
    return Call(op.name, args, _parameters(op, name, part, rest, source))


def _unknown(name: str, part: ast.Call, source: Source, names: frozenset[str]) -> NameProblem:
    if name in names or name == "pi":
        text = f"{name} is a value and no function; write * to multiply."
    else:
        accepted = ", ".join(sorted({*CALLS, "array"}))
        text = f"There is no function {name}. Accepted are {accepted}."
    return NameProblem(text, position=source.of(part))


def _array(part: ast.Call, source: Source) -> Call:
    """Read `array(x)`, which is x itself: everything here is an array."""
    if len(part.args) != 1 or part.keywords or isinstance(part.args[0], ast.Starred):
        raise SyntaxProblem("array takes one argument.", position=source.of(part))
    return Call(None, (part.args[0],), {})


def _arguments(
    op: Op, name: str, part: ast.Call, source: Source
) -> tuple[tuple[ast.expr, ...], list[ast.expr]]:
    """Split positional arguments into those that have values and those that are parameters."""
    if op.arity is None:
        first = part.args[0] if part.args else None
        if not isinstance(first, ast.List) or not first.elts:
            raise SyntaxProblem(
                f"{name} takes a list of values, as in {name}([a, b]).", position=source.of(part)
            )
        return tuple(first.elts), part.args[1:]
    most = op.arity + len(op.params)
    if any(param.kind == "sizes" for param in op.params):
        most = len(part.args)
    if not op.arity <= len(part.args) <= most:
        raise SyntaxProblem(
            f"{name} takes {_signature(op)}, and {len(part.args)} were given.",
            position=source.of(part),
        )
    return tuple(part.args[: op.arity]), part.args[op.arity :]


def _signature(op: Op) -> str:
    plural = "" if op.arity == 1 else "s"
    extra = " and ".join(param.name for param in op.params)
    return f"{op.arity} argument{plural}" + (f" and, if wanted, {extra}" if extra else "")


def _parameters(
    op: Op, name: str, part: ast.Call, positional: list[ast.expr], source: Source
) -> dict[str, Any]:
    given: dict[str, Any] = {}
    if op.params and op.params[0].kind == "sizes":
        given[op.params[0].name] = _sizes(positional, name, part, source)
        positional = []
    if len(positional) > len(op.params):
        raise SyntaxProblem(f"{name} was given too many arguments.", position=source.of(part))
    for param, value in zip(op.params, positional, strict=False):
        given[param.name] = _parameter(param, value, source)
    table = {param.name: param for param in op.params}
    for keyword in part.keywords:
        key = keyword.arg or ""
        if key not in table or key in given:
            accepted = ", ".join(table) or "none"
            raise SyntaxProblem(
                f"{name} was given {key} twice or takes no such setting; its settings are: "
                f"{accepted}.",
                position=source.of(keyword.value),
            )
        given[key] = _parameter(table[key], keyword.value, source)
    return {param.name: given.get(param.name, param.default) for param in op.params}


def _sizes(
    positional: list[ast.expr], name: str, part: ast.Call, source: Source
) -> tuple[int, ...]:
    if len(positional) == 1 and isinstance(positional[0], ast.Tuple | ast.List):
        positional = positional[0].elts
    sizes = tuple(_whole(one, source) for one in positional)
    if not sizes or min(sizes) < 0:
        raise SyntaxProblem(
            f"{name} takes a value and its new sizes, as in {name}(x, 3, 2).",
            position=source.of(part),
        )
    return sizes


def _parameter(param: Param, part: ast.expr, source: Source) -> Any:
    constant = part.value if isinstance(part, ast.Constant) else ...
    if param.kind == "flag":
        if isinstance(constant, bool):
            return constant
        raise SyntaxProblem(f"{param.name} is True or False.", position=source.of(part))
    if param.kind == "axis":
        if constant is None and param.default is None:
            return None
        return _whole(part, source)
    return _real(param, part, source)


def _real(param: Param, part: ast.expr, source: Source) -> float:
    sign, value = 1.0, part
    if isinstance(value, ast.UnaryOp) and isinstance(value.op, ast.USub):
        sign, value = -1.0, value.operand
    written = value.value if isinstance(value, ast.Constant) else None
    if isinstance(written, int | float) and not isinstance(written, bool) and written < 1e308:
        return sign * float(written)
    raise SyntaxProblem(f"{param.name} is a finite number.", position=source.of(part))
