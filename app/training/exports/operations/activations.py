"""Activation functions.

In ONNX the attributes of Elu and LeakyRelu are float32, and ONNX Runtime's Softplus overflows above
709, so these are composed. It has no Erf of float64 either: the normal distribution function is
Φ(x) = ½ + x/√(2π) ∫₀¹ exp(−x²t²/2) dt, by Gauss and Legendre's quadrature, whose error for |x| ≤ 9
is below the rounding of float64.
"""

from __future__ import annotations

import math

import numpy as np

from .row import Row

_nodes, _weights = np.polynomial.legendre.leggauss(40)
_POINTS = (-(((_nodes + 1) / 2) ** 2) / 2).tolist()
_SHARES = (_weights / 2 / math.sqrt(2 * math.pi)).tolist()
_BOUNDED = "Clip({0}, -9.0, 9.0)"
_EXPONENTS = f"Mul(Unsqueeze(Mul({_BOUNDED}, {_BOUNDED}), [-1]), {_POINTS})"
NORMAL = f"Add(0.5, Mul({_BOUNDED}, MatMul(Exp({_EXPONENTS}), {_SHARES})))"
BELOW = "Min({0}, 0.0)"
SOFTPLUS = "Add(Relu({0}), Log(Add(1.0, Exp(Neg(Abs({0}))))))"
POSITIVE = "Greater({0}, 0.0)"

ROWS = {
    "tanh": Row("np.tanh({0})", ("{g} * (1 - {z} ** 2)",), "torch.tanh({0})", "Tanh({0})"),
    "sigmoid": Row("sigmoid({0})", ("{g} * {z} * (1 - {z})",), "torch.sigmoid({0})",
                   "Sigmoid({0})", "jax.nn.sigmoid({0})"),
    "relu": Row("np.maximum({0}, 0.0)", ("{g} * ({0} > 0)",), "torch.relu({0})", "Relu({0})",
                "jax.nn.relu({0})"),
    "leaky_relu": Row("np.where({0} > 0, {0}, {slope} * {0})",
                      ("{g} * np.where({0} > 0, 1.0, {slope})",), "F.leaky_relu({0}, {slope})",
                      f"Where({POSITIVE}, {{0}}, Mul({{slope}}, {{0}}))"),
    "elu": Row("np.where({0} > 0, {0}, {alpha} * np.expm1(np.minimum({0}, 0.0)))",
               ("{g} * np.where({0} > 0, 1.0, {z} + {alpha})",), "F.elu({0}, {alpha})",
               f"Where({POSITIVE}, {{0}}, Mul({{alpha}}, Sub(Exp({BELOW}), 1.0)))",
               "jax.nn.elu({0}, {alpha})"),
    "softplus": Row("softplus({0})", ("{g} * sigmoid({0})",),
                    "torch.logaddexp({0}, torch.zeros_like({0}))", SOFTPLUS,
                    "jax.nn.softplus({0})"),
    "gelu": Row("{0} * normal({0})", ("{g} * (normal({0}) + {0} * bell({0}))",), "F.gelu({0})",
                f"Mul({{0}}, {NORMAL})", "jax.nn.gelu({0}, approximate=False)"),
    "silu": Row("{0} * sigmoid({0})",
                ("{g} * sigmoid({0}) * (1 + {0} * (1 - sigmoid({0})))",), "F.silu({0})",
                "Mul({0}, Sigmoid({0}))", "jax.nn.silu({0})"),
}  # fmt: skip
