"""What a program may say, and how everything else is refused."""

from __future__ import annotations

import ast
import time

import pytest

import engine
from engine import EngineError, Limits, Position, parse
from engine.grammar import CONSTANTS, REFUSED


def ids(program: str) -> list[str]:
    return [node.id for node in parse(program).nodes]


def refused(program: str) -> EngineError:
    with pytest.raises(EngineError) as caught:
        parse(program)
    assert caught.value.message.endswith(".") or caught.value.message[-1] in "…)"
    return caught.value


def test_nodes_stand_in_order_of_evaluation() -> None:
    graph = parse("q = x + y\nf = q * z")
    graph.check()
    assert ids("q = x + y\nf = q * z") == ["x", "y", "q", "z", "f"]
    assert graph.output == "f"
    assert graph.leaves == ("x", "y", "z")


def test_constants_and_unnamed_operations_share_a_counter() -> None:
    assert ids("(x + 1) * 2") == ["x", "%1", "%2", "%3", "%4"]


def test_x_times_x_has_two_edges() -> None:
    assert list(parse("f = x * x").edges()) == [("x", "f", 0), ("x", "f", 1)]


def test_an_alias_is_a_name_and_no_node() -> None:
    graph = parse("q = x + 1; y = q; f = y * y; g = f")
    assert ids("q = x + 1; y = q; f = y * y; g = f") == ["x", "%1", "q", "f"]
    assert dict(graph.aliases) == {"y": "q", "g": "f"}
    assert graph.output == "f"


def test_literals_define_leaves_with_defaults() -> None:
    program = "w = -0.5; W = [[1, 2], [3, 4]]; b = array([1, 2]); f = sum(W @ b) * w * x"
    assert engine.leaves(program) == (
        ("w", -0.5), ("W", [[1.0, 2.0], [3.0, 4.0]]), ("b", [1.0, 2.0]), ("x", None),
    )  # fmt: skip


def test_a_power_binds_tighter_than_a_sign() -> None:
    assert [node.op for node in parse("-x ** 2").nodes] == [None, None, "pow", "neg"]
    assert parse("2 * -3").nodes[1].literal == -3.0


@pytest.mark.parametrize(
    ("program", "position"),
    [
        ("x = x + 1", (1, 1)),
        ("α = 1\nβ = α + λ; α = 2", (2, 12)),
        ("β = α ? 1", (1, 7)),
        ("σσ = β; exp = 3", (1, 9)),
        ("  q = α + 1\n  f = αα.real", (2, 7)),
        ("αβγ + 'text'", (1, 7)),
        ("f(x", (1, 2)),
        ("y = λ +\n", (1, 8)),
        ("ж = 1", (1, 1)),
    ],
)
def test_positions_count_characters(program: str, position: tuple[int, int]) -> None:
    assert refused(program).position == Position(*position)


def test_a_double_assignment_names_both_places() -> None:
    error = refused("y = x\nz = 1; x = 3")
    assert error.positions == (Position(1, 5), Position(2, 8))


def test_names_are_normalised() -> None:
    assert ids("ﬁ = 2; fi * 2")[0] == "fi"
    assert ids("µ * 1")[0] == "μ"


TEXTS = {
    ast.FloorDiv: "x // y", ast.Mod: "x % y", ast.LShift: "x << y", ast.RShift: "x >> y",
    ast.BitOr: "x | y", ast.BitXor: "x ^ y", ast.BitAnd: "x & y", ast.Invert: "~x",
    ast.Not: "not x", ast.UAdd: "+x", ast.BoolOp: "x and y", ast.Compare: "x < y",
    ast.NamedExpr: "(x := 3)", ast.Lambda: "lambda: 1", ast.IfExp: "x if x else y",
    ast.Dict: "{}", ast.Set: "{x}", ast.ListComp: "[i for i in x]", ast.SetComp: "{i for i in x}",
    ast.DictComp: "{i: i for i in x}", ast.GeneratorExp: "sum(i for i in x)", ast.Await: "await x",
    ast.Yield: "yield x", ast.YieldFrom: "yield from x", ast.JoinedStr: "f'{x}'",
    ast.FormattedValue: "f'{x!r:>{10**9}}'", ast.Starred: "sum(*x)", ast.Tuple: "x, y",
    ast.Slice: "sum(x)[a:b]", ast.FunctionDef: "def f(): pass",
    ast.AsyncFunctionDef: "async def f(): pass", ast.ClassDef: "class A: pass",
    ast.Return: "return x", ast.Delete: "del x", ast.AugAssign: "x += 1",
    ast.AnnAssign: "x: int = 1",
    ast.For: "for i in x: pass", ast.AsyncFor: "async def f():\n  async for i in x: pass",
    ast.While: "while x: pass", ast.If: "if x: pass", ast.With: "with x: pass",
    ast.AsyncWith: "async def f():\n  async with x: pass", ast.Match: "match x:\n  case 1: pass",
    ast.Raise: "raise x", ast.Try: "try: pass\nexcept x: pass",
    ast.TryStar: "try: pass\nexcept* x: pass", ast.Assert: "assert x", ast.Import: "import os",
    ast.ImportFrom: "from os import path", ast.Global: "global x", ast.Nonlocal: "nonlocal x",
    ast.Pass: "pass", ast.Break: "break", ast.Continue: "continue",
}  # fmt: skip
ACCEPTED = {
    ast.Expr, ast.Assign, ast.BinOp, ast.UnaryOp, ast.Call, ast.Constant, ast.Attribute,
    ast.Subscript, ast.Name, ast.List, ast.Add, ast.Sub, ast.Mult, ast.MatMult, ast.Div, ast.Pow,
    ast.USub,
}  # fmt: skip


def grammar() -> set[type[ast.AST]]:
    """Return every statement, expression and operator of Python's grammar."""
    kinds = (ast.stmt, ast.expr, ast.operator, ast.unaryop)
    return {sub for kind in kinds for sub in kind.__subclasses__()}


def test_every_construct_of_python_is_accepted_or_refused_in_words() -> None:
    old = {"Num", "Str", "Bytes", "NameConstant", "Ellipsis", "Index", "ExtSlice", "TypeAlias"}
    missing = {k.__name__ for k in grammar()} - {k.__name__ for k in ACCEPTED | set(REFUSED)} - old
    assert not {name for name in missing if name not in {"TemplateStr", "Interpolation"}}


@pytest.mark.parametrize("kind", REFUSED, ids=lambda kind: kind.__name__)
def test_each_refused_construct_is_refused(kind: type[ast.AST]) -> None:
    error = refused(TEXTS[kind])
    assert error.position is not None
    assert "accepted" in error.message or "expected" in error.message


@pytest.mark.parametrize("text", ["'a'", "b'a'", "True", "None", "...", "2j", "x.__class__",
                                  "().__class__.__base__", "__import__('os').system('id')",
                                  "np.load('/etc/passwd')", "open(x)", "x(3)", "pi(2)", "sum",
                                  "a = b = 3", "a, b = x", "x[0] = 3", "sum(x)(y)", "x[y]",
                                  "x[::0]", "[x, y]", "sum(x, axes=1)", "sum(x, axis=1.5)",
                                  "sum(x, keepdims=1)", "sum(**x)", "sigmoid(x, y)", "mse(x)",
                                  "concat(x)", "reshape(x)", "[1, [2]]", "[[1], 2]", "pi = 3",
                                  "σ = 1", "array = 2", "1e400", "-1e400", "x²", "½", "@", "",
                                  "  # only a comment", "[1e999]"])  # fmt: skip
def test_what_is_no_mathematics_is_refused(text: str) -> None:
    refused(text)


def test_constants_of_other_types_have_words() -> None:
    assert set(CONSTANTS) >= {str, bytes, bool, complex, type(None), type(...)}


@pytest.mark.parametrize("char", ["\x00", "\x1b", "\u202e", "\ufeff", "\u200b", "\ud800", "\u2028"])
def test_invisible_characters_are_refused(char: str) -> None:
    assert refused(f"α = 1\nx{char}").position == Position(2, 2)


def test_a_thousand_terms_are_no_nesting() -> None:
    assert len(parse("+".join(["x"] * 1000)).nodes) == 1000


@pytest.mark.parametrize(
    "program",
    ["(" * 250 + "x" + ")" * 250, "(" * 3900 + "x" + ")" * 3900, "-" * 300 + "x",
     "x**" * 300 + "x", "x+" * 3900 + "x", "x" + "[0]" * 2600, "[" * 2000 + "]" * 2000],
    ids=["250 parentheses", "3900 parentheses", "signs", "powers", "terms", "indices", "lists"],
)  # fmt: skip
def test_depth_is_limited_without_a_crash(program: str) -> None:
    start = time.perf_counter()
    try:
        parse(program)
    except EngineError as error:
        assert error.limit is not None
        assert error.limit.name in {"depth", "nodes", "dimensions"}
    assert time.perf_counter() - start < 2


def test_the_length_is_limited() -> None:
    error = refused("x" * 8001)
    assert error.limit == ("program_characters", 8000, 8001)


def test_the_number_of_nodes_is_limited() -> None:
    with pytest.raises(EngineError) as caught:
        parse("x + y + z", Limits(nodes=4))
    assert caught.value.limit == ("nodes", 4, 5)


@pytest.mark.parametrize(
    "program",
    ["q = x;\nf = q", "q = x\r\nf = q * 2\r\n", "\tf = x", "f = (x +\n y)", "# ação\nf = x # ½"],
)
def test_layout_is_free(program: str) -> None:
    parse(program).check()
