"""Operations written as a program would write them, for nodes that no program wrote."""

from __future__ import annotations

from collections.abc import Sequence

from .graph import Nested

# Longest text of an unnamed operation; one more character and it has none.
LONGEST = 60
SIGNS = {"add": " + ", "sub": " - ", "mul": "*", "div": " / ", "pow": "**", "matmul": " @ "}


def operation_text(op: str, args: Sequence[str]) -> str:
    """Return x*y, exp(x), a + b + c; nothing if an argument has no text or all is too long."""
    if not all(args):
        return ""
    sign = " + " if op == "total" else SIGNS.get(op)
    if sign is not None:
        text = sign.join(args)
    else:
        text = f"-{args[0]}" if op == "neg" else f"{op}({', '.join(args)})"
    return text if len(text) <= LONGEST else ""


def argument_text(name: str, named: bool, op: str | None, literal: Nested | None, text: str) -> str:
    """Return how an operation that uses a node writes it."""
    if isinstance(literal, float) and not named:
        return f"{literal:.6g}"
    if named or op is None or not text:
        return name
    return f"({text})" if op in SIGNS or op in ("neg", "total") else text
