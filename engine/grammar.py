"""What of Python's syntax is mathematics here, and in which words the rest is refused."""

from __future__ import annotations

import ast

BINARY: dict[type[ast.operator], str] = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "mul",
    ast.Div: "div",
    ast.Pow: "pow",
    ast.MatMult: "matmul",
}

STATEMENTS = "assignments such as q = x + y, one per line, and an expression as the last"
EXPRESSIONS = "numbers, names, + - * / ** @, parentheses, .T, indexing and function calls"

# Constructs that are refused: the words for them, and what would be accepted.
REFUSED: dict[type[ast.AST], tuple[str, str]] = {
    ast.FloorDiv: ("the operator //", "/ divides"),
    ast.Mod: ("the operator %", "+ - * / ** @ are accepted"),
    ast.LShift: ("the operator <<", "+ - * / ** @ are accepted"),
    ast.RShift: ("the operator >>", "+ - * / ** @ are accepted"),
    ast.BitOr: ("the operator |", "+ - * / ** @ are accepted; abs(x) is the absolute value"),
    ast.BitXor: ("the operator ^", "a power is written x ** 2"),
    ast.BitAnd: ("the operator &", "+ - * / ** @ are accepted"),
    ast.Invert: ("the operator ~", "- turns the sign"),
    ast.Not: ("the operator not", "- turns the sign"),
    ast.UAdd: ("a plus sign before an expression", "leave it out"),
    ast.BoolOp: ("the words and / or", "+ - * / ** @ are accepted"),
    ast.Compare: ("a comparison", "step(x - y) is 1 where x is greater than y"),
    ast.NamedExpr: (":=", "write the assignment on a line of its own"),
    ast.Lambda: ("lambda", f"{EXPRESSIONS} are accepted"),
    ast.IfExp: ("if … else", "relu, maximum and step make distinctions"),
    ast.Dict: ("a dictionary", f"{EXPRESSIONS} are accepted"),
    ast.Set: ("a set in braces", "group with round parentheses"),
    ast.ListComp: ("a loop in brackets", "write the elements out, or give them as a value"),
    ast.SetComp: ("a loop in braces", "write the elements out, or give them as a value"),
    ast.DictComp: ("a loop in braces", "write the elements out, or give them as a value"),
    ast.GeneratorExp: ("a loop in parentheses", "sum(x) adds up all elements"),
    ast.Await: ("await", f"{EXPRESSIONS} are accepted"),
    ast.Yield: ("yield", f"{EXPRESSIONS} are accepted"),
    ast.YieldFrom: ("yield", f"{EXPRESSIONS} are accepted"),
    ast.JoinedStr: ("a text", "only numbers and names have values"),
    ast.FormattedValue: ("a text", "only numbers and names have values"),
    ast.Starred: ("a star before an argument", "write the arguments out"),
    ast.Tuple: ("a list without brackets", "a vector is written [1, 2, 3]"),
    ast.Slice: ("a slice", "slices stand in brackets after a name, as x[1:3]"),
    ast.FunctionDef: ("def", f"{STATEMENTS} are accepted"),
    ast.AsyncFunctionDef: ("async def", f"{STATEMENTS} are accepted"),
    ast.ClassDef: ("class", f"{STATEMENTS} are accepted"),
    ast.Return: ("return", "the last line is the output by itself"),
    ast.Delete: ("del", f"{STATEMENTS} are accepted"),
    ast.AugAssign: ("an assignment such as +=", "every name is assigned once, with ="),
    ast.AnnAssign: ("a type after a colon", "write name = expression"),
    ast.For: ("a loop", f"{STATEMENTS} are accepted"),
    ast.AsyncFor: ("a loop", f"{STATEMENTS} are accepted"),
    ast.While: ("a loop", f"{STATEMENTS} are accepted"),
    ast.If: ("if", "relu, maximum and step make distinctions"),
    ast.With: ("with", f"{STATEMENTS} are accepted"),
    ast.AsyncWith: ("with", f"{STATEMENTS} are accepted"),
    ast.Match: ("match", f"{STATEMENTS} are accepted"),
    ast.Raise: ("raise", f"{STATEMENTS} are accepted"),
    ast.Try: ("try", f"{STATEMENTS} are accepted"),
    ast.TryStar: ("try", f"{STATEMENTS} are accepted"),
    ast.Assert: ("assert", f"{STATEMENTS} are accepted"),
    ast.Import: ("import", "all functions are there already"),
    ast.ImportFrom: ("import", "all functions are there already"),
    ast.Global: ("global", f"{STATEMENTS} are accepted"),
    ast.Nonlocal: ("nonlocal", f"{STATEMENTS} are accepted"),
    ast.Pass: ("pass", f"{STATEMENTS} are accepted"),
    ast.Break: ("break", f"{STATEMENTS} are accepted"),
    ast.Continue: ("continue", f"{STATEMENTS} are accepted"),
}

CONSTANTS: dict[type, tuple[str, str]] = {
    str: ("a text in quotes", "only numbers and names have values"),
    bytes: ("a text in quotes", "only numbers and names have values"),
    bool: ("True or False", "write 1 or 0"),
    complex: ("an imaginary number", "numbers are real"),
    type(None): ("None", "numbers and names are accepted"),
    type(...): ("...", "numbers and names are accepted"),
}


def refusal(part: ast.AST) -> str:
    """Return the sentence that refuses a part of the syntax tree."""
    if isinstance(part, ast.Constant):
        words, instead = CONSTANTS[type(part.value)]
    else:
        words, instead = REFUSED.get(
            type(part), (type(part).__name__, f"{EXPRESSIONS} are accepted")
        )
    return f"The program uses {words}, which is not accepted here: {instead}."
