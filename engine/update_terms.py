r"""An optimizer's update term by term: what goes in, every quantity between, and the new value.

The rules of `optimizers` are in the order in which a plan computes; here the same rules are in the
order in which they are read, with a name for every quantity that a text names, such as Adam's
bias-corrected m̂. A test holds the two together. Sources: momentum, Sutskever et al. 2013; Adagrad,
Duchi et al. 2011; RMSprop, Hinton's lecture 6e, 2012; Adam, Kingma and Ba 2014, algorithm 1;
AMSGrad, Reddi et al. 2018; AdamW, Loshchilov and Hutter 2017, algorithm 2.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from .graph import Graph, Node
from .ops import OPS, Array
from .optimizers import Optimizer
from .parse import parse
from .passes import forward


class Term(NamedTuple):
    """One quantity of an update: its LaTeX, how it is computed, and its value.

    `template` is LaTeX with the names of other terms between « and »; a + or nothing before » says
    that a number there needs parentheses if it is negative, a ! that it never does. What goes into
    the update, such as a setting, has none.
    """

    name: str
    symbol: str
    template: str | None
    value: Array


Settings = Mapping[str, Any]

# A slot before and after the update.
SLOTS = {
    "momentum_buffer": "m", "square_sum": "s", "square_avg": "v", "grad_avg": r"\bar{g}",
    "exp_avg": "m", "exp_avg_sq": "v", "max_exp_avg_sq": r"v^{\max}",
}  # fmt: skip
SYMBOLS = {
    "p": "p", "g": "g", "t": "t", "learning_rate": r"\alpha", "momentum": r"\mu",
    "dampening": r"\tau", "weight_decay": r"\lambda", "lr_decay": r"\gamma", "alpha": r"\rho",
    "eps": r"\epsilon", "beta1": r"\beta_{1}", "beta2": r"\beta_{2}",
    **{slot: f"{symbol}_{{t-1}}" for slot, symbol in SLOTS.items()},
    **{f"new_{slot}": f"{symbol}_{{t}}" for slot, symbol in SLOTS.items()},
    "d": "d", "ahead": r"\tilde{m}_{t}", "pace": r"\alpha_{t}", "spread": r"\sigma_{t}",
    "step_taken": r"\Delta", "m_hat": r"\hat{m}_{t}", "v_hat": r"\hat{v}_{t}",
    "shrunk": r"p_{\lambda}", "new_p": r"p_{\mathrm{new}}",
}  # fmt: skip

_LAST = "new_p = p - step_taken"
# What needs parentheses as a factor or a base.
SUMS = frozenset({"add", "sub", "neg"})


def _direction(s: Settings, decay: bool = True) -> str:
    turned = "-g" if s["maximize"] else "g"
    return f"d = {turned} + weight_decay*p" if decay and s["weight_decay"] else f"d = {turned}"


def _sgd(s: Settings) -> Iterator[str]:
    yield _direction(s)
    direction = "d"
    if s["momentum"]:
        fresh = "(1 - dampening*step(t - 1))*d" if s["dampening"] else "d"
        yield f"new_momentum_buffer = momentum*momentum_buffer + {fresh}"
        direction = "new_momentum_buffer"
    if s["nesterov"]:
        yield "ahead = d + momentum*new_momentum_buffer"
        direction = "ahead"
    yield f"step_taken = learning_rate*{direction}"
    yield _LAST


def _adagrad(s: Settings) -> Iterator[str]:
    yield _direction(s)
    yield "new_square_sum = square_sum + d**2"
    if s["lr_decay"]:
        yield "pace = learning_rate/(1 + (t - 1)*lr_decay)"
    pace = "pace" if s["lr_decay"] else "learning_rate"
    yield f"step_taken = {pace}*(d/(sqrt(new_square_sum) + eps))"
    yield _LAST


def _rmsprop(s: Settings) -> Iterator[str]:
    yield _direction(s)
    yield "new_square_avg = alpha*square_avg + (1 - alpha)*d**2"
    spread = "sqrt(new_square_avg)"
    if s["centered"]:
        yield "new_grad_avg = alpha*grad_avg + (1 - alpha)*d"
        yield "spread = sqrt(new_square_avg - new_grad_avg**2)"
        spread = "spread"
    direction = f"(d/({spread} + eps))"
    if s["momentum"]:
        yield f"new_momentum_buffer = momentum*momentum_buffer + d/({spread} + eps)"
        direction = "new_momentum_buffer"
    yield f"step_taken = learning_rate*{direction}"
    yield _LAST


def _adam(s: Settings, decoupled: bool = False) -> Iterator[str]:
    yield _direction(s, not decoupled)
    yield "new_exp_avg = beta1*exp_avg + (1 - beta1)*d"
    yield "new_exp_avg_sq = beta2*exp_avg_sq + (1 - beta2)*d**2"
    second = "new_exp_avg_sq"
    if s["amsgrad"]:
        second = "new_max_exp_avg_sq"
        yield f"{second} = maximum(max_exp_avg_sq, new_exp_avg_sq)"
    yield "m_hat = new_exp_avg/(1 - beta1**t)"
    yield f"v_hat = {second}/(1 - beta2**t)"
    yield "step_taken = learning_rate*(m_hat/(sqrt(v_hat) + eps))"
    if decoupled and s["weight_decay"]:
        yield "shrunk = p*(1 - learning_rate*weight_decay)"
        yield "new_p = shrunk - step_taken"
    else:
        yield _LAST


def _adamw(s: Settings) -> Iterator[str]:
    return _adam(s, decoupled=True)


READ: dict[str, Callable[[Settings], Iterator[str]]] = {
    "sgd": _sgd, "adagrad": _adagrad, "rmsprop": _rmsprop, "adam": _adam, "adamw": _adamw,
}  # fmt: skip


def terms(
    optimizer: Optimizer,
    settings: Settings,
    t: int,
    old: Array,
    gradient: Array,
    slots: Mapping[str, Array],
) -> Iterator[Term]:
    """Yield the terms of one parameter's update, in order: what goes in, then what is computed.

    `t` is the number of the update from 1; `slots` holds what the optimizer kept of the parameter,
    each of the parameter's shape, and what is missing is taken as it begins. The value of `new_p`
    equals the plan's to rounding.
    """
    graph = _read("\n".join(READ[optimizer.name](settings)))
    leaves: dict[str, Array] = {
        **{name: np.array(value) for name, value in optimizer.numbers(settings).items()},
        **{slot: _initial(optimizer, settings, slot, old) for slot in optimizer.slots},
        **slots, "p": old, "g": gradient, "t": np.array(float(t)),
    }  # fmt: skip
    values = {record.node: record.value for record in forward(graph, leaves)}
    for name in graph.leaves:
        yield Term(name, SYMBOLS[name], None, values[name])
    for node in graph.nodes:
        if node.op is not None and node.named:
            yield Term(node.id, SYMBOLS[node.id], _template(graph, node), values[node.id])


@lru_cache(maxsize=256)
def _read(program: str) -> Graph:
    return parse(program)


def _initial(optimizer: Optimizer, settings: Settings, slot: str, old: Array) -> Array:
    setting = optimizer.initial.get(slot)
    found: Array = np.full(np.shape(old), float(settings[setting]) if setting else 0.0)
    return found


def _template(graph: Graph, node: Node) -> str:
    """Write a line of the rule in LaTeX, with the names of other lines in «»."""
    row = OPS[node.op or ""]
    args = dict(zip("xy", node.args, strict=False))

    def inside(match: re.Match[str]) -> str:
        arg, flag = graph[args[match[1]]], match[2]
        if arg.literal is not None:
            return f"{arg.literal:g}"
        if arg.is_leaf or arg.named:
            return f"«{arg.id}{flag}»"
        written = _template(graph, arg)
        return f"({written})" if arg.op in SUMS and not flag else written

    return re.sub("«([xy])([!+]?)»", inside, row.latex)
