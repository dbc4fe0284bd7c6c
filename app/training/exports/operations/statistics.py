"""Lengths and spreads along an axis, and the normalisation of layers."""

from __future__ import annotations

from .row import Row

_SPREAD = "{0}, {axis}, {keepdims}, {correction}"
_KEPT = "{0}, dim={axis}, keepdim={keepdims}"
_BACK = "spread({g}, {0}, {axis}, {keepdims})"
_LENGTH = "spread({z}, {0}, {axis}, {keepdims})"

# The largest element is taken out first, so that no square overflows.
_PEAK = "ReduceMax(Abs({0}), {axes}, keepdims=1)"
_DIVISOR = f"Where(Greater({_PEAK}, 0.0), {_PEAK}, 1.0)"
_APART = "Sub({0}, ReduceMean({0}, {axes}, keepdims=1))"
_NORMED = "Sub({0}, ReduceMean({0}, [-1], keepdims=1))"
_SQUARES = f"ReduceSum(Mul({_APART}, {_APART}), {{axes}}, keepdims={{keepdims}})"
_TERMS = f"Div(Cast(Size({{0}}), to=11), Cast(Size({_SQUARES}), to=11))"
_VARIANCE = f"Div({_SQUARES}, Sub({_TERMS}, {{correction}}.0))"
_ROWS_VARIANCE = f"ReduceMean(Mul({_NORMED}, {_NORMED}), [-1], keepdims=1)"
_RATIO = f"Div({{0}}, {_DIVISOR})"
_SUM = f"ReduceSum(Mul({_RATIO}, {_RATIO}), {{axes}}, keepdims={{keepdims}})"
_FACTOR = f"ReduceMax({_DIVISOR}, {{axes}}, keepdims={{keepdims}})"

ROWS = {
    "norm": Row("norm({0}, {axis}, {keepdims})", (f"{_BACK} * quotient({{0}}, {_LENGTH})",),
                "norm({0}, {axis}, {keepdims})", f"Mul({_FACTOR}, Sqrt({_SUM}))"),
    "var": Row(f"var({_SPREAD})",
               (f"{_BACK} * var_slope({{0}}, {{axis}}, {{correction}})",),
               f"torch.var({_KEPT}, correction={{correction}})", _VARIANCE),
    "std": Row(f"np.sqrt(var({_SPREAD}))",
               (f"{_BACK} * quotient(var_slope({{0}}, {{axis}}, {{correction}}), 2 * {_LENGTH})",),
               f"std({_SPREAD})", f"Sqrt({_VARIANCE})", f"std({_SPREAD})"),
    "layer_norm": Row("layer_norm({0}, {eps})", ("layer_norm_slope({g}, {0}, {z}, {eps})",),
                      "F.layer_norm({0}, {0}.shape[-1:], eps={eps})",
                      f"Div({_NORMED}, Sqrt(Add({_ROWS_VARIANCE}, {{eps}})))"),
}  # fmt: skip
