"""Names, labels and their plain text."""

from __future__ import annotations

import pytest

from engine import labels, name_latex, parse, plain_label
from engine.latex import Label, fill

NAMES = [
    ("x", "x", "x"), ("w1", "w_{1}", "w₁"), ("W_1", "W_{1}", "W₁"), ("alpha", r"\alpha", "α"),
    ("α", r"\alpha", "α"), ("β2", r"\beta_{2}", "β₂"), ("y_hat", r"\hat{y}", "ŷ"),
    ("loss", r"\mathrm{loss}", "loss"), ("x_i", "x_{i}", "xᵢ"), ("h1_2", "h_{1,2}", "h₁,₂"),
    ("_x", r"\text{\_x}", "_x"), ("theta_1", r"\theta_{1}", "θ₁"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "latex", "text"), NAMES)
def test_names_are_typeset(name: str, latex: str, text: str) -> None:
    assert name_latex(name) == latex
    assert plain_label(latex).replace("y\u0302", "ŷ") == text


def test_labels_as_plain_text() -> None:
    assert plain_label("w^{(1)}") == "w⁽¹⁾"
    assert plain_label(r"\dot{q}\,z") == "q\u0307 z"
    assert plain_label(r"\hat{y}") == "y\u0302"


FORMULAS = [
    ("x * y", "x · y"), ("x / y", "x/y"), ("(x + y) / (x * y)", "(x + y)/(x · y)"),
    ("abs(x)", "|x|"), ("norm(x)", "‖x‖"), ("sqrt(x)", "√x"), ("sqrt(x * y)", "√(x · y)"),
    ("exp(-x)", "e^(-x)"), ("exp(x)", "e^x"), ("x ** -1", "x⁻¹"), ("(x / y) ** 2", "(x/y)²"),
    ("x.T", "xᵀ"), ("x[0, 1]", "x[0, 1]"), ("pi * x", "π · x"), ("x1 * alpha", "x₁ · α"),
    ("log(x / y)", "ln(x/y)"), ("sqrt(x / (1 + y))", "√(x/(1 + y))"),
    ("softplus(x)", "ln(1 + e^x)"),
]  # fmt: skip


@pytest.mark.parametrize(("program", "text"), FORMULAS)
def test_formulas_as_plain_text(program: str, text: str) -> None:
    graph = parse(f"{program} + 1")
    assert plain_label(labels(graph)[graph.nodes[-3].id].latex) == text


def test_unnamed_nodes_are_their_expressions_while_short() -> None:
    found = labels(parse("L = sigmoid(x * w + b) * (x + 12345.678901234567890123)"))
    assert found["%1"] == Label(r"x \cdot w", True)
    assert found["%2"] == Label(r"x \cdot w + b", True)
    assert found["%3"] == Label(r"\sigma(x \cdot w + b)")
    assert found["%5"] == Label("v_{5}")


def test_overrides_win() -> None:
    assert labels(parse("f = w1 * 2"), {"w1": "w^{(1)}"})["w1"].latex == "w^{(1)}"


@pytest.mark.parametrize(
    ("template", "put", "expected"),
    [("«label:a»", Label("a + b", True), "(a + b)"), ("«label:a!»", Label("a + b", True), "a + b"),
     ("«label:a+»", Label("a + b", True), "a + b"), ("«label:a+»", Label("-2"), "(-2)"),
     ("«label:a»", Label("-2"), "(-2)"), ("«label:a!»", Label("-2"), "-2"),
     ("{«label:a»}^{2}", Label("x"), "{x}^{2}")],
)  # fmt: skip
def test_flags_decide_about_parentheses(template: str, put: Label, expected: str) -> None:
    assert fill(template, lambda _kind, _ref: put) == expected
