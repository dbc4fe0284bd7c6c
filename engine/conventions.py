"""What is computed where a derivative does not exist, or a number leaves the range of float64.

Each row is a program with its value and its gradients there, held by a test. Where frameworks
differ, PyTorch's choice is taken unless a row says otherwise.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .graph import Nested
from .ops.row import Doc

_INF, _NAN = math.inf, math.nan


@dataclass(frozen=True, slots=True)
class Convention:
    """A program at a trap; `value` None means that it is refused with a sentence.

    `ops` are the rows that the convention is about, the first above all.
    """

    ops: tuple[str, ...]
    program: str
    values: Mapping[str, Any]
    value: Nested | None
    grads: Mapping[str, Nested]
    doc: Doc


def _row(
    ops: str, program: str, values: Mapping[str, Any], value: Nested | None,
    grads: Mapping[str, Nested], en: str, pt: str,
) -> Convention:  # fmt: skip
    return Convention(tuple(ops.split()), program, values, value, grads, Doc(en, pt))


CONVENTIONS: tuple[Convention, ...] = (
    _row("relu", "relu(x)", {"x": 0.0}, 0.0, {"x": 0.0},
         "At its kink, 0, relu has gradient 0.", "Na quina, em 0, relu tem gradiente 0."),
    _row("maximum relu", "maximum(x, 0)", {"x": 0.0}, 0.0, {"x": 0.5},
         "maximum(x, 0) at 0 is a tie: half the gradient goes to x, so it is not relu there.",
         "maximum(x, 0) em 0 é um empate: metade do gradiente vai para x; ali não é relu."),
    _row("maximum", "maximum(x, y)", {"x": 2.0, "y": 2.0}, 2.0, {"x": 0.5, "y": 0.5},
         "A tie shares the gradient equally.", "Um empate divide o gradiente por igual."),
    _row("minimum", "minimum(x, y)", {"x": 2.0, "y": 2.0}, 2.0, {"x": 0.5, "y": 0.5},
         "A tie shares the gradient equally.", "Um empate divide o gradiente por igual."),
    _row("maximum", "maximum(x, y)", {"x": 0.0, "y": -0.0}, 0.0, {"x": 0.5, "y": 0.5},
         "0 and −0 are equal, and so a tie.", "0 e −0 são iguais: um empate."),
    _row("maximum", "maximum(x, y)", {"x": 1.0, "y": _NAN}, _NAN, {"x": _NAN, "y": _NAN},
         "NaN on either side gives NaN to both.", "NaN em um dos lados dá NaN aos dois."),
    _row("minimum", "minimum(x, y)", {"x": _NAN, "y": 1.0}, _NAN, {"x": _NAN, "y": _NAN},
         "NaN on either side gives NaN to both.", "NaN em um dos lados dá NaN aos dois."),
    _row("max", "max(x)", {"x": [1.0, 3.0, 3.0]}, 3.0, {"x": [0.0, 0.5, 0.5]},
         "k equal largest elements get 1/k of the gradient each.",
         "k maiores elementos iguais recebem 1/k do gradiente cada um."),
    _row("min", "min(x)", {"x": [2.0, 2.0, 2.0, 2.0]}, 2.0, {"x": [0.25, 0.25, 0.25, 0.25]},
         "k equal smallest elements get 1/k of the gradient each.",
         "k menores elementos iguais recebem 1/k do gradiente cada um."),
    _row("max_pool2d max", "sum(max_pool2d(x))", {"x": [[3.0, 1.0], [3.0, 3.0]]}, 3.0,
         {"x": [[1.0, 0.0], [0.0, 0.0]]},
         "Unlike max, pooling gives the whole gradient to the first of equal elements.",
         "Ao contrário de max, o pooling dá todo o gradiente ao primeiro de elementos iguais."),
    _row("abs", "abs(x)", {"x": 0.0}, 0.0, {"x": 0.0},
         "At its kink, 0, abs has gradient 0.", "Na quina, em 0, abs tem gradiente 0."),
    _row("sign", "sign(x)", {"x": 0.0}, 0.0, {"x": 0.0},
         "sign(0) is 0; the gradient is 0 everywhere.", "sign(0) é 0; o gradiente é sempre 0."),
    _row("step", "step(x)", {"x": 0.0}, 0.0, {"x": 0.0},
         "step(0) is 0; the gradient is 0 everywhere.", "step(0) é 0; o gradiente é sempre 0."),
    _row("leaky_relu", "leaky_relu(x)", {"x": 0.0}, 0.0, {"x": 0.01},
         "At its kink, 0, leaky_relu has the slope below 0.",
         "Na quina, em 0, leaky_relu tem a inclinação do lado negativo."),
    _row("elu", "elu(x, alpha=0.5)", {"x": 0.0}, 0.0, {"x": 0.5},
         "At its kink, 0, elu has the slope below 0, alpha.",
         "Na quina, em 0, elu tem a inclinação do lado negativo, alpha."),
    _row("clip", "clip(x, 0, 1)", {"x": 1.0}, 1.0, {"x": 1.0},
         "On a bound, clip lets the gradient pass.",
         "Sobre um limite, clip deixa o gradiente passar."),
    _row("clip", "clip(x, 0, 1)", {"x": 0.0}, 0.0, {"x": 1.0},
         "On a bound, clip lets the gradient pass.",
         "Sobre um limite, clip deixa o gradiente passar."),
    _row("clip", "clip(x, 1, 0)", {"x": 0.0}, None, {},
         "Bounds in the wrong order are refused.", "Limites na ordem errada são recusados."),
    _row("sqrt", "sqrt(x)", {"x": 0.0}, 0.0, {"x": _INF},
         "The slope of sqrt at 0 is infinite, and flagged.",
         "A inclinação de sqrt em 0 é infinita, e é assinalada."),
    _row("sqrt", "sqrt(x)", {"x": -1.0}, _NAN, {"x": _NAN},
         "sqrt of a negative number is NaN, and so is its gradient.",
         "sqrt de número negativo é NaN, e o gradiente também."),
    _row("log", "log(x)", {"x": 0.0}, -_INF, {"x": _INF},
         "log(0) is −∞ with slope ∞, both flagged.",
         "log(0) é −∞ com inclinação ∞, ambos assinalados."),
    _row("log", "log(x)", {"x": -1.0}, _NAN, {"x": _NAN},
         "log of a negative number is NaN, and so is its gradient (PyTorch says −1).",
         "log de número negativo é NaN, e o gradiente também (o PyTorch diz −1)."),
    _row("div", "1 / x", {"x": 0.0}, _INF, {"x": -_INF},
         "1/0 is ∞ with slope −∞, both flagged.", "1/0 é ∞ com inclinação −∞, ambos assinalados."),
    _row("div", "x / y", {"x": 0.0, "y": 0.0}, _NAN, {"x": _INF, "y": _NAN},
         "0/0 is NaN.", "0/0 é NaN."),
    _row("exp", "exp(x)", {"x": 1000.0}, _INF, {"x": _INF},
         "exp overflows to ∞ above 709.78.", "exp estoura para ∞ acima de 709,78."),
    _row("exp", "exp(x)", {"x": -1000.0}, 0.0, {"x": 0.0},
         "exp underflows to 0 below −745.13.", "exp chega a 0 abaixo de −745,13."),
    _row("sigmoid", "sum(sigmoid(x))", {"x": [-1000.0, 1000.0]}, 1.0, {"x": [0.0, 0.0]},
         "sigmoid saturates without overflow.", "sigmoid satura sem estouro."),
    _row("softplus", "sum(softplus(x))", {"x": [-900.0, 900.0]}, 900.0, {"x": [0.0, 1.0]},
         "softplus(900) is 900: no overflow.", "softplus(900) é 900: sem estouro."),
    _row("tanh", "sum(tanh(x))", {"x": [-1000.0, 1000.0]}, 0.0, {"x": [0.0, 0.0]},
         "tanh saturates without overflow.", "tanh satura sem estouro."),
    _row("silu gelu", "sum(silu(x)) + sum(gelu(x))", {"x": [-1000.0, 1000.0]}, 2000.0,
         {"x": [0.0, 2.0]},
         "Far out, silu and gelu are 0 and x, without overflow.",
         "Longe de 0, silu e gelu são 0 e x, sem estouro."),
    _row("sigmoid exp div", "1 / (1 + exp(-x))", {"x": -1000.0}, 0.0, {"x": _NAN},
         "Written out, the sigmoid's gradient becomes 0·∞ = NaN; sigmoid(x) stays finite.",
         "Por extenso, o gradiente da sigmoide vira 0·∞ = NaN; sigmoid(x) fica finita."),
    _row("softplus exp log", "log(1 + exp(x))", {"x": 1000.0}, _INF, {"x": _NAN},
         "Written out, softplus overflows and its gradient is NaN; softplus(x) stays finite.",
         "Por extenso, softplus estoura e o gradiente é NaN; softplus(x) fica finita."),
    _row("softmax", "softmax(x)[0]", {"x": [1000.0, 0.0]}, 1.0, {"x": [0.0, 0.0]},
         "softmax takes the largest score out first: no overflow.",
         "softmax subtrai antes a maior pontuação: sem estouro."),
    _row("log_softmax", "log_softmax(x)[1]", {"x": [1000.0, 0.0]}, -1000.0, {"x": [-1.0, 1.0]},
         "log_softmax never takes the logarithm of 0.", "log_softmax nunca toma o logaritmo de 0."),
    _row("logsumexp", "logsumexp(x)", {"x": [1000.0, 1000.0]}, 1000.0 + math.log(2),
         {"x": [0.5, 0.5]},
         "logsumexp takes the largest element out first: no overflow.",
         "logsumexp subtrai antes o maior elemento: sem estouro."),
    _row("log_softmax softmax log", "log(softmax(x))[1]", {"x": [1000.0, 0.0]}, -_INF,
         {"x": [_NAN, _NAN]},
         "log(softmax(x)) meets log(0): the gradients are NaN; log_softmax(x) stays finite.",
         "log(softmax(x)) chega a log(0): os gradientes são NaN; log_softmax(x) fica finita."),
    _row("softmax", "softmax(x)[0]", {"x": [-_INF, -_INF]}, _NAN, {"x": [_NAN, _NAN]},
         "Scores that are all −∞ have no softmax: NaN.",
         "Pontuações todas −∞ não têm softmax: NaN."),
    _row("softmax", "softmax(x)[0]", {"x": [_INF, 0.0]}, _NAN, {"x": [_NAN, _NAN]},
         "A score of ∞ has no softmax: NaN.", "Uma pontuação ∞ não tem softmax: NaN."),
    _row("pow", "x ** y", {"x": 0.0, "y": 0.0}, 1.0, {"x": 0.0, "y": 0.0},
         "0⁰ is 1, with gradients 0.", "0⁰ é 1, com gradientes 0."),
    _row("pow", "x ** 3", {"x": -2.0}, -8.0, {"x": 12.0},
         "An exponent that is a constant gets no gradient, and so no logarithm of a negative.",
         "Um expoente constante não recebe gradiente, nem logaritmo de negativo."),
    _row("pow", "x ** y", {"x": -2.0, "y": 3.0}, -8.0, {"x": 12.0, "y": _NAN},
         "A variable exponent of a negative base has gradient NaN.",
         "O expoente variável de uma base negativa tem gradiente NaN."),
    _row("pow", "x ** 0.5", {"x": -2.0}, _NAN, {"x": _NAN},
         "A root of a negative number is NaN.", "A raiz de um número negativo é NaN."),
    _row("pow sqrt", "x ** 0.5", {"x": 0.0}, 0.0, {"x": _INF},
         "x ** 0.5 at 0 has infinite slope, as sqrt.",
         "x ** 0.5 em 0 tem inclinação infinita, como sqrt."),
    _row("pow", "x ** 0", {"x": 0.0}, 1.0, {"x": 0.0},
         "x ** 0 is 1 everywhere, with gradient 0.", "x ** 0 é sempre 1, com gradiente 0."),
    _row("pow", "x ** 2", {"x": 0.0}, 0.0, {"x": 0.0},
         "x ** 2 is smooth at 0.", "x ** 2 é suave em 0."),
    _row("norm", "norm(x)", {"x": [0.0, 0.0]}, 0.0, {"x": [0.0, 0.0]},
         "At the zero vector the norm has gradient 0.", "No vetor nulo a norma tem gradiente 0."),
    _row("norm", "norm(x)", {"x": [3e200, 4e200]}, 5e200, {"x": [0.6, 0.8]},
         "The norm squares nothing that would overflow.",
         "A norma não eleva ao quadrado nada que estouraria."),
    _row("prod", "prod(x)", {"x": [2.0, 0.0, 3.0]}, 0.0, {"x": [0.0, 6.0, 0.0]},
         "A zero among the factors gets the product of the others.",
         "Um zero entre os fatores recebe o produto dos outros."),
    _row("prod", "prod(x)", {"x": [0.0, 0.0, 3.0]}, 0.0, {"x": [0.0, 0.0, 0.0]},
         "With two zeros all gradients are 0.", "Com dois zeros todos os gradientes são 0."),
    _row("std", "std(x)", {"x": [0.1, 0.1, 0.1]}, 0.0, {"x": [0.0, 0.0, 0.0]},
         "Equal values have std 0, with gradient 0.", "Valores iguais têm std 0, com gradiente 0."),
    _row("var", "var(x, correction=1)", {"x": [1.0, 3.0]}, 2.0, {"x": [-2.0, 2.0]},
         "var divides by n; correction=1 divides by n − 1.",
         "var divide por n; correction=1 divide por n − 1."),
    _row("var std", "var(x, correction=1)", {"x": [1.0]}, None, {},
         "With correction=1 a single element is refused.",
         "Com correction=1 um único elemento é recusado."),
    _row("layer_norm", "sum(layer_norm(x))", {"x": [0.1, 0.1, 0.1]}, 0.0, {"x": [0.0, 0.0, 0.0]},
         "Equal elements are normalised to 0.", "Elementos iguais são normalizados para 0."),
    _row("where", "where(x, log(x), 0)", {"x": 0.0}, 0.0, {"x": _NAN},
         "The branch not taken still has its gradient, 0·∞ = NaN: mask the input of log.",
         "O ramo não tomado ainda tem gradiente, 0·∞ = NaN: mascare a entrada de log."),
    _row("where", "where(c, x, y)", {"c": _NAN, "x": 1.0, "y": 2.0}, _NAN,
         {"c": _NAN, "x": _NAN, "y": _NAN},
         "A condition that is NaN gives NaN.", "Uma condição NaN dá NaN."),
    _row("mul log", "x * log(x)", {"x": 0.0}, _NAN, {"x": _NAN},
         "x·ln x at 0 is 0·(−∞) = NaN, though its limit is 0.",
         "x·ln x em 0 é 0·(−∞) = NaN, embora o limite seja 0."),
    _row("mul add", "x * x + x", {"x": 3.0}, 12.0, {"x": 7.0},
         "A value that is used three times gets the sum of three contributions.",
         "Um valor usado três vezes recebe a soma de três contribuições."),
    _row("relu", "relu(x)", {"x": _NAN}, _NAN, {"x": _NAN},
         "NaN stays NaN, and so does its gradient.", "NaN continua NaN, e o gradiente também."),
    _row("clip", "clip(x, 0, 1)", {"x": _NAN}, _NAN, {"x": _NAN},
         "NaN stays NaN, and so does its gradient.", "NaN continua NaN, e o gradiente também."),
    _row("max", "max(x)", {"x": [1.0, _NAN, 3.0]}, _NAN, {"x": [_NAN, _NAN, _NAN]},
         "With a NaN among them, the largest and all gradients are NaN.",
         "Com um NaN entre eles, o maior e todos os gradientes são NaN."),
    _row("min", "min(x)", {"x": [1.0, _NAN]}, _NAN, {"x": [_NAN, _NAN]},
         "With a NaN among them, the smallest and all gradients are NaN.",
         "Com um NaN entre eles, o menor e todos os gradientes são NaN."),
    _row("max_pool2d", "sum(max_pool2d(x))", {"x": [[3.0, _NAN], [1.0, 0.0]]}, _NAN,
         {"x": [[_NAN, _NAN], [_NAN, _NAN]]},
         "A window that holds NaN gives NaN, to all its elements.",
         "Uma janela com NaN dá NaN, a todos os seus elementos."),
    _row("sum", "sum(x)", {"x": []}, 0.0, {"x": []},
         "The sum of nothing is 0.", "A soma de nada é 0."),
    _row("prod", "prod(x)", {"x": []}, 1.0, {"x": []},
         "The product of nothing is 1.", "O produto de nada é 1."),
    _row("mean", "mean(x)", {"x": []}, None, {},
         "The mean of nothing is refused.", "A média de nada é recusada."),
    _row("max min", "max(x)", {"x": []}, None, {},
         "The largest of nothing is refused.", "O maior de nada é recusado."),
    _row("bce", "bce(p, y)", {"p": 0.0, "y": 1.0}, 100.0, {"p": 0.0, "y": 100.0},
         "Logarithms are clamped at −100; where they are, the gradient is 0.",
         "Os logaritmos são limitados a −100; onde o são, o gradiente é 0."),
    _row("bce_with_logits", "bce_with_logits(s, y)", {"s": -1000.0, "y": 1.0}, 1000.0,
         {"s": -1.0, "y": 1000.0},
         "A confident mistake has a large loss and slope −1, not 0.",
         "Um erro com confiança tem perda grande e inclinação −1, não 0."),
    _row("sum add", "sum(x)", {"x": [1, 2]}, 3.0, {"x": [1.0, 1.0]},
         "Whole numbers become float64 at the door.", "Inteiros viram float64 na entrada."),
)  # fmt: skip


def traps(op: str) -> tuple[Convention, ...]:
    """Return the conventions that are about an operation."""
    return tuple(row for row in CONVENTIONS if op in row.ops)
