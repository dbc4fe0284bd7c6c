"""What the ledger says, word for word."""

from __future__ import annotations

import re

import pytest

from engine import (
    OPS,
    Descent,
    Run,
    edge_template,
    evaluate,
    folded,
    labels,
    local_latex,
    parse,
    print_line,
    print_step,
    sign,
    step_lines,
)
from engine.ops import Op
from engine.ops.row import ARGUMENTS
from tests.engine.cases import load


def printed(run: Run, index: int) -> dict[str, str]:
    names = labels(run.graph)
    lines = step_lines(run, run.steps[index])
    return {line.name: print_line(line.latex, run, names) for line in lines}


@pytest.fixture
def lecture(chain: str, chain_values: dict[str, float]) -> Run:
    return evaluate(parse(chain), chain_values, ["x1", "y"], Descent(0.1, ("w2", "w1")))


def test_the_forward_step_of_a_sigmoid(lecture: Run) -> None:
    assert printed(lecture, 3) == {
        "rule": r"a_{2} = \sigma(s_{2})",
        "numbers": r"a_{2} = \sigma(0.1888) \approx 0.5471",
    }


def test_the_loss(lecture: Run) -> None:
    assert printed(lecture, 4) == {
        "rule": r"L = \tfrac{1}{2}(a_{2} - y)^{2}",
        "numbers": r"L = \tfrac{1}{2}(0.5471 - 1)^{2} \approx 0.1026",
    }


def test_the_seed(lecture: Run) -> None:
    assert printed(lecture, 5) == {"rule": r"\frac{\partial L}{\partial L} = 1"}


def test_the_backward_step_through_a_sigmoid(lecture: Run) -> None:
    assert printed(lecture, 7) == {
        "rule": (
            r"\frac{\partial L}{\partial s_{2}} = \frac{\partial L}{\partial a_{2}} \cdot "
            r"\frac{\partial a_{2}}{\partial s_{2}}"
        ),
        "local": (
            r"\frac{\partial a_{2}}{\partial s_{2}} = a_{2}(1 - a_{2}) = 0.5471 \cdot (1 - 0.5471) "
            r"\approx 0.2478"
        ),
        "product": r"\frac{\partial L}{\partial s_{2}} = -0.4529 \cdot 0.2478 \approx -0.1122",
    }


def test_a_bare_factor_is_not_printed_twice(lecture: Run) -> None:
    assert printed(lecture, 8)["local"] == r"\frac{\partial s_{2}}{\partial a_{1}} = w_{2} = 0.5"


def test_an_update(lecture: Run) -> None:
    assert printed(lecture, 12) == {
        "rule": r"w_{2} \leftarrow w_{2} - \alpha \cdot \frac{\partial L}{\partial w_{2}}",
        "numbers": r"0.5 - 0.1 \cdot (-0.04237) \approx 0.5042",
    }


def test_the_templates_of_a_backward_step(lecture: Run) -> None:
    assert step_lines(lecture, lecture.steps[7])[2].latex == (
        r"\frac{\partial «label:L»}{\partial «label:s2»} = \bwd{«grad:a2!»} \cdot \loc{«local:5»} "
        r"«rel:contribution:5» \bwd{«contribution:5!»}"
    )
    assert edge_template(lecture, 6) == ("«label:a2!» - «label:y»", True)
    assert local_latex(lecture, 5, labels(lecture.graph)) == "a_{2}(1 - a_{2})"


def test_several_edges_say_through_which_node() -> None:
    run = evaluate(parse("q = x * x; f = q + x"), {"x": 3})
    assert r"\right|_{\text{via }q\text{, }1}" in printed(run, 5)["product"]
    assert "total" not in printed(run, 4)
    assert printed(run, 6)["total"] == r"\frac{\partial f}{\partial x} \leftarrow 4 + 3 = 7"


def test_matrix_factors_carry_their_shapes() -> None:
    run = evaluate(parse("s = x @ W; f = sum(s)"), {"x": [[1, 2, 3]], "W": [[1, 2]] * 3}, ["x"])
    assert printed(run, 4)["rule"] == (
        r"\underset{3 \times 2}{\frac{\partial f}{\partial W}} = \underset{3 \times 1}{{x}^{\top}} "
        r"\underset{1 \times 2}{\frac{\partial f}{\partial s}}"
    )


def test_undone_broadcasting_is_a_sum() -> None:
    run = evaluate(parse("f = sum(X * b)"), {"X": [[1, 2], [3, 4]], "b": 2}, ["X"])
    assert r"\operatorname{sum}(" in printed(run, 4)["product"]
    assert r"\odot" in printed(run, 4)["rule"]


def test_signs_fold_numbers_in() -> None:
    graph = parse("f = 0.5 * (a - y) ** 2 + x * z")
    signs = {node.id: sign(graph, node.id) for node in graph.nodes}
    assert signs["%4"] == r"(\,)^{«value:%3!»}"
    assert signs["%5"] == r"«value:%1» \cdot"
    assert folded(graph) == {"%1", "%3"}
    assert signs["%6"] == r"\times"


@pytest.mark.parametrize("case", load("conformance.json")["programs"], ids=lambda c: c["program"])
def test_every_step_and_edge_of_every_program_prints(case: dict[str, object]) -> None:
    run = evaluate(parse(str(case["program"])), case["values"])  # type: ignore[arg-type]
    names = labels(run.graph)
    texts = [print_step(run, step, names) for step in run.steps]
    texts += [local_latex(run, index, names) for index in range(len(run.edges))]
    for text in texts:
        assert "«" not in text and "?" not in text
        assert not re.search(r"\\(fwd|loc|bwd)\{", text)
        assert text.count("{") == text.count("}")
        assert "None" not in text


@pytest.mark.parametrize("op", OPS.values(), ids=OPS)
def test_rows_use_only_known_placeholders(op: Op) -> None:
    sample = op.samples[0]
    known = {*ARGUMENTS, "z", "g", "all", "terms", *sample.params}
    known |= set(op.facts(*sample.shapes, **sample.params))
    for template in (op.latex, *op.local_latex, *op.rule_latex):
        assert set(re.findall("«([a-z]+)[!+]?»", template)) <= known
