"""Sums, means, extremes and products along an axis, and the softmax family."""

from __future__ import annotations

from .row import Case, Row

_WHOLE = "{0}, axis={axis}, keepdims={keepdims}"
_DIM = "dim={axis}, keepdim={keepdims}"
_AXES = "{0}, {axes}, keepdims={keepdims}"
_BACK = "spread({g}, {0}, {axis}, {keepdims})"
_TIES = f"{_BACK} * ties({{0}}, spread({{z}}, {{0}}, {{axis}}, {{keepdims}}), {{axis}})"


def _extreme(name: str, case: Case) -> str:
    """PyTorch takes no axes, as (), for all of them."""
    dim = case.node.params["axis"]
    return f"torch.{name}({{0}}, dim={() if dim is None else dim}, keepdim={{keepdims}})"


def _product(case: Case) -> str:
    """A product of everything keeps no axes in PyTorch."""
    if case.node.params["axis"] is not None:
        return f"torch.prod({{0}}, {_DIM})"
    return f"torch.prod({{0}}).reshape({case.result})" if case.result else "torch.prod({0})"


ROWS = {
    "sum": Row(f"np.sum({_WHOLE})", (_BACK,), f"torch.sum({{0}}, {_DIM})", f"ReduceSum({_AXES})"),
    "mean": Row(f"np.mean({_WHOLE})", (f"{_BACK} * np.size({{z}}) / np.size({{0}})",),
                f"torch.mean({{0}}, {_DIM})", f"ReduceMean({_AXES})"),
    "max": Row(f"np.max({_WHOLE})", (_TIES,), lambda case: _extreme("amax", case),
               f"ReduceMax({_AXES})"),
    "min": Row(f"np.min({_WHOLE})", (_TIES,), lambda case: _extreme("amin", case),
               f"ReduceMin({_AXES})"),
    "prod": Row(f"np.prod({_WHOLE})", (f"{_BACK} * others({{0}}, {{axis}})",), _product,
                f"ReduceProd({_AXES})"),
    "softmax": Row("np.exp(log_softmax({0}, {axis}))",
                   ("{z} * ({g} - np.sum({g} * {z}, axis={axis}, keepdims=True))",),
                   "torch.softmax({0}, dim={axis})", "Softmax({0}, axis={axis})",
                   "jax.nn.softmax({0}, axis={axis})"),
    "log_softmax": Row("log_softmax({0}, {axis})",
                       ("{g} - np.exp({z}) * np.sum({g}, axis={axis}, keepdims=True)",),
                       "torch.log_softmax({0}, dim={axis})", "LogSoftmax({0}, axis={axis})",
                       "jax.nn.log_softmax({0}, axis={axis})"),
    "logsumexp": Row("np.logaddexp.reduce({0}, axis={axis})",
                     ("spread({g}, {0}, {axis}, False) * np.exp(log_softmax({0}, {axis}))",),
                     "torch.logsumexp({0}, dim={axis})",
                     "ReduceLogSumExp({0}, {axes}, keepdims=0)",
                     "jax.nn.logsumexp({0}, axis={axis})"),
}  # fmt: skip
