"""What derivatives written as graphs need beside the others."""

from __future__ import annotations

import math

import numpy as np

from .activations import NORMAL
from .indexing import torch_placed
from .row import Case, Row


def _onnx_scatter(case: Case) -> str:
    size = math.prod(case.result)
    places = np.arange(size).reshape(case.result)[case.node.params["index"]]
    rows = places.reshape(-1, 1).tolist()
    flat = f"ScatterND({[0.0] * size}, {rows}, Reshape({{0}}, [-1]))"
    return f"Reshape({flat}, {list(case.result)})"


def _swapped(axes: int) -> list[int]:
    return [*range(axes - 2), axes - 1, axes - 2]


ROWS = {
    "spread": Row("np.broadcast_to({0}, {sizes})", ("{g}",), "torch.broadcast_to({0}, {sizes})",
                  lambda case: f"Expand({{0}}, {list(case.result)})"),
    "scatter": Row("placed({0}, {sizes}, np.s_[{index}])", ("{g}[{index}]",),
                   lambda case: torch_placed(case.node.params["index"], case.result),
                   _onnx_scatter),
    "swap": Row("np.swapaxes({0}, -1, -2)", ("np.swapaxes({g}, -1, -2)",), "{0}.mT",
                lambda case: f"Transpose({{0}}, perm={_swapped(len(case.result))})"),
    "permute": Row("np.transpose({0}, {axes})", ("np.transpose({g}, np.argsort({axes}))",),
                   "{0}.permute({axes})",
                   lambda case: f"Transpose({{0}}, perm={list(case.node.params['axes'])})"),
    "normal": Row("normal({0})", ("{g} * bell({0})",), "torch.special.ndtr({0})", NORMAL,
                  "jax.scipy.stats.norm.cdf({0})"),
}  # fmt: skip
