r"""The lines of the ledger: for each step, what is computed, as templates.

Placeholders are «kind:ref» with the flags of `latex`: `label`, `value`, `grad` of a node; `local`,
`contribution`, `total`, `before` of an edge; `old`, `gradient`, `change`, `new` of an update;
`rate`; and `rel:kind:ref`, which is `=` where that number is shown exactly, else `\approx`.
`\fwd{…}` holds forward values, `\loc{…}` local factors, `\bwd{…}` what flows back.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np

from .evaluate import Edge, Run, Step
from .graph import Node
from .latex import LONGEST_SOURCE, operation_template
from .ops import OPS, Shape

_LABEL = re.compile("«label:([^«»!+]*)([!+]?)»")
_BARE = re.compile("«label:([^«»!+]*)[!+]?»")


class Line(NamedTuple):
    """One line of a step: its name (rule, local, product, total, numbers) and its template."""

    name: str
    latex: str


class Template(NamedTuple):
    """A local derivative in symbols, and whether it needs parentheses as a factor."""

    latex: str
    compound: bool


def step_lines(run: Run, step: Step) -> tuple[Line, ...]:
    """Return the lines of a step."""
    if step.phase == "update":
        return _update_lines(run, step)
    if step.phase != "backward":
        return _forward_lines(run, run.graph[step.node])
    if step.edge is None:
        return (Line("rule", rf"{partial(step.node, step.node)} = \bwd{{1}}"),)
    edge = run.edges[step.edge]
    if edge.local_kind == "rule":
        lines = _rule_lines(run, step.edge, edge)
    else:
        lines = _elementwise_lines(run, step.edge, edge)
    return (*lines, *_total_lines(run, step.edge, edge))


def partial(top: str, bottom: str) -> str:
    """Write ∂top/∂bottom."""
    return rf"\frac{{\partial «label:{top}»}}{{\partial «label:{bottom}»}}"


def edge_template(run: Run, index: int) -> Template:
    """Return an edge's local derivative in symbols; for a rule, the rule with «g» left in."""
    edge = run.edges[index]
    node = run.graph[edge.target]
    row = OPS[node.op or ""]
    numeric = edge.local_kind == "elementwise"
    templates = row.local_latex if numeric else row.rule_latex
    shape = np.shape(run.values[edge.target])
    template = _power_template(run, edge) if node.op == "pow" else None
    if template is None:
        template = templates[min(edge.slot, len(templates) - 1)]
    if row.arity is None:
        template = template.replace("«x!»", f"«label:{edge.source}!»")
    latex = _with_names(run, node, template)
    latex = odot(latex) if row.elementwise and shape else latex
    return Template(latex, _is_sum(latex))


def _with_names(run: Run, node: Node, template: str | None) -> str:
    row = OPS[node.op or ""]
    shapes = [np.shape(run.values[arg]) for arg in node.args]
    facts = row.facts(*shapes, **node.params)
    return operation_template(row.name, node.args, node.id, node.params, facts, template)


def _power_template(run: Run, edge: Edge) -> str | None:
    """Shorten n · x^(n−1) where the exponent is a number: 2 · x, 3 · x²."""
    exponent = run.graph[run.graph[edge.target].args[1]].literal
    if edge.slot != 0 or not isinstance(exponent, float) or not exponent.is_integer():
        return None
    if exponent == 2:
        return r"2 \cdot «x»"
    n = int(exponent)
    return rf"{n} \cdot {{«x»}}^{{{n - 1}}}" if 2 < n < 1_000_000 else None


def odot(latex: str) -> str:
    """Write products of arrays element by element; a plain number keeps its dot."""
    latex = re.sub(r"(?<!\d) \\cdot ", r" \\odot ", latex)
    latex = re.sub(r"\}\^\{(?!\\top)", r"}^{\\odot ", latex)
    return latex.replace("»(", r"» \odot (")


def _is_sum(latex: str) -> bool:
    """Whether a + or − stands outside all brackets."""
    depth = 0
    for part in re.sub("«[^«»]*»", "a", latex):
        depth += (part in "({[") - (part in ")}]")
        if depth == 0 and part in "+-":
            return True
    return False


def _numbers(latex: str) -> str:
    r"""Put values where names stand, each in \fwd; between a number and a bracket stands a dot."""
    numbers = _LABEL.sub(r"\\fwd{«value:\1\2»}", latex)
    return re.sub(r"(\\fwd\{«[^«»]*»\})\(", r"\1 \\cdot (", numbers)


def writes_itself(node: Node) -> bool:
    """Whether a node without a name is called by its own expression."""
    return not node.named and 0 < len(node.source) <= LONGEST_SOURCE


def _forward_lines(run: Run, node: Node) -> tuple[Line, ...]:
    latex = _with_names(run, node, None)
    if OPS[node.op or ""].elementwise and np.ndim(run.values[node.id]):
        latex = odot(latex)
    left = f"«label:{node.id}!»"
    rule = latex if writes_itself(node) else f"{left} = {latex}"
    result = rf"«rel:value:{node.id}» \fwd{{«value:{node.id}!»}}"
    return (Line("rule", rule), Line("numbers", f"{left} = {_numbers(latex)} {result}"))


def _gradient(run: Run, edge: Edge) -> str:
    """Write ∂L/∂source, and through which node, where gradients arrive from several edges."""
    total = partial(run.graph.output, edge.source)
    if len(run.outgoing.get(edge.source, ())) < 2:
        return total
    via = rf"\text{{via }}«label:{edge.target}!»"
    if run.graph[edge.target].args.count(edge.source) > 1:
        via += rf"\text{{, }}{edge.slot + 1}"
    return rf"\left.{total}\right|_{{{via}}}"


def _summed(run: Run, edge: Edge) -> bool:
    """Whether broadcasting is undone on this edge."""
    source, target = np.shape(run.values[edge.source]), np.shape(run.values[edge.target])
    args = [np.shape(run.values[arg]) for arg in run.graph[edge.target].args]
    row = OPS[run.graph[edge.target].op or ""]
    if row.elementwise:
        return source != target
    if row.loss:
        return source == () and any(args)
    if row.name == "matmul":
        return len(args[1 - edge.slot]) > 2 and len(source) <= 2
    return False


def _sum(latex: str, summed: bool) -> str:
    return rf"\operatorname{{sum}}({latex})" if summed else latex


def _elementwise_lines(run: Run, index: int, edge: Edge) -> tuple[Line, ...]:
    left = _gradient(run, edge)
    summed = _summed(run, edge)
    dot = r"\odot" if np.shape(run.values[edge.target]) else r"\cdot"
    factor = partial(edge.target, edge.source)
    upstream = partial(run.graph.output, edge.target)
    rule = _sum(rf"\bwd{{{upstream}}} {dot} \loc{{{factor}}}", summed)
    product = _sum(rf"\bwd{{«grad:{edge.target}!»}} {dot} \loc{{«local:{index}»}}", summed)
    result = rf"«rel:contribution:{index}» \bwd{{«contribution:{index}!»}}"
    return (
        Line("rule", f"{left} = {rule}"),
        Line("local", rf"\loc{{{factor}}} = {_local(run, index, edge)}"),
        Line("product", f"{left} = {product} {result}"),
    )


def _local(run: Run, index: int, edge: Edge) -> str:
    """Write a local derivative in symbols, with numbers, and its value; nothing twice."""
    latex = edge_template(run, index).latex
    value = rf"\loc{{«local:{index}!»}}"
    names = _LABEL.findall(latex)
    if not names:
        return rf"\loc{{{latex}}}"
    bare = _BARE.fullmatch(latex)
    if bare:
        if run.graph[bare[1]].literal is not None:
            return value
        return rf"\loc{{«label:{bare[1]}!»}} «rel:local:{index}» {value}"
    numbers = "" if np.ndim(run.values[edge.target]) else f"= {_numbers(latex)} "
    return rf"\loc{{{latex}}} {numbers}«rel:local:{index}» {value}"


def _under(latex: str, shape: Shape) -> str:
    return rf"\underset{{{_sizes(shape)}}}{{{latex}}}" if shape else latex


def _sizes(shape: Shape) -> str:
    return r" \times ".join(map(str, shape))


def _rule_lines(run: Run, index: int, edge: Edge) -> tuple[Line, ...]:
    node = run.graph[edge.target]
    left = _gradient(run, edge)
    template = edge_template(run, index).latex
    source, target = np.shape(run.values[edge.source]), np.shape(run.values[edge.target])
    upstream = _under(rf"\bwd{{{partial(run.graph.output, edge.target)}}}", target)
    symbols = template
    if node.op == "matmul":
        symbols = _matrix_factors(run, symbols)
    symbols = symbols.replace(r"\mathbf{1}", _under(r"\mathbf{1}", source))
    rule = _sum(symbols.replace("«g»", upstream), _summed(run, edge))
    numbers = _LABEL.sub(r"\\loc{«value:\1\2»}", template)
    numbers = numbers.replace("«g»", rf"\bwd{{«grad:{edge.target}»}}")
    result = rf"«rel:contribution:{index}» \bwd{{«contribution:{index}!»}}"
    return (
        Line("rule", f"{_under(left, source)} = {rule}"),
        Line("product", f"{left} = {_sum(numbers, _summed(run, edge))} {result}"),
    )


def _matrix_factors(run: Run, template: str) -> str:
    """Write the shape beneath the transposed factor of a matrix product."""

    def replace(match: re.Match[str]) -> str:
        shape = np.shape(run.values[match[2]])
        return _under(rf"\loc{{{match[1]}}}", shape[::-1])

    return re.sub(r"(\{«label:([^«»!+]*)[!+]?»\}\^\{\\top\})", replace, template)


def _total_lines(run: Run, index: int, edge: Edge) -> tuple[Line, ...]:
    """Return the line that adds to an earlier contribution, if there is one."""
    if index not in run.befores:
        return ()
    added = rf"\bwd{{«before:{index}!»}} + \bwd{{«contribution:{index}+»}}"
    left = partial(run.graph.output, edge.source)
    result = rf"«rel:total:{index}» \bwd{{«total:{index}!»}}"
    return (Line("total", rf"{left} \leftarrow {added} {result}"),)


def _update_lines(run: Run, step: Step) -> tuple[Line, ...]:
    name = step.node
    i = next(i for i, update in enumerate(run.updates) if update.parameter == name)
    gradient = partial(run.graph.output, name)
    symbol = f"«label:{name}»"
    change = rf"«rate:» \cdot \bwd{{«gradient:{i}»}}"
    return (
        Line("rule", rf"{symbol} \leftarrow {symbol} - \alpha \cdot \bwd{{{gradient}}}"),
        Line("numbers", rf"\fwd{{«old:{i}!»}} - {change} «rel:new:{i}» \fwd{{«new:{i}!»}}"),
    )


def local_rule(run: Run, index: int, template: Template | None = None) -> str:
    """Return what `local_latex` says of an edge: its local derivative, or the whole rule."""
    edge = run.edges[index]
    latex = (template or edge_template(run, index)).latex
    if edge.local_kind == "elementwise":
        return latex
    upstream = partial(run.graph.output, edge.target)
    rule = _sum(latex.replace("«g»", upstream), _summed(run, edge))
    return f"{partial(run.graph.output, edge.source)} = {rule}"
