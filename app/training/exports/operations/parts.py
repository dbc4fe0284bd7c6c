"""What a graph taken apart into numbers is put together with."""

from __future__ import annotations

from .row import Case, Row

_STACK = "torch.stack(torch.broadcast_tensors({all}))"
_SHARE = "{g} * share([{all}], {z}, {slot}"


def _torch_largest(case: Case) -> str:
    return f"{_STACK}.max(0).values" if case.node.params["first"] else f"{_STACK}.amax(0)"


def _jax_largest(case: Case) -> str:
    stack = "jnp.stack(jnp.broadcast_arrays({all}))"
    return f"largest({stack}, 0)" if case.node.params["first"] else f"jnp.max({stack}, axis=0)"


def _onnx_length(case: Case) -> str:
    peak = "Max(" + ", ".join(f"Abs({{{i}}})" for i in range(len(case.args))) + ")"
    divisor = f"Where(Greater({peak}, 0.0), {peak}, 1.0)"
    parts = [f"Div({{{i}}}, {divisor})" for i in range(len(case.args))]
    return f"Mul({divisor}, Sqrt(Sum({', '.join(f'Mul({one}, {one})' for one in parts)})))"


def _onnx_array(case: Case) -> str:
    numbers = ", ".join(f"Unsqueeze({{{i}}}, [0])" for i in range(len(case.args)))
    return f"Reshape(Concat({numbers}, axis=0), {list(case.result)})"


ROWS = {
    "total": Row("sum([{all}])", ("{g}",), "sum([{all}])", "Sum({all})"),
    "largest": Row("np.max(np.stack(np.broadcast_arrays({all})), axis=0)",
                   (_SHARE + ", {first})",), _torch_largest, "Max({all})", _jax_largest),
    "smallest": Row("np.min(np.stack(np.broadcast_arrays({all})), axis=0)",
                    (_SHARE + ", False)",), f"{_STACK}.amin(0)", "Min({all})"),
    "length": Row("norm(np.stack(np.broadcast_arrays({all})), 0, False)",
                  ("{g} * quotient({own}, {z})",), f"norm({_STACK}, 0, False)", _onnx_length),
    "copy": Row("{0}", ("{g}",), "{0}", "Identity({0})"),
    "array": Row("np.reshape([{all}], {sizes})", ("{g}[np.unravel_index({slot}, {sizes})]",),
                 "torch.stack([{all}]).reshape({sizes})", _onnx_array,
                 "jnp.stack([{all}]).reshape({sizes})"),
    "put": Row("put({0}, {1}, np.s_[{index}])", ("put({g}, 0.0, np.s_[{index}])", "{g}[{index}]"),
               "put({0}, {1}, ({index},))",
               lambda case: f"ScatterND({{0}}, {[list(case.node.params['index'])]}, "
                            "Unsqueeze({1}, [0]))"),
}  # fmt: skip
