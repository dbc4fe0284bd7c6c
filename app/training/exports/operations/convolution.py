"""Convolution and pooling.

ONNX Runtime has no Conv and no AveragePool of float64, and none of its pools takes an image alone:
there the windows are gathered, and then multiplied or reduced.
"""

from __future__ import annotations

from engine.ops import Shape

from .row import Case, Row


def _covered(case: Case, kernel: Shape) -> tuple[list[list[int]], list[list[int]]]:
    """Return the rows and the columns that a window covers at each of its places."""
    stride = case.node.params["stride"] or kernel
    rows, columns = (
        [[place * step + i for i in range(size)] for place in range(places)]
        for places, step, size in zip(case.result[-2:], stride, kernel, strict=True)
    )
    return rows, columns


def _onnx_conv(case: Case) -> str:
    rows, columns = _covered(case, case.args[1][2:])
    high, wide = case.node.params["padding"]
    image = f"Pad({{0}}, {[0, 0, high, wide, 0, 0, high, wide]})" if high or wide else "{0}"
    seen = f"Gather(Gather({image}, {rows}, axis=2), {columns}, axis=4)"
    return f'Einsum({seen}, {{1}}, equation="nchiwj,ocij->nohw")'


def _onnx_pool(reduce: str, case: Case) -> str:
    rows, columns = _covered(case, case.node.params["kernel_size"])
    seen = f"Gather(Gather({{0}}, {rows}, axis=-2), {columns}, axis=-1)"
    return f"{reduce}({seen}, [-3, -1], keepdims=0)"


def _torch_pool(name: str, case: Case) -> str:
    plain = len(case.result) in (3, 4)
    inside = "{kernel_size}, stride={stride}"
    return f"F.{name}({{0}}, {inside})" if plain else f"pooled(F.{name}, {{0}}, {inside})"


ROWS = {
    "conv2d": Row("conv2d({0}, {1}, {stride}, {padding})",
                  ("conv2d_image({g}, {0}, {1}, {stride}, {padding})",
                   "conv2d_kernel({g}, {0}, {1}, {stride}, {padding})"),
                  "F.conv2d({0}, {1}, stride={stride}, padding={padding})", _onnx_conv),
    "max_pool2d": Row("np.max(seen({0}, {kernel_size}, {stride}), axis=(-2, -1))",
                      ("max_pool2d_slope({g}, {0}, {kernel_size}, {stride})",),
                      lambda case: _torch_pool("max_pool2d", case),
                      lambda case: _onnx_pool("ReduceMax", case),
                      "largest(flat(seen({0}, {kernel_size}, {stride})), -1)"),
    "avg_pool2d": Row("np.mean(seen({0}, {kernel_size}, {stride}), axis=(-2, -1))",
                      ("avg_pool2d_slope({g}, {0}, {kernel_size}, {stride})",),
                      lambda case: _torch_pool("avg_pool2d", case),
                      lambda case: _onnx_pool("ReduceMean", case)),
}  # fmt: skip
