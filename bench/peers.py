"""The same steps in other frameworks, as their own tutorials write them. Each may be missing."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from bench.networks import CHAIN_VALUES, NEURONS, PRODUCT_VALUES, RATE, Network, neurons

Step = Callable[[], Any]


def torch_network(net: Network, dtype: str = "float64") -> Step:
    import torch
    from torch.nn import functional

    torch.set_num_threads(1)
    values = {k: torch.tensor(v, dtype=getattr(torch, dtype)) for k, v in net.values().items()}
    parameters = [values[name].requires_grad_() for name in net.parameters()]
    optimizer = torch.optim.SGD(parameters, lr=RATE)
    activation = torch.tanh if net.activation == "tanh" else torch.relu
    loss = functional.mse_loss if net.loss == "mse" else functional.cross_entropy
    x, y, last = values["x"], values["y"], net.layers

    def step() -> float:
        a = x
        for k in range(1, last):
            a = activation(a @ values[f"W{k}"] + values[f"b{k}"])
        found = loss(a @ values[f"W{last}"] + values[f"b{last}"], y)
        optimizer.zero_grad()
        found.backward()
        optimizer.step()
        return found.item()

    return step


def torch_chain() -> Step:
    import torch

    v = {k: torch.tensor(x, dtype=torch.float64) for k, x in CHAIN_VALUES.items()}
    optimizer = torch.optim.SGD([v["w1"].requires_grad_(), v["w2"].requires_grad_()], lr=RATE)

    def step() -> float:
        a = torch.sigmoid(torch.sigmoid(v["x1"] * v["w1"]) * v["w2"])
        loss = 0.5 * (a - v["y"]) ** 2
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


def torch_product() -> Step:
    import torch

    x, y, z = (torch.tensor(PRODUCT_VALUES[k], dtype=torch.float64) for k in "xyz")
    leaves = [leaf.requires_grad_() for leaf in (x, y, z)]

    def step() -> Any:
        f = (x + y) * z
        return f, torch.autograd.grad(f, leaves)

    return step


def _differentiated(net: Network, np: Any) -> Callable[[dict[str, Any], Any, Any], Any]:
    def loss(p: dict[str, Any], x: Any, y: Any) -> Any:
        for k in range(1, net.layers + 1):
            x = x @ p[f"W{k}"] + p[f"b{k}"]
            if k < net.layers:
                x = np.tanh(x) if net.activation == "tanh" else np.maximum(x, 0.0)
        if net.loss == "mse":
            return np.mean((x - y) ** 2)
        top = np.max(x, axis=1, keepdims=True)
        logs = x - top - np.log(np.sum(np.exp(x - top), axis=1, keepdims=True))
        return -np.sum(y * logs) / net.batch

    return loss


def autograd_network(net: Network, dtype: str = "float64") -> Step:
    import autograd.numpy as np
    from autograd import value_and_grad

    values = net.values(dtype)
    parameters = {name: values[name] for name in net.parameters()}
    function = value_and_grad(_differentiated(net, np))

    def step() -> float:
        found, grads = function(parameters, values["x"], values["y"])
        for name, grad in grads.items():
            parameters[name] = parameters[name] - RATE * grad
        return float(found)

    return step


def autograd_product() -> Step:
    from autograd import value_and_grad

    function = value_and_grad(lambda v: (v[0] + v[1]) * v[2])
    return lambda: function((2.0, 3.0, 4.0))


def autograd_chain() -> Step:
    import autograd.numpy as np
    from autograd import value_and_grad

    def loss(w: tuple[float, float]) -> Any:
        a = 1 / (1 + np.exp(-CHAIN_VALUES["x1"] * w[0]))
        return 0.5 * (1 / (1 + np.exp(-a * w[1])) - CHAIN_VALUES["y"]) ** 2

    function, w = value_and_grad(loss), (CHAIN_VALUES["w1"], CHAIN_VALUES["w2"])

    def step() -> float:
        nonlocal w
        found, (g1, g2) = function(w)
        w = (w[0] - RATE * g1, w[1] - RATE * g2)
        return float(found)

    return step


def jax_network(net: Network, dtype: str = "float64") -> Step:
    import jax

    jax.config.update("jax_enable_x64", True)
    values = {name: jax.numpy.asarray(value) for name, value in net.values(dtype).items()}
    parameters = {name: values[name] for name in net.parameters()}
    function = jax.value_and_grad(_differentiated(net, jax.numpy))

    @jax.jit
    def stepped(p: dict[str, Any], x: Any, y: Any) -> Any:
        found, grads = function(p, x, y)
        return found, {name: p[name] - RATE * grads[name] for name in p}

    def step() -> float:
        nonlocal parameters
        found, parameters = stepped(parameters, values["x"], values["y"])
        return float(found)

    return step


def jax_product() -> Step:
    import jax

    jax.config.update("jax_enable_x64", True)
    function = jax.jit(jax.value_and_grad(lambda x, y, z: (x + y) * z, (0, 1, 2)))
    values = [jax.numpy.asarray(PRODUCT_VALUES[k]) for k in "xyz"]
    return lambda: jax.block_until_ready(function(*values))


def micrograd_product() -> Step:
    from micrograd.engine import Value

    x, y, z = (Value(PRODUCT_VALUES[k]) for k in "xyz")

    def step() -> Any:
        for leaf in (x, y, z):
            leaf.grad = 0
        f = (x + y) * z
        f.backward()
        return f.data

    return step


def micrograd_neurons() -> Step:
    """The network of single neurons; tanh as the tutorial adds it to `Value`."""
    from micrograd.engine import Value

    def tanh(value: Any) -> Any:
        t = math.tanh(value.data)
        out = Value(t, (value,), "tanh")

        def _backward() -> None:
            value.grad += (1 - t * t) * out.grad

        out._backward = _backward
        return out

    given = neurons()[1]
    values = {name: Value(value) for name, value in given.items()}
    parameters = [value for name, value in values.items() if name[0] in "wb"]

    def step() -> float:
        inside = [values["x0"], values["x1"]]
        for k, m in enumerate(NEURONS[1:], 1):
            after = []
            for j in range(m):
                total = values[f"b{k}_{j}"]
                for i, x in enumerate(inside):
                    total = total + x * values[f"w{k}_{i}_{j}"]
                after.append(tanh(total))
            inside = after
        loss = (inside[0] - values["y"]) ** 2 * 0.5
        for p in parameters:
            p.grad = 0
        loss.backward()
        for p in parameters:
            p.data -= RATE * p.grad
        return float(loss.data)

    return step


def torch_neurons() -> Step:
    """The same network as matrices of shape [1, n]: what one would write there."""
    return torch_network(Network(NEURONS, "tanh", "mse", 1))
