"""A program in PyTorch, with the gradients by its autograd."""

from __future__ import annotations

from app.listings.subject import Subject, script
from app.training.exports.operations import chosen
from app.training.exports.printing import numbers, row_of, statements, used
from app.training.exports.torch_functions import FUNCTIONS
from app.training.exports.torch_script import TOOL, WHERE


def write(subject: Subject) -> str:
    """Return the script."""
    graph, cases = subject.graph, subject.cases()
    called = subject.called(FUNCTIONS)
    template_of = {node.id: chosen(row_of(node.op, WHERE).torch, cases[node.id])
                   for node in graph.nodes if node.op is not None}  # fmt: skip
    lines = list(statements(graph, called, lambda n: template_of[n.id], TOOL, [graph.output]))
    writer = subject.writer(called)
    reached = writer.reached() if subject.learnt else frozenset()
    wanted = [name for name in subject.slopes() if writer.grads[name] in reached]
    leaves = [
        f"{called[name]} = torch.tensor({numbers(value)}"
        f"{', requires_grad=True' if name in wanted else ''})"
        for name, value in subject.values.items()
    ]
    output = subject.label(graph.output)
    summed = "" if not subject.shapes[graph.output] else ".sum()"
    back = [f"{called[name]}.retain_grad()" for name in wanted if name not in subject.values]
    if set(wanted) & set(subject.values):
        back.append(f"{called[graph.output]}{summed}.backward()")
    else:
        back, wanted = [], []
    told = [f'print("{subject.label(name)} =", {called[name]}.detach())' for name in subject.told()]
    slopes = [f'print("d {output} / d {name} =", {called[name]}.grad)' for name in wanted]
    slopes += [f'print("d {output} / d {name} = 0: it does not depend on it.")'
               for name in subject.learnt if name not in wanted]  # fmt: skip
    functional = ["import torch.nn.functional as F"] if "F." in "\n".join(lines) else []
    return script(
        "PyTorch",
        [
            "torch.set_default_dtype(torch.float64)",
            *used("\n".join(lines), FUNCTIONS),
            "\n".join(leaves),
            "\n".join(lines),
            "\n".join(back),
            "\n".join([*told, *slopes]),
        ],
        "import torch",
        *functional,
    )
