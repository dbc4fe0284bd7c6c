"""Elementary functions of one argument."""

from __future__ import annotations

from .row import Row

ROWS = {
    "exp": Row("np.exp({0})", ("{g} * {z}",), "torch.exp({0})", "Exp({0})"),
    "log": Row("np.log({0})", ("{g} / {0}",), "torch.log({0})", "Log({0})"),
    "sqrt": Row("np.sqrt({0})", ("{g} / (2 * {z})",), "torch.sqrt({0})", "Sqrt({0})"),
    "sin": Row("np.sin({0})", ("{g} * np.cos({0})",), "torch.sin({0})", "Sin({0})"),
    "cos": Row("np.cos({0})", ("-{g} * np.sin({0})",), "torch.cos({0})", "Cos({0})"),
    # ONNX Runtime has no Tan of float64.
    "tan": Row("np.tan({0})", ("{g} * (1 + {z} ** 2)",), "torch.tan({0})",
               "Div(Sin({0}), Cos({0}))"),
    "abs": Row("np.abs({0})", ("{g} * np.sign({0})",), "torch.abs({0})", "Abs({0})",
               "{0} * jnp.sign({0})"),
    "sign": Row("np.sign({0})", ("",), "torch.sign({0})", "Sign({0})"),
    "step": Row("1.0 * ({0} > 0)", ("",), "torch.relu(torch.sign({0}))", "Relu(Sign({0}))"),
}  # fmt: skip
