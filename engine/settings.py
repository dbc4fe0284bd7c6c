"""The settings of a call, such as axis=0: read from the syntax tree, kind by kind."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from .errors import SyntaxProblem
from .ops import Op
from .ops.row import Param
from .sentence import Sentence, say
from .source import Source


def settings(
    op: Op, name: str, part: ast.Call, positional: list[ast.expr], source: Source
) -> dict[str, Any]:
    """Return every setting of an operation: what the call gives, else the default."""
    given: dict[str, Any] = {}
    if op.params and op.params[0].kind == "sizes":
        given[op.params[0].name] = _sizes(positional, name, part, source)
        positional = []
    if len(positional) > len(op.params):
        raise SyntaxProblem(
            say("{name} was given too many arguments.", name=name), position=source.of(part)
        )
    for param, value in zip(op.params, positional, strict=False):
        given[param.name] = _setting(param, value, source)
    table = {param.name: param for param in op.params}
    for keyword in part.keywords:
        key = keyword.arg or ""
        if key not in table or key in given:
            accepted = table or say("none")
            raise SyntaxProblem(
                say(
                    "{name} was given {setting} twice or takes no such setting; its "
                    "settings are: {accepted}.",
                    name=name,
                    setting=key,
                    accepted=accepted,
                ),
                position=source.of(keyword.value),
            )
        given[key] = _setting(table[key], keyword.value, source)
    for param in op.params:
        if param.default is ... and param.name not in given:
            raise SyntaxProblem(
                say(
                    "{name} needs {setting} as well: {accepted}.",
                    name=name,
                    setting=param.name,
                    accepted=KINDS[param.kind][1],
                ),
                position=source.of(part),
            )
    return {param.name: given.get(param.name, param.default) for param in op.params}


def _sizes(
    positional: list[ast.expr], name: str, part: ast.Call, source: Source
) -> tuple[int, ...]:
    if len(positional) == 1 and isinstance(positional[0], ast.Tuple | ast.List):
        positional = positional[0].elts
    sizes = tuple(whole(one, source) for one in positional)
    if not sizes or min(sizes) < 0:
        raise SyntaxProblem(
            say("{name} takes a value and its new sizes, as in {name}(x, 3, 2).", name=name),
            position=source.of(part),
        )
    return sizes


def _setting(param: Param, part: ast.expr, source: Source) -> Any:
    if isinstance(part, ast.Constant) and part.value is None and param.default is None:
        return None
    read, words = KINDS[param.kind]
    try:
        return read(part, source)
    except SyntaxProblem as error:
        raise SyntaxProblem(
            say("{setting} is {words}.", setting=param.name, words=words), position=error.position
        ) from None


def whole(part: ast.expr, source: Source) -> int:
    """Return a whole number with an optional minus sign."""
    value = part
    sign = 1
    if isinstance(value, ast.UnaryOp) and isinstance(value.op, ast.USub):
        sign, value = -1, value.operand
    number = value.value if isinstance(value, ast.Constant) else None
    if isinstance(number, int) and not isinstance(number, bool) and number < 2**31:
        return sign * number
    raise SyntaxProblem(
        say("A whole number is expected here, such as 0 or -1."), position=source.of(part)
    )


def _flag(part: ast.expr, source: Source) -> bool:
    if isinstance(part, ast.Constant) and isinstance(part.value, bool):
        return part.value
    raise _wrong(part, source)


def _real(part: ast.expr, source: Source) -> float:
    sign, value = 1.0, part
    if isinstance(value, ast.UnaryOp) and isinstance(value.op, ast.USub):
        sign, value = -1.0, value.operand
    number = value.value if isinstance(value, ast.Constant) else None
    if isinstance(number, int | float) and not isinstance(number, bool) and number < 1e308:
        return sign * float(number)
    raise _wrong(part, source)


def _pair(part: ast.expr, source: Source) -> tuple[int, int]:
    if not isinstance(part, ast.Tuple | ast.List):
        number = whole(part, source)
        return (number, number)
    if len(part.elts) != 2:
        raise _wrong(part, source)
    first, second = (whole(one, source) for one in part.elts)
    return (first, second)


def _rows(part: ast.expr, source: Source) -> tuple[Any, ...]:
    """Return row numbers in a list, or in lists of one length."""
    if not isinstance(part, ast.List | ast.Tuple) or not part.elts:
        raise _wrong(part, source)
    lists = [one for one in part.elts if isinstance(one, ast.List | ast.Tuple)]
    if not lists:
        return tuple(whole(one, source) for one in part.elts)
    if len(lists) < len(part.elts) or len({len(one.elts) for one in lists}) > 1:
        raise _wrong(part, source)
    return tuple(tuple(whole(one, source) for one in row.elts) for row in lists)


def _wrong(part: ast.expr, source: Source) -> SyntaxProblem:
    return SyntaxProblem(say("This setting is of another kind."), position=source.of(part))


# How each kind of setting is read, and the words for what is accepted.
KINDS: dict[str, tuple[Callable[[ast.expr, Source], Any], Sentence]] = {
    "axis": (whole, say("a whole number such as 0 or -1")),
    "flag": (_flag, say("True or False")),
    "number": (_real, say("a finite number")),
    "bound": (_real, say("a finite number, or None")),
    "whole": (whole, say("a whole number such as 0 or 1")),
    "pair": (_pair, say("a whole number or two of them, as 2 or (2, 1)")),
    "rows": (_rows, say("a list of row numbers, as [0, 2, 1]")),
}
