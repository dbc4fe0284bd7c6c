"""How operations are written in NumPy and in PyTorch: tables of templates.

In a template `{0}`, `{1}` are the arguments, `{z}` the result, `{g}` its gradient, and settings
stand under their names. A NumPy row has one template per argument for what comes back to it, before
broadcasting is undone; None where nothing is written, "" where nothing comes back.
"""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """The statement that computes an operation, and what each argument gets of its gradient."""

    forward: str
    pulls: tuple[str | None, ...] = ()


_SLOPE = "{g} * np.where({0} > 0, 1.0, "
_REDUCE = "{0}, axis={axis}, keepdims={keepdims}"
_BACK = "spread({g}, {0}, {axis}, {keepdims})"
_TIES = f"{_BACK} * ties({{0}}, spread({{z}}, {{0}}, {{axis}}, {{keepdims}}), {{axis}})"

NUMPY: dict[str, Row] = {
    "add": Row("{0} + {1}", ("{g}", "{g}")),
    "sub": Row("{0} - {1}", ("{g}", "-{g}")),
    "mul": Row("{0} * {1}", ("{g} * {1}", "{g} * {0}")),
    "div": Row("{0} / {1}", ("{g} / {1}", "-{g} * {z} / {1}")),
    "neg": Row("-{0}", ("-{g}",)),
    "pow": Row("{0} ** {1}", ("{g} * power_slope({0}, {1})", "{g} * {z} * np.log({0})")),
    "exp": Row("np.exp({0})", ("{g} * {z}",)),
    "log": Row("np.log({0})", ("{g} / {0}",)),
    "sqrt": Row("np.sqrt({0})", ("{g} / (2 * {z})",)),
    "sin": Row("np.sin({0})", ("{g} * np.cos({0})",)),
    "cos": Row("np.cos({0})", ("-{g} * np.sin({0})",)),
    "tan": Row("np.tan({0})", ("{g} * (1 + {z} ** 2)",)),
    "abs": Row("np.abs({0})", ("{g} * np.sign({0})",)),
    "sign": Row("np.sign({0})", ("",)),
    "step": Row("1.0 * ({0} > 0)", ("",)),
    "tanh": Row("np.tanh({0})", ("{g} * (1 - {z} ** 2)",)),
    "sigmoid": Row("sigmoid({0})", ("{g} * {z} * (1 - {z})",)),
    "relu": Row("np.maximum({0}, 0.0)", ("{g} * ({0} > 0)",)),
    "leaky_relu": Row("np.where({0} > 0, {0}, {slope} * {0})", (_SLOPE + "{slope})",)),
    "elu": Row("np.where({0} > 0, {0}, {alpha} * np.expm1(np.minimum({0}, 0.0)))",
               (_SLOPE + "{z} + {alpha})",)),
    "softplus": Row("softplus({0})", ("{g} * sigmoid({0})",)),
    "gelu": Row("{0} * normal({0})", ("{g} * (normal({0}) + {0} * bell({0}))",)),
    "silu": Row("{0} * sigmoid({0})", ("{g} * ({z} + sigmoid({0}) * (1 - {z}))",)),
    "maximum": Row("np.maximum({0}, {1})", ("{g} * (({0} > {1}) + 0.5 * ({0} == {1}))",
                                            "{g} * (({1} > {0}) + 0.5 * ({0} == {1}))")),
    "minimum": Row("np.minimum({0}, {1})", ("{g} * (({0} < {1}) + 0.5 * ({0} == {1}))",
                                            "{g} * (({1} < {0}) + 0.5 * ({0} == {1}))")),
    "clip": Row("np.clip({0}, {min}, {max})", ("{g} * ({0} == {z})",)),
    "dot": Row("{0} @ {1}", ("{g} * {1}", "{g} * {0}")),
    "outer": Row("np.outer({0}, {1})", ("{g} @ {1}", "{0} @ {g}")),
    "transpose": Row("{0}.T", ("{g}.T",)),
    "reshape": Row("np.reshape({0}, {sizes})", ("np.reshape({g}, np.shape({0}))",)),
    "index": Row("{0}[{index}]", ("placed({g}, {0}, np.s_[{index}])",)),
    "sum": Row(f"np.sum({_REDUCE})", (_BACK,)),
    "mean": Row(f"np.mean({_REDUCE})", (f"{_BACK} * np.size({{z}}) / np.size({{0}})",)),
    "max": Row(f"np.max({_REDUCE})", (_TIES,)),
    "min": Row(f"np.min({_REDUCE})", (_TIES,)),
    "softmax": Row("np.exp(log_softmax({0}, {axis}))",
                   ("{z} * ({g} - np.sum({g} * {z}, axis={axis}, keepdims=True))",)),
    "log_softmax": Row("log_softmax({0}, {axis})",
                       ("{g} - np.exp({z}) * np.sum({g}, axis={axis}, keepdims=True)",)),
    "logsumexp": Row("np.logaddexp.reduce({0}, axis={axis})",
                     ("spread({g}, {0}, {axis}, False) * "
                      "np.exp({0} - np.expand_dims({z}, {axis}))",)),
    "mse": Row("np.mean(({0} - {1}) ** 2)", ("{g} * 2 * ({0} - {1}) / np.size({0})", None)),
    "half_mse": Row("0.5 * np.sum(({0} - {1}) ** 2) / rows({0})",
                    ("{g} * ({0} - {1}) / rows({0})", None)),
    "bce": Row("-np.mean({1} * bounded_log({0}) + (1 - {1}) * bounded_log(1 - {0}))",
               ("{g} * ((1 - {1}) * log_slope(1 - {0}) - {1} * log_slope({0})) / np.size({0})",
                None)),
    "bce_with_logits": Row("np.mean(softplus({0}) - {0} * {1})",
                           ("{g} * (sigmoid({0}) - {1}) / np.size({0})", None)),
    "cross_entropy": Row("-np.sum({1} * log_softmax({0}, -1)) / vectors({0})",
                         ("{g} * (np.exp(log_softmax({0}, -1)) * np.sum({1}, axis=-1, "
                          "keepdims=True) - {1}) / vectors({0})", None)),
    "copy": Row("{0}", ("{g}",)),
}  # fmt: skip

# A matrix product by the number of axes of both sides.
MATMUL: dict[tuple[int, int], Row] = {
    (2, 2): Row("{0} @ {1}", ("{g} @ {1}.T", "{0}.T @ {g}")),
    (1, 2): Row("{0} @ {1}", ("{1} @ {g}", "np.outer({0}, {g})")),
    (2, 1): Row("{0} @ {1}", ("np.outer({g}, {1})", "{0}.T @ {g}")),
    (1, 1): Row("{0} @ {1}", ("{g} * {1}", "{g} * {0}")),
}

_DIM = "dim={axis}, keepdim={keepdims}"
TORCH: dict[str, str] = {
    **{name: NUMPY[name].forward for name in ("add", "sub", "mul", "div", "neg", "pow", "copy")},
    **{name: f"torch.{name}({{0}})" for name in (
        "exp", "log", "sqrt", "sin", "cos", "tan", "abs", "sign", "tanh", "sigmoid", "relu")},
    "matmul": "{0} @ {1}",
    "dot": "{0} @ {1}",
    "outer": "torch.outer({0}, {1})",
    "step": "({0} > 0).to({0}.dtype)",
    "leaky_relu": "F.leaky_relu({0}, {slope})",
    "elu": "F.elu({0}, {alpha})",
    "softplus": "torch.logaddexp({0}, torch.zeros_like({0}))",
    "gelu": "F.gelu({0})",
    "silu": "F.silu({0})",
    "maximum": "torch.maximum(torch.as_tensor({0}), torch.as_tensor({1}))",
    "minimum": "torch.minimum(torch.as_tensor({0}), torch.as_tensor({1}))",
    "clip": "torch.clamp({0}, {min}, {max})",
    "transpose": "{0}.permute(*reversed(range({0}.ndim)))",
    "reshape": "torch.reshape({0}, {sizes})",
    "index": "{0}[{index}]",
    "concat": "torch.cat([{all}], dim={axis})",
    "sum": f"torch.sum({{0}}, {_DIM})",
    "mean": f"torch.mean({{0}}, {_DIM})",
    "max": f"torch.amax({{0}}, {_DIM})",
    "min": f"torch.amin({{0}}, {_DIM})",
    "var": f"torch.var({{0}}, {_DIM}, correction={{correction}})",
    "std": f"torch.std({{0}}, {_DIM}, correction={{correction}})",
    "norm": f"torch.linalg.vector_norm({{0}}, {_DIM})",
    "softmax": "torch.softmax({0}, dim={axis})",
    "log_softmax": "torch.log_softmax({0}, dim={axis})",
    "logsumexp": "torch.logsumexp({0}, dim={axis})",
    "layer_norm": "F.layer_norm({0}, {0}.shape[-1:], eps={eps})",
    "conv2d": "F.conv2d({0}, {1}, stride={stride}, padding={padding})",
    "max_pool2d": "F.max_pool2d({0}, {kernel_size}, stride={stride})",
    "avg_pool2d": "F.avg_pool2d({0}, {kernel_size}, stride={stride})",
    "mse": "torch.mean(({0} - {1}) ** 2)",
    "half_mse": "0.5 * torch.sum(({0} - {1}) ** 2) / rows({0})",
    "bce": "F.binary_cross_entropy({0}, {1})",
    "bce_with_logits": "F.binary_cross_entropy_with_logits({0}, {1})",
    "cross_entropy": "F.cross_entropy({0}, {1})",
}  # fmt: skip
# Reductions over everything: PyTorch takes no dim for them.
WHOLE = {"max": "torch.amax({0})", "min": "torch.amin({0})"}
