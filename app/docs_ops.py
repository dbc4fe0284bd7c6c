"""Each operation at work: a program of two or three nodes, its values, and its formulas.

Program and values come from the row's own `samples`; the formulas are those of the run.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from math import prod
from typing import Any, NamedTuple

import engine
from engine import EngineError, Run
from engine.grammar import BINARY
from engine.ops import OPS, Op
from engine.ops.matrices import written_index
from engine.ops.row import ARGUMENTS, Sample, Shape

# Steps through an interval that never meet twice: the golden section.
GOLDEN = 0.618034
RESULT = "z"
# A matrix is drawn as it is; more axes are harder to follow.
MOST_AXES = 2
LETTERS = (*ARGUMENTS, "v", "u")


class Demonstration(NamedTuple):
    """`step` is the playhead at which the operation's first local gradient has been used."""

    program: str
    values: dict[str, Any]
    step: int
    formula: str
    rules: list[str]


def demonstration(name: str) -> Demonstration | None:
    """Return an operation at work; None for a row whose sample no program can say."""
    op = OPS[name]
    sample = _sample(op)
    expression = written(op, sample)
    if expression is None:
        return None
    values = {
        letter: _values(box, shape, slot)
        for slot, (letter, box, shape) in enumerate(
            zip(LETTERS, sample.box, sample.shapes, strict=False)
        )
    }
    try:
        run = _run(f"{RESULT} = {expression}", values)
    except EngineError:
        return None
    labels = engine.labels(run.graph)
    forward = next(step for step in run.steps if step.node == RESULT)
    line = engine.step_lines(run, forward)[0]
    return Demonstration(
        program=run.graph.program,
        values=values,
        step=_first_use(run),
        formula=engine.print_line(line.latex, run, labels),
        rules=list(_rules(run, labels)),
    )


def written(op: Op, sample: Sample) -> str | None:
    """Return the expression that applies an operation to x and y, with the sample's settings.

    None for an operation that programs have no word and no sign for.
    """
    if op.call:
        arguments = ", ".join(LETTERS[: len(sample.box)])
        first = f"[{arguments}]" if op.arity is None else arguments
        return f"{op.name}({', '.join([first, *_settings(op, sample.params)])})"
    if "index" in sample.params:
        return f"{LETTERS[0]}[{written_index(sample.params['index'])}]"
    return signs().get(op.name)


def _settings(op: Op, params: Mapping[str, Any]) -> Iterator[str]:
    for param in op.params:
        value = params.get(param.name, param.default)
        if param.kind == "sizes":
            yield from map(str, value)
        elif value != param.default:
            yield f"{param.name}={value}"


def _forms() -> Iterator[str]:
    x, y = (ast.Name(name) for name in ARGUMENTS[:2])
    for operator in BINARY:
        yield ast.unparse(ast.BinOp(x, operator(), y))
    yield ast.unparse(ast.UnaryOp(ast.USub(), x))


@cache
def signs() -> dict[str, str]:
    """Return how operations are written with signs, as the parser itself reads them."""
    read = ((form, engine.parse(form)) for form in _forms())
    return {graph[graph.output].op or "": form for form, graph in read}


def _sample(op: Op) -> Sample:
    """Return the sample that shows most: arguments above 0; arrays where elements meet, but small.

    Of samples that are alike in this, the first.
    """
    rows = [row for row in op.samples if op.elementwise or any(row.shapes)] or op.samples

    def rank(row: Sample) -> tuple[bool, bool]:
        flat = all(len(shape) <= MOST_AXES for shape in row.shapes)
        return not flat, not all(high > 0 for _, high in row.box)

    return min(rows, key=rank)


def _values(box: tuple[float, float], shape: Shape, slot: int) -> Any:
    """Return values in an interval, one decimal each; 0 and 1 in turn where it is [0, 1]."""
    low, high = box
    if box == (0.0, 1.0):
        width = shape[-1] if shape else 1
        flat = [float(i % width == (i // width + slot) % width) for i in range(prod(shape))]
    else:
        parts = ((GOLDEN * (i + 1) + 0.29 * slot) % 1 for i in range(prod(shape)))
        # Adding 0 makes of −0.0 a plain 0.0.
        flat = [round(low + (high - low) * (0.1 + 0.8 * part), 1) + 0.0 for part in parts]
    return _nested(flat, shape)


def _nested(flat: list[float], shape: Shape) -> Any:
    if not shape:
        return flat[0]
    size = len(flat) // shape[0]
    return [_nested(flat[i * size : (i + 1) * size], shape[1:]) for i in range(shape[0])]


def _run(program: str, values: Mapping[str, Any]) -> Run:
    """Evaluate a program; what is no number is summed, of a vector one element is taken."""
    run = engine.evaluate(engine.parse(program), values)
    shape = getattr(run.value, "shape", ())
    if not shape:
        return run
    end = f"{RESULT}[0]" if len(shape) == 1 else f"sum({RESULT})"
    return engine.evaluate(engine.parse(f"{program}; f = {end}"), values)


def _edges(run: Run) -> Iterator[int]:
    yield from (i for i, edge in enumerate(run.edges) if edge.target == RESULT)


def _first_use(run: Run) -> int:
    uses = set(_edges(run))
    return next((step.index + 1 for step in run.steps if step.edge in uses), len(run.steps))


def _rules(run: Run, labels: Mapping[str, engine.Label]) -> Iterator[str]:
    """Yield per argument ∂z/∂x = …, or the rule for ∂L/∂x where no local gradient exists.

    There the output stands for any loss L that comes after it.
    """
    output = rf"\frac{{\partial {labels[run.graph.output].latex}}}"
    for index in _edges(run):
        edge = run.edges[index]
        latex = engine.local_latex(run, index, labels).replace(output, r"\frac{\partial L}")
        if edge.local_kind == "elementwise":
            source = labels[edge.source].latex
            latex = rf"\frac{{\partial {RESULT}}}{{\partial {source}}} = {latex}"
        yield latex
