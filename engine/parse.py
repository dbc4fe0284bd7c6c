"""From a program's text to a graph.

The text is read by Python's parser and walked with a whitelist; nothing of it is ever compiled or
run. The walk keeps its own stack, so that a sum of a thousand terms needs no deep recursion. Nodes
are made in order of evaluation, leaves at first appearance; constants and unnamed operations share
the counter of the ids `%1`, `%2`, …
"""

from __future__ import annotations

import ast
import math
from typing import Any, NamedTuple

from .array_words import LIST, Given
from .calls import Call, read_attribute, read_call, read_index
from .errors import (
    LimitError,
    NameProblem,
    Position,
    SyntaxProblem,
    ValueProblem,
    over_limit,
)
from .grammar import BINARY, refusal
from .graph import Graph, Nested, Node
from .limits import DEFAULT, Limits
from .names import PI, RESERVED, check_assignable, check_name
from .parse_problems import second_meaning, too_deep
from .sentence import say
from .source import Source, read
from .tensor import tensor


class Leaf(NamedTuple):
    """A name that takes its value from outside, and its default if the program gives one."""

    name: str
    default: Nested | None


def parse(program: str, limits: Limits = DEFAULT) -> Graph:
    """Return the graph of a program.

    Raises ProgramError with `position` for what is not accepted, LimitError for what is too large.
    """
    source, statements = read(program, limits)
    builder = _Builder(source, limits)
    for statement in statements:
        builder.state(statement)
    return builder.graph(program)


def leaves(program: str, limits: Limits = DEFAULT) -> tuple[Leaf, ...]:
    """Return the leaves of a program at first appearance, with their defaults."""
    graph = parse(program, limits)
    return tuple(Leaf(name, graph.defaults.get(name)) for name in graph.leaves)


class _Builder:
    """Nodes made so far. `names` maps every name to its node, `places` to where it first stood."""

    def __init__(self, source: Source, limits: Limits) -> None:
        self.source = source
        self.limits = limits
        self.nodes: dict[str, Node] = {}
        self.names: dict[str, str] = {}
        self.places: dict[str, Position] = {}
        self.assigned: set[str] = set()
        self.aliases: dict[str, str] = {}
        self.defaults: dict[str, Nested] = {}
        self.unnamed = 0
        self.output = ""

    def graph(self, program: str) -> Graph:
        return Graph(
            tuple(self.nodes.values()), self.output, self.aliases, self.defaults, program
        )  # fmt: skip

    def state(self, statement: ast.stmt) -> None:
        """Take one statement."""
        if isinstance(statement, ast.Expr):
            self.output = self.expression(statement.value, None)
            return
        if not isinstance(statement, ast.Assign):
            raise SyntaxProblem(refusal(statement), position=self.source.of(statement))
        target = statement.targets[0]
        if len(statement.targets) > 1 or not isinstance(target, ast.Name):
            raise SyntaxProblem(
                say("Exactly one name can stand left of =, as in q = x + y."),
                position=self.source.of(target),
            )
        value = _unwrapped(statement.value)
        self.output = self.assign(target.id, self.source.of(target), value)

    def assign(self, name: str, position: Position, value: ast.expr) -> str:
        """Take `name = value` and return the id of its node."""
        check_name(name, position)
        check_assignable(name, position)
        self.refuse_second(name, position)
        literal = _literal(value)
        if literal is not None:
            self.defaults[name] = self.checked(literal, value)
            node = self.add(Node(name, position=position))
        else:
            node = self.expression(value, name)
            self.refuse_second(name, position)
        if node != name:
            self.aliases[name] = node
        self.names[name] = node
        self.places[name] = position
        self.assigned.add(name)
        return node

    def refuse_second(self, name: str, position: Position) -> None:
        """Raise NameProblem if the name has a meaning already."""
        first = self.places.get(name)
        if first is None:
            return
        raise second_meaning(name, name in self.assigned, first, position)

    def add(self, node: Node) -> str:
        if len(self.nodes) >= self.limits.nodes:
            what = say("The number of nodes is at least")
            raise over_limit("nodes", self.limits.nodes, len(self.nodes) + 1, what)
        self.nodes[node.id] = node
        return node.id

    def fresh(self) -> str:
        self.unnamed += 1
        return f"%{self.unnamed}"

    def checked(self, literal: Nested, part: ast.expr) -> Nested:
        """Return a literal whose numbers are finite and whose lists are even."""
        position = self.source.of(part)
        try:
            value = tensor(literal, self.limits, "", Given(LIST))
        except (ValueProblem, LimitError) as error:
            error.pointer = None
            error.position = position
            raise
        for number in value.flat:
            if not math.isfinite(number):
                raise SyntaxProblem(
                    say("A number here is too large; numbers up to 1.797e308 are accepted."),
                    position=position,
                )
        plain: Nested = value.tolist()
        return plain

    def expression(self, root: ast.expr, name: str | None) -> str:
        """Make the nodes of an expression and return the id of its value; the last gets `name`."""
        stack: list[tuple[ast.expr, int, Call | None]] = [(root, 1, None)]
        done: list[str] = []
        while stack:
            part, depth, call = stack.pop()
            if call is not None:
                split = len(done) - len(call.args)
                args = tuple(done[split:])
                del done[split:]
                done.append(self.operation(part, call, args, name if part is root else None))
                continue
            if depth > self.limits.depth:
                raise too_deep(depth, self.limits.depth, self.source.of(part))
            simple = self.simple(part, name if part is root else None)
            if simple is not None:
                done.append(simple)
                continue
            call = self.call(part)
            stack.append((part, depth, call))
            # A chain grows to the left and is no nesting: its first part keeps the depth.
            for i, arg in reversed(list(enumerate(call.args))):
                stack.append((arg, depth + (i > 0 or not call.chain), None))
        return done[0]

    def simple(self, part: ast.expr, name: str | None) -> str | None:
        """Return the node of a name or literal, or None if the part is an operation."""
        if isinstance(part, ast.Name):
            return self.named(part, name)
        literal = _literal(part)
        if literal is None:
            return None
        value = self.checked(literal, part)
        return self.add(
            Node(self.fresh(), literal=value, position=self.source.of(part), named=False)
        )

    def named(self, part: ast.Name, name: str | None) -> str:
        position = self.source.of(part)
        if part.id == PI:
            return self.add(
                Node(
                    name or self.fresh(), literal=math.pi, position=position, named=name is not None
                )
            )
        check_name(part.id, position)
        if part.id in RESERVED:
            raise NameProblem(
                say(
                    "{name} is a function; write its argument in parentheses, as in {name}(x).",
                    name=part.id,
                ),
                position=position,
            )
        if part.id not in self.names:
            self.names[part.id] = self.add(Node(part.id, position=position))
            self.places[part.id] = position
        return self.names[part.id]

    def call(self, part: ast.expr) -> Call:
        """Return the operation that a part of the syntax tree stands for, and its arguments."""
        if isinstance(part, ast.BinOp):
            op = BINARY.get(type(part.op))
            if op is None:
                raise SyntaxProblem(refusal(part.op), position=self.source.of(part))
            return Call(op, (part.left, part.right), {}, chain=not isinstance(part.op, ast.Pow))
        if isinstance(part, ast.UnaryOp):
            if not isinstance(part.op, ast.USub):
                raise SyntaxProblem(refusal(part.op), position=self.source.of(part))
            return Call("neg", (part.operand,), {})
        if isinstance(part, ast.Attribute):
            return read_attribute(part, self.source)
        if isinstance(part, ast.Subscript):
            return read_index(part, self.source)
        if isinstance(part, ast.Call):
            return read_call(part, self.source, frozenset(self.names))
        if isinstance(part, ast.List):
            raise SyntaxProblem(
                say("A list holds numbers only here; concat([a, b]) joins values."),
                position=self.source.of(part),
            )
        raise SyntaxProblem(refusal(part), position=self.source.of(part))

    def operation(self, part: ast.expr, call: Call, args: tuple[str, ...], name: str | None) -> str:
        if call.op is None:
            return args[0]
        return self.add(
            Node(
                name or self.fresh(), call.op, args, call.params, None, self.source.of(part),
                named=name is not None, source="" if name else self.source.segment(part),
            )
        )  # fmt: skip


def _unwrapped(part: ast.expr) -> ast.expr:
    """Return what stands in `array(…)`, which is the value itself."""
    while (
        isinstance(part, ast.Call)
        and isinstance(part.func, ast.Name)
        and part.func.id == "array"
        and len(part.args) == 1
        and not part.keywords
    ):
        part = part.args[0]
    return part


def _literal(part: ast.expr) -> Nested | None:
    """Return the number or nested list that a part writes out, or None if it is something else.

    The list is walked without recursion; whether it is even is for `tensor` to say.
    """
    number = _number(part)
    if number is not None or not isinstance(part, ast.List):
        return number
    root: list[Any] = []
    stack: list[tuple[ast.List, list[Any]]] = [(part, root)]
    while stack:
        source, into = stack.pop()
        for element in source.elts:
            number = _number(element)
            if number is not None:
                into.append(number)
            elif isinstance(element, ast.List):
                into.append([])
                stack.append((element, into[-1]))
            else:
                return None
    return root


def _number(part: ast.expr) -> float | None:
    """Return the value of a number with an optional sign."""
    sign = 1.0
    if isinstance(part, ast.UnaryOp) and isinstance(part.op, ast.USub | ast.UAdd):
        sign = -1.0 if isinstance(part.op, ast.USub) else 1.0
        part = part.operand
    if not isinstance(part, ast.Constant) or type(part.value) not in (int, float):
        return None
    try:
        return sign * float(part.value)  # type: ignore[arg-type]
    except OverflowError:
        return sign * math.inf
