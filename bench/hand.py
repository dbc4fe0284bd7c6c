"""What someone who knows NumPy would write by hand: buffers made once, every value kept."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from bench.networks import RATE, Network

NAMES = ("x", "W1", "b1", "W2", "b2", "W3", "b3", "y")


def chain(x1: float, w1: float, w2: float, y: float) -> Callable[[], float]:
    exp = math.exp

    def step() -> float:
        nonlocal w1, w2
        s1 = x1 * w1
        a1 = 1.0 / (1.0 + exp(-s1))
        s2 = a1 * w2
        a2 = 1.0 / (1.0 + exp(-s2))
        e = a2 - y
        loss = 0.5 * e * e
        gs2 = e * (a2 * (1.0 - a2))
        ga1 = gs2 * w2
        gw2 = gs2 * a1
        gs1 = ga1 * (a1 * (1.0 - a1))
        gw1 = gs1 * x1
        w2 -= RATE * gw2
        w1 -= RATE * gw1
        return loss

    return step


def product(x: float, y: float, z: float) -> Callable[[], tuple[float, ...]]:
    def step() -> tuple[float, ...]:
        q = x + y
        return q * z, z, z, q

    return step


def small(net: Network, dtype: str) -> Callable[[], float]:
    """Three layers, tanh between them, mse."""
    x, W1, b1, W2, b2, W3, b3, y = (net.values(dtype)[n] for n in NAMES)
    m1, s1, a1, t1, ga1, gs1 = (np.empty((net.batch, b1.size), dtype) for _ in range(6))
    m2, s2, a2, t2, ga2, gs2 = (np.empty((net.batch, b2.size), dtype) for _ in range(6))
    m3, s3, e, gs3 = (np.empty((net.batch, b3.size), dtype) for _ in range(4))
    gW1, gb1, gW2, gb2, gW3, gb3 = map(np.empty_like, (W1, b1, W2, b2, W3, b3))
    tW1, tb1, tW2, tb2, tW3, tb3 = map(np.empty_like, (W1, b1, W2, b2, W3, b3))
    xT, a1T, a2T, W2T, W3T, flat = x.T, a1.T, a2.T, W2.T, W3.T, e.reshape(-1)
    ones, one, rate = np.ones(net.batch, dtype), np.array(1, dtype), np.array(RATE, dtype)
    total, scale, size = np.array(0, dtype), np.array(2 / y.size, dtype), y.size
    dot, add, multiply, subtract, tanh = np.dot, np.add, np.multiply, np.subtract, np.tanh

    def step() -> float:
        dot(x, W1, m1)
        add(m1, b1, s1)
        tanh(s1, a1)
        dot(a1, W2, m2)
        add(m2, b2, s2)
        tanh(s2, a2)
        dot(a2, W3, m3)
        add(m3, b3, s3)
        subtract(s3, y, e)
        dot(flat, flat, total)
        loss = total.item() / size
        multiply(e, scale, gs3)
        dot(a2T, gs3, gW3)
        dot(ones, gs3, gb3)
        dot(gs3, W3T, ga2)
        multiply(a2, a2, t2)
        subtract(one, t2, t2)
        multiply(ga2, t2, gs2)
        dot(a1T, gs2, gW2)
        dot(ones, gs2, gb2)
        dot(gs2, W2T, ga1)
        multiply(a1, a1, t1)
        subtract(one, t1, t1)
        multiply(ga1, t1, gs1)
        dot(xT, gs1, gW1)
        dot(ones, gs1, gb1)
        multiply(gW1, rate, tW1)
        subtract(W1, tW1, W1)
        multiply(gb1, rate, tb1)
        subtract(b1, tb1, b1)
        multiply(gW2, rate, tW2)
        subtract(W2, tW2, W2)
        multiply(gb2, rate, tb2)
        subtract(b2, tb2, b2)
        multiply(gW3, rate, tW3)
        subtract(W3, tW3, W3)
        multiply(gb3, rate, tb3)
        subtract(b3, tb3, b3)
        return loss

    return step


def large(net: Network, dtype: str) -> Callable[[], float]:
    """Three layers, relu between them, cross-entropy of one-hot rows."""
    x, W1, b1, W2, b2, W3, b3, y = (net.values(dtype)[n] for n in NAMES)
    m1, s1, a1, ga1, gs1 = (np.empty((net.batch, b1.size), dtype) for _ in range(5))
    m2, s2, a2, ga2, gs2 = (np.empty((net.batch, b2.size), dtype) for _ in range(5))
    m3, s3, moved, powers, logs, error, gs3 = (np.empty(y.shape, dtype) for _ in range(7))
    gW1, gb1, gW2, gb2, gW3, gb3 = map(np.empty_like, (W1, b1, W2, b2, W3, b3))
    tW1, tb1, tW2, tb2, tW3, tb3 = map(np.empty_like, (W1, b1, W2, b2, W3, b3))
    mask1, mask2 = np.empty(s1.shape, bool), np.empty(s2.shape, bool)
    top, sums = np.empty((net.batch, 1), dtype), np.empty((net.batch, 1), dtype)
    xT, a1T, a2T, W2T, W3T, sums_row = x.T, a1.T, a2.T, W2.T, W3.T, sums.reshape(-1)
    ones, classes = np.ones(net.batch, dtype), np.ones(b3.size, dtype)
    zero, rate, scale = (np.array(n, dtype) for n in (0, RATE, 1 / net.batch))
    total, rows, logs_row, y_row = np.array(0, dtype), net.batch, logs.reshape(-1), y.reshape(-1)
    dot, add, multiply, subtract, maximum = np.dot, np.add, np.multiply, np.subtract, np.maximum
    greater, exp, log, largest = np.greater, np.exp, np.log, np.maximum.reduce

    def step() -> float:
        dot(x, W1, m1)
        add(m1, b1, s1)
        maximum(s1, zero, out=a1)
        dot(a1, W2, m2)
        add(m2, b2, s2)
        maximum(s2, zero, out=a2)
        dot(a2, W3, m3)
        add(m3, b3, s3)
        largest(s3, 1, None, top, True)
        subtract(s3, top, moved)
        exp(moved, powers)
        dot(powers, classes, sums_row)
        log(sums, top)
        subtract(moved, top, logs)
        dot(logs_row, y_row, total)
        loss = -total.item() / rows
        exp(logs, powers)
        subtract(powers, y, error)
        multiply(error, scale, gs3)
        dot(a2T, gs3, gW3)
        dot(ones, gs3, gb3)
        dot(gs3, W3T, ga2)
        greater(s2, zero, mask2)
        multiply(ga2, mask2, gs2)
        dot(a1T, gs2, gW2)
        dot(ones, gs2, gb2)
        dot(gs2, W2T, ga1)
        greater(s1, zero, mask1)
        multiply(ga1, mask1, gs1)
        dot(xT, gs1, gW1)
        dot(ones, gs1, gb1)
        multiply(gW1, rate, tW1)
        subtract(W1, tW1, W1)
        multiply(gb1, rate, tb1)
        subtract(b1, tb1, b1)
        multiply(gW2, rate, tW2)
        subtract(W2, tW2, W2)
        multiply(gb2, rate, tb2)
        subtract(b2, tb2, b2)
        multiply(gW3, rate, tW3)
        subtract(W3, tW3, W3)
        multiply(gb3, rate, tb3)
        subtract(b3, tb3, b3)
        return loss

    return step
