"""Losses of (prediction, target)."""

from __future__ import annotations

from .activations import SOFTPLUS
from .row import Case, Row, Template

_SQUARES = "Mul(Sub({0}, {1}), Sub({0}, {1}))"
_BOUNDED = "{1} * bounded_log({0}) + (1 - {1}) * bounded_log(1 - {0})"
_LIKELY = "Mul({1}, Max(Log({0}), -100.0))"
_UNLIKELY = "Mul(Sub(1.0, {1}), Max(Log(Sub(1.0, {0})), -100.0))"
_SCORES = "Mul({1}, LogSoftmax({0}, axis=-1))"


def _mean(total: str, last: bool) -> Template:
    """Divide a sum by the number of rows; `last` says that a vector is one row."""

    def template(case: Case) -> str:
        shape = case.args[0]
        size = "Cast(Size({0}), to=11)"
        rows = f"Div({size}, {float(shape[-1])})" if len(shape) > 1 or last else size
        return f"Div(ReduceSum({total}, None, keepdims=0), {rows})"

    return template


def _ready(name: str, composed: str) -> Template:
    """Return PyTorch's own loss where it means the same, else how it is composed."""

    def template(case: Case) -> str:
        prediction, target = case.args
        return f"F.{name}({{0}}, {{1}})" if prediction == target and len(target) == 2 else composed

    return template


ROWS = {
    "mse": Row("np.mean(({0} - {1}) ** 2)",
               ("{g} * 2 * ({0} - {1}) / np.size({0})", "{g} * 2 * ({1} - {0}) / np.size({0})"),
               "torch.mean(({0} - {1}) ** 2)", f"ReduceMean({_SQUARES}, None, keepdims=0)"),
    "half_mse": Row("0.5 * np.sum(({0} - {1}) ** 2) / rows({0})",
                    ("{g} * ({0} - {1}) / rows({0})", "{g} * ({1} - {0}) / rows({0})"),
                    "0.5 * torch.sum(({0} - {1}) ** 2) / rows({0})",
                    _mean(f"Mul(0.5, {_SQUARES})", last=False)),
    "bce": Row(f"-np.mean({_BOUNDED})",
               ("{g} * ((1 - {1}) * log_slope(1 - {0}) - {1} * log_slope({0})) / np.size({0})",
                "{g} * (bounded_log(1 - {0}) - bounded_log({0})) / np.size({0})"),
               f"-torch.mean({_BOUNDED})",
               f"Neg(ReduceMean(Add({_LIKELY}, {_UNLIKELY}), None, keepdims=0))"),
    "bce_with_logits": Row("np.mean(softplus({0}) - {0} * {1})",
                           ("{g} * (sigmoid({0}) - {1}) / np.size({0})",
                            "-{g} * {0} / np.size({0})"),
                           _ready("binary_cross_entropy_with_logits",
                                  "torch.mean(torch.logaddexp({0}, torch.zeros_like({0})) "
                                  "- {0} * {1})"),
                           f"ReduceMean(Sub({SOFTPLUS}, Mul({{0}}, {{1}})), None, keepdims=0)",
                           "jnp.mean(jax.nn.softplus({0}) - {0} * {1})"),
    "cross_entropy": Row("-np.sum({1} * log_softmax({0}, -1)) / vectors({0})",
                         ("{g} * cross_entropy_slope({0}, {1}) / vectors({0})",
                          "-{g} * log_softmax({0}, -1) / vectors({0})"),
                         _ready("cross_entropy",
                                "-torch.sum({1} * torch.log_softmax({0}, dim=-1)) / vectors({0})"),
                         _mean(f"Neg({_SCORES})", last=True),
                         "-jnp.sum({1} * jax.nn.log_softmax({0}, axis=-1)) / vectors({0})"),
}  # fmt: skip
