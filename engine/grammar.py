"""What of Python's syntax is mathematics here, and in which words the rest is refused."""

from __future__ import annotations

import ast

from .sentence import Sentence, say

BINARY: dict[type[ast.operator], str] = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "mul",
    ast.Div: "div",
    ast.Pow: "pow",
    ast.MatMult: "matmul",
}

STATEMENTS = say(
    "assignments such as q = x + y, one per line, and an expression as the last are accepted"
)
EXPRESSIONS = say(
    "numbers, names, + - * / ** @, parentheses, .T, indexing and function calls are accepted"
)

ELEMENTS = say("write the elements out, or give them as a value")


def _operator(sign: str) -> Sentence:
    return say("the operator {sign}", sign=sign)


# Constructs that are refused: the words for them, and what would be accepted.
REFUSED: dict[type[ast.AST], tuple[str, Sentence]] = {
    ast.FloorDiv: (_operator("//"), say("/ divides")),
    ast.Mod: (_operator("%"), say("+ - * / ** @ are accepted")),
    ast.LShift: (_operator("<<"), say("+ - * / ** @ are accepted")),
    ast.RShift: (_operator(">>"), say("+ - * / ** @ are accepted")),
    ast.BitOr: (_operator("|"), say("+ - * / ** @ are accepted; abs(x) is the absolute value")),
    ast.BitXor: (_operator("^"), say("a power is written x ** 2")),
    ast.BitAnd: (_operator("&"), say("+ - * / ** @ are accepted")),
    ast.Invert: (_operator("~"), say("- turns the sign")),
    ast.Not: (_operator("not"), say("- turns the sign")),
    ast.UAdd: (say("a plus sign before an expression"), say("leave it out")),
    ast.BoolOp: (say("the words and / or"), say("+ - * / ** @ are accepted")),
    ast.Compare: (say("a comparison"), say("step(x - y) is 1 where x is greater than y")),
    ast.NamedExpr: (":=", say("write the assignment on a line of its own")),
    ast.Lambda: ("lambda", EXPRESSIONS),
    ast.IfExp: ("if … else", say("relu, maximum and step make distinctions")),
    ast.Dict: (say("a dictionary"), EXPRESSIONS),
    ast.Set: (say("a set in braces"), say("group with round parentheses")),
    ast.ListComp: (
        say("a loop in brackets"),
        ELEMENTS,
    ),
    ast.SetComp: (say("a loop in braces"), ELEMENTS),
    ast.DictComp: (say("a loop in braces"), ELEMENTS),
    ast.GeneratorExp: (say("a loop in parentheses"), say("sum(x) adds up all elements")),
    ast.Await: ("await", EXPRESSIONS),
    ast.Yield: ("yield", EXPRESSIONS),
    ast.YieldFrom: ("yield", EXPRESSIONS),
    ast.JoinedStr: (say("a text"), say("only numbers and names have values")),
    ast.FormattedValue: (say("a text"), say("only numbers and names have values")),
    ast.Starred: (say("a star before an argument"), say("write the arguments out")),
    ast.Tuple: (say("a list without brackets"), say("a vector is written [1, 2, 3]")),
    ast.Slice: (say("a slice"), say("slices stand in brackets after a name, as x[1:3]")),
    ast.FunctionDef: ("def", STATEMENTS),
    ast.AsyncFunctionDef: ("async def", STATEMENTS),
    ast.ClassDef: ("class", STATEMENTS),
    ast.Return: ("return", say("the last line is the output by itself")),
    ast.Delete: ("del", STATEMENTS),
    ast.AugAssign: (say("an assignment such as +="), say("every name is assigned once, with =")),
    ast.AnnAssign: (say("a type after a colon"), say("write name = expression")),
    ast.For: (say("a loop"), STATEMENTS),
    ast.AsyncFor: (say("a loop"), STATEMENTS),
    ast.While: (say("a loop"), STATEMENTS),
    ast.If: ("if", say("relu, maximum and step make distinctions")),
    ast.With: ("with", STATEMENTS),
    ast.AsyncWith: ("with", STATEMENTS),
    ast.Match: ("match", STATEMENTS),
    ast.Raise: ("raise", STATEMENTS),
    ast.Try: ("try", STATEMENTS),
    ast.TryStar: ("try", STATEMENTS),
    ast.Assert: ("assert", STATEMENTS),
    ast.Import: ("import", say("all functions are there already")),
    ast.ImportFrom: ("import", say("all functions are there already")),
    ast.Global: ("global", STATEMENTS),
    ast.Nonlocal: ("nonlocal", STATEMENTS),
    ast.Pass: ("pass", STATEMENTS),
    ast.Break: ("break", STATEMENTS),
    ast.Continue: ("continue", STATEMENTS),
}

CONSTANTS: dict[type, tuple[str, Sentence]] = {
    str: (say("a text in quotes"), say("only numbers and names have values")),
    bytes: (say("a text in quotes"), say("only numbers and names have values")),
    bool: (say("True or False"), say("write 1 or 0")),
    complex: (say("an imaginary number"), say("numbers are real")),
    type(None): ("None", say("numbers and names are accepted")),
    type(...): ("...", say("numbers and names are accepted")),
}


def refusal(part: ast.AST) -> Sentence:
    """Return the sentence that refuses a part of the syntax tree."""
    if isinstance(part, ast.Constant):
        words, instead = CONSTANTS[type(part.value)]
    else:
        words, instead = REFUSED.get(type(part), (type(part).__name__, EXPRESSIONS))
    return say(
        "The program uses {words}, which is not accepted here: {instead}.",
        words=words,
        instead=instead,
    )
