"""A program in JAX: a function of the leaves that have gradients, and `jax.grad` of it."""

from __future__ import annotations

from app.listings.jax_functions import FUNCTIONS, in_jax
from app.listings.subject import Subject, script
from app.training.exports.operations import chosen
from app.training.exports.printing import (
    Tool,
    indented,
    is_number,
    numbers,
    row_of,
    statements,
    used,
)
from engine import Node
from engine.ops import OPS

WHERE = "a JAX script"
TOOL = Tool("jnp.array", "jnp.float64", frozenset(OPS))


def write(subject: Subject) -> str:
    """Return the script; the gradient of a leaf stands under its name with `d_` before it."""
    graph, cases = subject.graph, subject.cases()
    called = subject.called(FUNCTIONS)
    grads = subject.writer(called).grads

    def template_of(node: Node) -> str:
        if node.op == "pow" and is_number(power := graph[node.args[1]]) and power.literal:
            return "{0} ** {1}"
        row, case = row_of(node.op or "", WHERE), cases[node.id]
        return chosen(row.jax, case) if row.jax else in_jax(chosen(row.numpy, case))

    lines = list(statements(graph, called, template_of, TOOL, [graph.output]))
    given = ", ".join(called[name] for name in subject.learnt)
    output = called[graph.output]
    leaves = [f"{called[name]} = jnp.array({numbers(value)})"
              for name, value in subject.values.items()]  # fmt: skip
    function = f"def program({given}):\n{indented([*lines, f'return {output}'])}"
    label = subject.label(graph.output)
    code = [f"{output} = program({given})", f'print("{label} =", {output})']
    if subject.learnt:
        whole = not subject.shapes[graph.output]
        of = "program" if whole else "lambda *leaves: jnp.sum(program(*leaves))"
        places = ", ".join(map(str, range(len(subject.learnt))))
        into = ", ".join(grads[name] for name in subject.learnt)
        if len(subject.learnt) == 1:
            into, places = f"({into},)", f"{places},"
        code.append(f"{into} = jax.grad({of}, argnums=({places}))({given})")
        code += [f'print("d {label} / d {name} =", {grads[name]})' for name in subject.learnt]
    return script(
        "JAX",
        [
            'jax.config.update("jax_enable_x64", True)',
            *used("\n".join(lines), FUNCTIONS),
            "\n".join(leaves),
            function,
            "\n".join(code),
        ],
        "import jax",
        "import jax.numpy as jnp",
    )
