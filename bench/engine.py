"""Time training steps of plans beside hand-written NumPy and other frameworks.

    make bench            (or: python -m bench.engine, with what happens to be installed)

Every number is the median over rounds in which all contenders take turns, with one thread each.
"""

from __future__ import annotations

import os

os.environ |= {
    "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1",
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
}  # fmt: skip

import platform
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import engine
from bench import hand, peers
from bench.networks import (
    CHAIN,
    CHAIN_VALUES,
    LARGE,
    PRODUCT,
    PRODUCT_VALUES,
    RATE,
    SMALL,
    Network,
    neurons,
)

Step = Callable[[], Any]
SGD = {"name": "sgd", "learning_rate": RATE}
ROUNDS = 25
SECONDS = 0.02


def plan_network(net: Network, dtype: str = "float64") -> Step:
    graph = engine.parse(net.program())
    return engine.compile(graph, net.values(), net.parameters(), SGD, dtype).train_step


def plan_chain() -> Step:
    return engine.compile(engine.parse(CHAIN), CHAIN_VALUES, ["w1", "w2"], SGD).train_step


def plan_product() -> Step:
    return engine.compile(engine.parse(PRODUCT), PRODUCT_VALUES).run


def plan_neurons() -> Step:
    program, values, trainable = neurons()
    return engine.compile(engine.parse(program), values, trainable, SGD).train_step


def evaluate_product() -> Step:
    return lambda: engine.evaluate(engine.parse(PRODUCT), PRODUCT_VALUES)


def evaluate_network() -> Step:
    values, program = SMALL.values(), SMALL.program()
    return lambda: engine.evaluate(engine.parse(program), values)


# Case by case: what is timed, and each contender's maker of a step.
CASES: tuple[tuple[str, dict[str, Callable[[], Step]]], ...] = (
    ("(a) two neurons, numbers, half_mse, SGD", {
        "plan": plan_chain, "by hand": partial(hand.chain, *CHAIN_VALUES.values()),
        "PyTorch": peers.torch_chain, "autograd": peers.autograd_chain}),
    ("(b) f = (x + y) z, value and gradient", {
        "plan": plan_product, "by hand": partial(hand.product, *PRODUCT_VALUES.values()),
        "PyTorch": peers.torch_product, "autograd": peers.autograd_product,
        "micrograd": peers.micrograd_product, "JAX jit": peers.jax_product}),
    ("(c) 2-8-8-1, tanh, batch 32, mse, SGD", {
        "plan": partial(plan_network, SMALL), "by hand": partial(hand.small, SMALL, "float64"),
        "PyTorch": partial(peers.torch_network, SMALL),
        "autograd": partial(peers.autograd_network, SMALL),
        "JAX jit": partial(peers.jax_network, SMALL)}),
    ("(d) 784-128-64-10, relu, batch 64, cross_entropy, SGD", {
        "plan": partial(plan_network, LARGE), "by hand": partial(hand.large, LARGE, "float64"),
        "PyTorch": partial(peers.torch_network, LARGE),
        "autograd": partial(peers.autograd_network, LARGE),
        "JAX jit": partial(peers.jax_network, LARGE)}),
    ("(d) in float32", {
        "plan": partial(plan_network, LARGE, "float32"),
        "by hand": partial(hand.large, LARGE, "float32"),
        "PyTorch": partial(peers.torch_network, LARGE, "float32"),
        "JAX jit": partial(peers.jax_network, LARGE, "float32")}),
    ("(e) 2-16-16-1 neuron by neuron, 982 nodes, SGD", {
        "plan": plan_neurons, "micrograd": peers.micrograd_neurons,
        "PyTorch, as matrices": peers.torch_neurons}),
    ("(f) the recorder: parse and evaluate f = (x + y) z", {"evaluate": evaluate_product}),
    ("(g) the recorder: parse and evaluate (c)", {"evaluate": evaluate_network}),
)  # fmt: skip


def made(maker: Callable[[], Step]) -> Step | None:
    """Return a contender's step, or None if it is not installed."""
    try:
        return maker()
    except ImportError:
        return None


def seconds(step: Step, count: int) -> float:
    """Return the time of one step, over a number of them."""
    turns = range(count)
    start = time.perf_counter()
    for _ in turns:
        step()
    return (time.perf_counter() - start) / count


def medians(steps: dict[str, Step]) -> dict[str, float]:
    """Return each contender's median in microseconds, over rounds in which they take turns."""
    counts = {}
    for name, step in steps.items():
        once = min(seconds(step, 3) for _ in range(5))
        counts[name] = max(3, int(SECONDS / once))
    found: dict[str, list[float]] = {name: [] for name in steps}
    for _ in range(ROUNDS):
        for name, step in steps.items():
            found[name].append(seconds(step, counts[name]) * 1e6)
    return {name: statistics.median(times) for name, times in found.items()}


def installed(package: str) -> str:
    """Return a package's version, or a dash."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "–"


def _written(micros: float) -> str:
    return (
        f"{micros:,.0f}" if micros >= 100 else f"{micros:.1f}" if micros >= 10 else f"{micros:.2f}"
    )


def report(write: Callable[[str], object]) -> None:
    """Write the table of all cases, as Markdown."""
    packages = {"NumPy": "numpy", "PyTorch": "torch", "autograd": "autograd",
                "micrograd": "micrograd", "JAX": "jax"}  # fmt: skip
    write(f"{platform.python_implementation()} {platform.python_version()}, "
          + ", ".join(f"{name} {installed(package)}" for name, package in packages.items())
          + f"; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}.\n\n")  # fmt: skip
    write("| what is timed | contender | µs per step | times the plan |\n|---|---|---:|---:|\n")
    for title, makers in CASES:
        steps = {name: step for name, maker in makers.items() if (step := made(maker))}
        times = medians(steps)
        base = times.get("plan")
        for name, micros in times.items():
            ratio = f"{micros / base:.2f}" if base else ""
            write(f"| {title} | {name} | {_written(micros)} | {ratio} |\n")
            title = ""


if __name__ == "__main__":
    report(sys.stdout.write)
