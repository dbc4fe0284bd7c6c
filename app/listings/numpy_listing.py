"""A program in NumPy alone: forward, and the gradients by the chain rule, node by node."""

from __future__ import annotations

from app.listings.subject import Subject, script
from app.training.exports.numpy_functions import FUNCTIONS
from app.training.exports.printing import numbers, used


def write(subject: Subject) -> str:
    """Return the script; the gradient of a node stands under its name with `d_` before it."""
    called = subject.called(FUNCTIONS)
    writer = subject.writer(called)
    forward = writer.forward(subject.graph)
    backward = list(writer.backward()) if subject.learnt else []
    reached = writer.reached() if subject.learnt else frozenset()
    for name in subject.learnt:
        if writer.grads[name] not in reached:
            backward.append(f"{writer.grads[name]} = np.zeros(np.shape({called[name]}))")
    leaves = [f"{called[name]} = np.array({numbers(value)})"
              for name, value in subject.values.items()]  # fmt: skip
    output = subject.label(subject.graph.output)
    slopes = [
        f'print("d {output} / d {name} =", {writer.grads[name]})'
        for name in subject.slopes()
        if writer.grads[name] in reached or name in subject.learnt
    ]
    code = [*forward, *backward]
    return script(
        "NumPy",
        [
            *used("\n".join(code), FUNCTIONS),
            "\n".join(leaves),
            "\n".join(["# Forward.", *forward]) if forward else "",
            "\n".join(["# Backward, from the output to the leaves.", *backward])
            if backward
            else "",
            "\n".join([*printed(subject, called), *slopes]),
        ],
    )


def printed(subject: Subject, called: dict[str, str]) -> list[str]:
    """Return lines that print the values of named results."""
    return [f'print("{subject.label(name)} =", {called[name]})' for name in subject.told()]
