"""A graph as statements of Python, and numbers as their shortest exact text."""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from engine import Graph, Node
from engine.errors import ValueProblem
from engine.ops.matrices import written_index

# Names that a script uses itself.
_WORDS = (
    "np math torch F x y k t p g name kept grads batch epoch seed forward predict gradients train "
    "learning_rate parameters slots optimizer update losses loss taken index order range reversed "
    "print float list dict len enumerate group iterations MEAN SCALE SEED SIZE BATCHES EPOCH START "
    "UPDATES"
)
OWN = frozenset(_WORDS.split())
DATA = ("x", "y")
LONGEST_INLINE = 60


def names(graph: Graph, functions: Iterable[str] = ()) -> dict[str, str]:
    """Return a name of Python for every node; the data keep theirs."""
    taken = {*OWN, *functions} - set(DATA)
    found: dict[str, str] = {}
    count = 0
    for node in graph.nodes:
        if node.named:
            name = node.id
        else:
            count += 1
            name = f"t{count}"
        while name in taken or keyword.iskeyword(name) or (name in DATA and node.id not in DATA):
            name += "_"
        taken.add(name)
        found[node.id] = name
    return found


def fill(template: str, node: Node, args: list[str], **more: str) -> str:
    """Fill a template with arguments and settings."""
    settings = {key: repr(value) for key, value in node.params.items()}
    if "index" in node.params:
        settings["index"] = written_index(node.params["index"])
    return template.format(*args, all=", ".join(args), **settings, **more)


def statements(
    graph: Graph,
    called: Mapping[str, str],
    template_of: Callable[[Node], str],
    wrap: str,
    inline: bool = False,
) -> Iterator[str]:
    """Yield one assignment per operation and constant array, in order.

    With `inline` an unnamed operation that is used once stands inside the line that uses it.
    """
    spelled: dict[str, str] = {}
    templates = {node.id: template_of(node) for node in graph.nodes if node.op is not None}
    inner = _inner(graph, templates) if inline else frozenset()
    for node in graph.nodes:
        spelled[node.id] = called[node.id]
        if node.op is not None:
            args = [_bracketed(spelled[arg]) for arg in node.args]
            code = fill(templates[node.id], node, args)
            if node.id in inner and len(code) <= LONGEST_INLINE:
                spelled[node.id] = code
            else:
                yield f"{called[node.id]} = {code}"
        elif isinstance(node.literal, float | int):
            spelled[node.id] = repr(node.literal)
        elif node.literal is not None:
            yield f"{called[node.id]} = {wrap}({node.literal!r})"


def _inner(graph: Graph, templates: Mapping[str, str]) -> frozenset[str]:
    """Return the unnamed operations that one line mentions once."""
    mentions: dict[str, int] = {}
    for node in graph.nodes:
        for slot, arg in enumerate(node.args):
            times = templates[node.id].count(f"{{{slot}}}") or 1
            mentions[arg] = mentions.get(arg, 0) + times
    return frozenset(
        node.id
        for node in graph.nodes
        if node.op is not None and not node.named and mentions.get(node.id) == 1
    )


def _bracketed(text: str) -> str:
    """Put an expression in brackets unless it is a name, a number or a call."""
    return text if re.fullmatch(r"[\w.]+(\([^()]*\))?", text) else f"({text})"


def unwritable(op: str, where: str) -> ValueProblem:
    """Return the error for an operation that a format does not hold."""
    return ValueProblem(
        f"The operation {op} cannot be written as {where}; JSON, safetensors and npz hold every "
        "network."
    )


def numbers(array: Any) -> str:
    """Return numbers as nested lists, one row per line, each in its shortest exact form."""
    value = np.asarray(array, dtype=np.float64)
    if value.ndim < 2 or value.size == 0:
        return repr(value.tolist())
    inner = ",\n".join("    " + repr(row.tolist()) for row in value)
    return f"[\n{inner},\n]"


def indented(lines: Iterable[str]) -> str:
    """Return the lines of a function's body."""
    return "\n".join(f"    {line}" for line in lines)


def joined(blocks: Iterable[str]) -> str:
    """Return the blocks of a script, two lines around functions and one between others."""
    text, before = "", False
    for block in blocks:
        function = block.lstrip().startswith(("def ", "if __name__"))
        if text:
            text += "\n\n\n" if function or before else "\n\n"
        text += block.strip("\n")
        before = function
    return text + "\n"
