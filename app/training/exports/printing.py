"""A graph as statements of Python, and numbers as their shortest exact text."""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from app.training.exports.operations import OPERATIONS, Row
from engine import Graph, Node
from engine.errors import ValueProblem
from engine.ops import OPS
from engine.ops.matrices import written_index
from engine.sentence import say

# Names that a script uses itself.
_WORDS = (
    "np math torch F x y k t p g name kept grads batch epoch seed forward predict gradients train "
    "learning_rate parameters slots optimizer update losses loss taken index order group "
    "iterations MEAN SCALE SEED SIZE BATCHES EPOCH START UPDATES"
)
BUILTINS = frozenset(dir(builtins))
OWN = frozenset(_WORDS.split()) | BUILTINS
DATA = ("x", "y")
LONGEST_INLINE = 60


class Tool(NamedTuple):
    """What makes an array and a number there, and which operations take a number of Python."""

    array: str
    number: str
    bare: frozenset[str]


def row_of(op: str, where: str) -> Row:
    """Return how an operation is written; raises ValueProblem if there is no way."""
    row = OPERATIONS.get(op)
    if row is None:
        raise ValueProblem(
            say(
                "The operation {op} cannot be written as {language}; JSON, safetensors "
                "and npz hold every network.",
                op=op,
                language=where,
            )
        )
    return row


def names(
    graph: Graph,
    functions: Iterable[str] = (),
    own: Collection[str] = OWN,
    data: Collection[str] = DATA,
) -> dict[str, str]:
    """Return a name of Python for every node, none that is among `own`; the data keep theirs."""
    taken = {*own, *functions} - set(data)
    found: dict[str, str] = {}
    count = 0
    for node in graph.nodes:
        if node.named:
            name = node.id
        else:
            count += 1
            name = f"t{count}"
        while name in taken or keyword.iskeyword(name) or (name in data and node.id not in data):
            name += "_"
        taken.add(name)
        found[node.id] = name
    return found


def settings(node: Node) -> dict[str, str]:
    """Return the settings of an operation as text; `axes` is a list of the axis."""
    kinds = {param.name: param.kind for param in OPS[node.op or "copy"].params}
    found = {key: _setting(kinds.get(key, ""), value) for key, value in node.params.items()}
    if "axis" in node.params:
        axis = node.params["axis"]
        found["axes"] = "None" if axis is None else f"[{axis}]"
    if node.params.get("stride", ...) is None:
        found["stride"] = found["kernel_size"]
    return found


def _setting(kind: str, value: Any) -> str:
    if kind == "index":
        return written_index(value)
    return repr(float(value) if kind in ("number", "bound") and value is not None else value)


def fill(template: str, node: Node, args: list[str], **more: str) -> str:
    """Fill a template with arguments and settings."""
    return template.format(*args, all=", ".join(args), **settings(node), **more)


def statements(
    graph: Graph,
    called: Mapping[str, str],
    template_of: Callable[[Node], str],
    tool: Tool,
    kept: Collection[str] | None = None,
) -> Iterator[str]:
    """Yield one assignment per operation and constant array, in order.

    An unnamed operation that is used once stands inside the line that uses it, unless it is among
    those `kept`; None keeps all.
    """
    spelled: dict[str, str] = {}
    templates = {node.id: template_of(node) for node in graph.nodes if node.op is not None}
    inner = frozenset() if kept is None else _inner(graph, templates) - set(kept)
    for node in graph.nodes:
        spelled[node.id] = called[node.id]
        if node.op is not None:
            template = templates[node.id]
            code = fill(template, node, _arguments(graph, node, spelled, tool, template))
            if node.id in inner and len(code) <= LONGEST_INLINE:
                spelled[node.id] = code
            else:
                yield f"{called[node.id]} = {code}"
        elif is_number(node):
            spelled[node.id] = repr(node.literal)
        elif node.literal is not None:
            yield f"{called[node.id]} = {tool.array}({listed(node.literal)})"


def is_number(node: Node) -> bool:
    """Whether a node is a number that is written in the program."""
    return isinstance(node.literal, float | int)


def _arguments(
    graph: Graph, node: Node, spelled: Mapping[str, str], tool: Tool, template: str
) -> list[str]:
    """Return the arguments as text; a number of Python only where the tool takes one."""
    plain = [is_number(graph[arg]) for arg in node.args]
    bare = node.op in tool.bare and not all(plain)
    return [
        f"{tool.number}({float(spelled[arg])!r})" if number and not bare else
        _bracketed(spelled[arg], template, slot)
        for slot, (arg, number) in enumerate(zip(node.args, plain, strict=True))
    ]  # fmt: skip


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


def _bracketed(text: str, template: str, slot: int) -> str:
    """Put an expression in brackets unless it stands by itself, in itself or in the template."""
    around = re.findall(rf"(.?.?)\{{{slot}\}}(.?)", template)
    alone = all(before[-1:] in ("(", "[") or before == ", " for before, _ in around)
    closed = all(after in (")", "]", ",") for _, after in around)
    return text if (around and alone and closed) or _whole(text) else f"({text})"


def _whole(text: str) -> bool:
    """Whether a text is a name or a number, with calls, indices and attributes behind it."""
    begun = re.match(r"[\w.]+", text)
    depth = 0
    for sign in text[begun.end() :] if begun else "-":
        depth += (sign in "([") - (sign in ")]")
        if depth == 0 and not (sign.isalnum() or sign in "._)]"):
            return False
    return True


def used(code: str, functions: Mapping[str, str]) -> list[str]:
    """Return the functions that code calls, and those that they call, in the order of the table."""
    found: set[str] = set()
    waiting = [code]
    while waiting:
        text = waiting.pop()
        for name, source in functions.items():
            if name not in found and re.search(rf"(?<![\w.]){name}\(", text):
                found.add(name)
                waiting.append(source.split("\n", 2)[2])
    return [source.strip("\n") for name, source in functions.items() if name in found]


def listed(array: Any) -> str:
    """Return numbers as nested lists on one line."""
    return repr(np.asarray(array, dtype=np.float64).tolist())


def numbers(array: Any) -> str:
    """Return numbers as nested lists, one row per line, each in its shortest exact form."""
    value = np.asarray(array, dtype=np.float64)
    if value.ndim < 2 or value.size == 0:
        return listed(value)
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
