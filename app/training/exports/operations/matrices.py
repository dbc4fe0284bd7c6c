"""Products of matrices, and what only moves elements."""

from __future__ import annotations

from .indexing import onnx_part, torch_part
from .row import Case, Row

# What comes back through a matrix product, by the number of axes of both sides; 3 stands for more.
_LEFT = {
    (1, 1): "{g} * {1}", (1, 2): "{1} @ {g}", (2, 1): "np.outer({g}, {1})",
    (2, 2): "{g} @ {1}.T", (1, 3): "({1} @ {g}[..., None])[..., 0]",
    (3, 1): "{g}[..., None] * {1}",
}  # fmt: skip
_RIGHT = {
    (1, 1): "{g} * {0}", (1, 2): "np.outer({0}, {g})", (2, 1): "{0}.T @ {g}",
    (2, 2): "{0}.T @ {g}", (1, 3): "{0}[:, None] * {g}[..., None, :]",
    (3, 1): "(np.swapaxes({0}, -1, -2) @ {g}[..., None])[..., 0]",
}  # fmt: skip


def _axes(case: Case) -> tuple[int, int]:
    left, right = case.args
    return min(len(left), 3), min(len(right), 3)


def _left(case: Case) -> str:
    return _LEFT.get(_axes(case), "{g} @ np.swapaxes({1}, -1, -2)")


def _right(case: Case) -> str:
    return _RIGHT.get(_axes(case), "np.swapaxes({0}, -1, -2) @ {g}")


def _transposed(case: Case) -> str:
    axes = len(case.result)
    return "{0}.T" if axes == 2 else f"{{0}}.permute({list(range(axes))[::-1]})"


ROWS = {
    "matmul": Row("{0} @ {1}", (_left, _right), "{0} @ {1}", "MatMul({0}, {1})"),
    "dot": Row("{0} @ {1}", ("{g} * {1}", "{g} * {0}"), "{0} @ {1}", "MatMul({0}, {1})"),
    "outer": Row("np.outer({0}, {1})", ("{g} @ {1}", "{0} @ {g}"), "torch.outer({0}, {1})",
                 "Mul(Unsqueeze({0}, [1]), {1})"),
    "transpose": Row("{0}.T", ("{g}.T",), _transposed,
                     lambda case: "Transpose({0})" if case.result else "Identity({0})"),
    "reshape": Row("np.reshape({0}, {sizes})", ("np.reshape({g}, np.shape({0}))",),
                   "torch.reshape({0}, {sizes})",
                   lambda case: f"Reshape({{0}}, {list(case.result)}, allowzero=1)"),
    "concat": Row("np.concatenate([{all}], axis={axis})", ("cut({g}, [{all}], {slot}, {axis})",),
                  "torch.cat([{all}], dim={axis})", "Concat({all}, axis={axis})"),
    "index": Row("{0}[{index}]", ("placed({g}, np.shape({0}), np.s_[{index}])",),
                 lambda case: torch_part(case.node.params["index"]),
                 lambda case: onnx_part(case.node.params["index"])),
}  # fmt: skip
