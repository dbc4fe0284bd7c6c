"""Plans against the recorder: the same values and gradients, kept, shared, saved and restored."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest

import engine
from engine import OPTIMIZERS, Descent, EngineError, Graph, Limits, Node, Plan, evaluate, parse
from tests.engine.cases import load

NETWORK = "h = tanh(x @ W1 + b1); p = h @ W2 + b2; L = mse(p, y)"
TRAINABLE = ["W1", "b1", "W2", "b2"]
ADAM = {"name": "adam", "learning_rate": 0.05}


def network(rows: int = 6) -> dict[str, Any]:
    rng = np.random.default_rng(3)
    shapes = {"x": (rows, 3), "W1": (3, 4), "b1": (4,), "W2": (4, 2), "b2": (2,), "y": (rows, 2)}
    return {name: rng.normal(size=shape) for name, shape in shapes.items()}


def planned(program: str = NETWORK, **given: Any) -> Plan:
    return engine.compile(parse(program), **{"values": network(), "trainable": TRAINABLE} | given)


def assert_alike(plan: Plan, run: engine.Run, tolerance: float = 1e-12) -> None:
    """Assert that all values and gradients agree, relative to the largest element."""
    for name in run.values:
        for found, wanted in ((plan.values, run.values), (plan.grads, run.grads)):
            there, here = wanted[name], found[name]
            if there is None or here is None:
                assert there is here is None, name
                continue
            finite = np.abs(there)[np.isfinite(there)] if np.size(there) else np.zeros(1)
            scale = tolerance * np.max(finite, initial=0.0)
            assert np.shape(here) == np.shape(there)
            np.testing.assert_allclose(here, there, tolerance, scale, err_msg=name)


PROGRAMS = load("conformance.json")["programs"]


@pytest.mark.parametrize("case", PROGRAMS, ids=lambda c: c["program"])
def test_a_plan_is_the_recorder(case: dict[str, Any]) -> None:
    graph = parse(case["program"])
    assert_alike(engine.compile(graph, case["values"]), evaluate(graph, case["values"]))


@pytest.mark.parametrize("case", PROGRAMS, ids=lambda c: c["program"])
def test_a_step_is_the_recorders_descent(case: dict[str, Any]) -> None:
    graph = parse(case["program"])
    plan = engine.compile(
        graph, case["values"], graph.leaves, {"name": "sgd", "learning_rate": 0.1}
    )
    run = evaluate(graph, case["values"], update=Descent(0.1, graph.leaves))
    assert plan.train_step() == pytest.approx(float(np.reshape(run.value, ())), 1e-12)
    for one in run.updates:
        np.testing.assert_allclose(plan.values[one.parameter], one.new, 1e-12, 1e-15)
        np.testing.assert_allclose(
            np.asarray(plan.grads[one.parameter]), one.gradient, 1e-12, 1e-15
        )


@pytest.mark.parametrize("case", PROGRAMS, ids=lambda c: c["program"])
def test_float32_is_near(case: dict[str, Any]) -> None:
    graph = parse(case["program"])
    plan = engine.compile(graph, case["values"], dtype="float32")
    assert plan.values[graph.output].dtype == np.float32
    np.testing.assert_allclose(plan.values[graph.output], case["value"], 2e-5, 1e-5)


def text(spec: dict[str, Any]) -> str:
    """Write a network of the stored runs as a program."""
    lines, inside = [], "x"
    for k, layer in enumerate(spec["layers"], 1):
        activation = {"linear": ""}.get(layer["activation"], layer["activation"])
        lines.append(f"a{k} = {activation}({inside} @ W{k} + b{k})")
        inside = f"a{k}"
    return "\n".join([*lines, f"L = {spec['loss']}({inside}, y)"])


@pytest.mark.parametrize(
    "run", load("training.json")["training"], ids=lambda run: str(run["network"]["loss"])
)
def test_training_runs_of_an_independent_framework_are_met(run: dict[str, Any]) -> None:
    spec = run["network"]
    values = {**spec["parameters"], **spec["data"]}
    plan = engine.compile(parse(text(spec)), values, spec["parameters"], spec["optimizer"])
    losses = [plan.train_step() for _ in range(run["iterations"])]
    np.testing.assert_allclose(losses, run["losses"], 1e-9, 1e-12)
    for name, wanted in run["parameters"].items():
        np.testing.assert_allclose(plan.values[name], wanted, 1e-9, 1e-12)


def built(
    op: engine.ops.Op, params: dict[str, Any], leaves: list[str], scalar: bool, square: bool = True
) -> Graph:
    """Return the graph of one operation, its square or itself summed if it is no number."""
    nodes = [Node(name) for name in leaves]
    nodes.append(Node("z", op.name, tuple(leaves), params))
    if not scalar:
        nodes.append(Node("t", "mul", ("z", "z")) if square else Node("t", "neg", ("z",)))
        nodes.append(Node("f", "sum", ("t",), {"axis": None, "keepdims": False}))
    return Graph(tuple(nodes), "z" if scalar else "f")


SAMPLES = [
    pytest.param(op, sample, lift, id=f"{op.name}-{i}-{lift}")
    for op in engine.OPS.values()
    for i, sample in enumerate(op.samples)
    for lift in ((None, (1,), (3,), (2, 1)) if op.elementwise else (None,))
]


@pytest.mark.parametrize(("op", "sample", "lift"), SAMPLES)
def test_every_operation_has_its_place(op: engine.ops.Op, sample: Any, lift: Any) -> None:
    rng = np.random.default_rng(1)
    shapes = [shape if lift is None else lift for shape in sample.shapes]
    leaves = [f"x{i}" for i in range(len(shapes))]
    values = {
        name: rng.uniform(low, high, shape)
        for name, shape, (low, high) in zip(leaves, shapes, sample.box, strict=True)
    }
    graph = built(op, dict(sample.params), leaves, not op.shape(*shapes, **sample.params))
    assert_alike(engine.compile(graph, values), evaluate(graph, values))
    if len(leaves) > 1:
        plan = engine.compile(graph, values, leaves[:1])
        assert_alike(plan, evaluate(graph, values, leaves[1:]))


ODD = [-np.inf, -800.0, -1.0, -1e-310, -0.0, 0.0, 1e-50, 0.5, 1.0, 2.0, 800.0, np.inf, np.nan]
ELEMENTWISE = [op for op in engine.OPS.values() if op.elementwise]
DEFAULTS = {op.name: dict(op.samples[0].params) for op in ELEMENTWISE}


@pytest.mark.parametrize("op", ELEMENTWISE, ids=lambda op: op.name)
def test_kinks_infinities_and_nan_are_the_recorders(op: engine.ops.Op) -> None:
    arity = op.arity or 2
    grid = np.stack([m.ravel() for m in np.meshgrid(*[ODD] * arity)])
    leaves = [f"x{i}" for i in range(arity)]
    whole = dict(zip(leaves, grid, strict=True))
    for square in (True, False):
        graph = built(op, DEFAULTS[op.name], leaves, False, square)
        assert_alike(engine.compile(graph, whole), evaluate(graph, whole))
    graph = built(op, DEFAULTS[op.name], leaves, True)
    plan = engine.compile(graph, dict.fromkeys(leaves, 1.0))
    for column in grid.T:
        values = dict(zip(leaves, column, strict=True))
        plan.set(values)
        plan.run()
        assert_alike(plan, evaluate(graph, values))


@pytest.mark.parametrize("loss", ["mse", "half_mse", "bce", "bce_with_logits"])
@pytest.mark.parametrize("x", [*ODD, 1 - 1e-17, 3.7e-44])
def test_losses_at_odd_places_are_the_recorders(loss: str, x: float) -> None:
    for y in (0.0, 0.3, 1.0, np.nan):
        for shape in ((), (1,), (2, 1)):
            values = {"x": np.full(shape, x), "y": np.full(shape, y)}
            graph = parse(f"{loss}(x, y)")
            assert_alike(engine.compile(graph, values), evaluate(graph, values))


@pytest.mark.parametrize("x", [[[0.0, np.inf]], [[np.nan, 1.0]], [[-np.inf, -np.inf]],
                               [[800.0, -800.0]], [[-np.inf, 2.0]]])  # fmt: skip
@pytest.mark.parametrize("call", ["cross_entropy(x, y)", "sum(softmax(x) * y)",
                                  "sum(log_softmax(x) * y)", "sum(logsumexp(x))"])  # fmt: skip
def test_scores_at_odd_places_are_the_recorders(x: Any, call: str) -> None:
    values = {"x": x, "y": [[1.0, 0.0]]} if "y" in call else {"x": x}
    assert_alike(engine.compile(parse(call), values), evaluate(parse(call), values))


def scribbled(seed: int, shapes: list[tuple[int, ...]]) -> tuple[Graph, dict[str, Any]]:
    """Return a random graph of leaves with these shapes, much of it shared, some of it dead."""
    rng = np.random.default_rng(seed)
    names = [f"x{i}" for i in range(len(shapes))]
    values = {name: rng.normal(size=shape) for name, shape in zip(names, shapes, strict=True)}
    nodes = [Node(name) for name in names]
    for i in range(25):
        op = str(rng.choice(["add", "sub", "mul", "tanh", "sigmoid", "neg", "maximum", "relu"]))
        args = tuple(str(a) for a in rng.choice([n.id for n in nodes], engine.OPS[op].arity))
        nodes.append(Node(f"n{i}", op, args))
    total = [n.id for n in nodes[-9:-1:2]]
    for i, name in enumerate(total):
        nodes.append(Node(f"s{i}", "mean", (name,), {"axis": None, "keepdims": False}))
    nodes.append(Node("m", "add", ("s0", "s1")))
    nodes.append(Node("f", "mul", ("m", "s2")))
    return Graph(tuple(nodes), "f"), values


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("kind", ["numbers", "arrays", "single"])
def test_random_graphs_agree(seed: int, kind: str) -> None:
    shapes: dict[str, list[tuple[int, ...]]] = {
        "numbers": [()] * 4, "arrays": [(), (3,), (2, 3), (2, 1)], "single": [(1,), (), (1, 1)],
    }  # fmt: skip
    graph, values = scribbled(seed, shapes[kind])
    fixed = graph.leaves[: seed % 3]
    free = [name for name in graph.leaves if name not in fixed]
    plan = engine.compile(graph, values, free, ADAM)
    assert_alike(plan, evaluate(graph, values, fixed))
    before = {name: plan.values[name] for name in graph.leaves}
    plan.train_step()
    run = evaluate(graph, before, fixed)
    after = {name: plan.values[name] for name in graph.leaves}
    plan.set({name: before[name] for name in graph.leaves})
    assert_alike(plan, run)
    plan.set(after)
    plan.run()
    assert_alike(plan, evaluate(graph, after, fixed))


def test_a_step_leaves_new_parameters_and_the_values_of_the_pass() -> None:
    graph = parse("q = w * x; r = W.T; f = q * q + sum(r)")
    values = {"w": 3, "x": 2, "W": [[1, 2]]}
    plan = engine.compile(graph, values, ["w", "W"], {"name": "sgd", "learning_rate": 0.5})
    assert plan.train_step() == 39.0
    assert plan.values["w"] == 3 - 0.5 * 24
    assert plan.values["q"] == 6
    assert plan.values["r"].tolist() == [[1], [2]]
    assert plan.grads["w"] == 24
    assert plan.grads["q"] == 12
    assert plan.grads["x"] is None
    assert list(plan.values) == ["w", "x", "q", "W", "r", "%1", "%2", "f"] == list(plan.grads)


@pytest.mark.parametrize("program", [NETWORK, "L = sigmoid(a * x) * half_mse(tanh(a), y)"])
def test_phases_are_a_step_in_pieces(program: str) -> None:
    given: dict[str, Any] = {"values": network(), "trainable": TRAINABLE, "optimizer": ADAM}
    if program != NETWORK:
        given |= {"values": {"a": 0.5, "x": 2, "y": 1}, "trainable": ["a"]}
    whole, pieces = (engine.compile(parse(program), **given) for _ in range(2))
    for _ in range(3):
        loss = whole.train_step()
        assert pieces.forward() == loss
        pieces.backward()
        pieces.update()
        for name in whole.values:
            np.testing.assert_array_equal(whole.values[name], pieces.values[name])
            np.testing.assert_array_equal(
                np.asarray(whole.grads[name], float), np.asarray(pieces.grads[name], float)
            )
    assert whole.iteration == pieces.iteration == 3


def test_a_later_phase_runs_the_ones_before() -> None:
    whole, late = planned(), planned()
    for _ in range(2):
        whole.train_step()
        late.update()
    late.set(x=network()["x"] * 2)
    whole.set(x=network()["x"] * 2)
    late.backward()
    whole.run()
    np.testing.assert_array_equal(np.asarray(whole.grads["W1"]), np.asarray(late.grads["W1"]))


def test_a_backward_pass_never_uses_values_from_before_a_change() -> None:
    plan = engine.compile(parse("f = x * x * y"), {"x": 3, "y": 1})
    plan.forward()
    plan.set(x=5)
    plan.backward()
    assert plan.grads["x"] == 10
    plan = planned()
    plan.forward()
    plan.set(y=network()["y"] * 2)
    plan.backward()
    run = evaluate(parse(NETWORK), network() | {"y": network()["y"] * 2}, ["x", "y"])
    assert_alike(plan, run)


def test_a_second_backward_pass_changes_nothing() -> None:
    plan = engine.compile(parse("f = x * x + x"), {"x": 3})
    plan.backward()
    plan.backward()
    assert plan.grads["x"] == 7


def test_values_are_copies() -> None:
    plan = planned()
    before = plan.values["W1"]
    plan.train_step()
    assert not np.array_equal(before, plan.values["W1"])


@pytest.mark.parametrize(
    ("values", "pointer"),
    [({"x": np.ones((5, 3))}, "/values/x"), ({"x": 1}, "/values/x"), ({"h": 1}, "/values/h"),
     ({"none": 1}, "/values/none"), ({"b1": [1, 2, 3, True]}, "/values/b1/3"),
     ({"b1": ["a"]}, "/values/b1/0"), ({"b1": np.array(["a"] * 4)}, "/values/b1")],
)  # fmt: skip
def test_what_cannot_be_set_changes_nothing(values: dict[str, Any], pointer: str) -> None:
    plan = planned()
    with pytest.raises(EngineError) as caught:
        plan.set({"b2": [7, 7], **values})
    assert caught.value.pointer == pointer
    np.testing.assert_array_equal(plan.values["b2"], network()["b2"])


def test_what_is_set_is_copied_and_used() -> None:
    plan, x = planned(), np.full((6, 3), 2)
    plan.set(x=x, W1=(network()["W1"] * 2).tolist())
    x[:] = 9
    plan.run()
    values = network() | {"x": np.full((6, 3), 2.0), "W1": network()["W1"] * 2}
    assert_alike(plan, evaluate(parse(NETWORK), values, ["x", "y"]))


NUMBERS: dict[str, Any] = {"program": "L = half_mse(tanh(w*x + b), y)", "trainable": ["w", "b"],
                           "values": {"w": 0.5, "x": 2, "b": 0.1, "y": 1}}  # fmt: skip


@pytest.mark.parametrize("given", [{}, NUMBERS, {"dtype": "float32"}], ids=["64", "numbers", "32"])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_training_goes_on_bit_for_bit_from_a_saved_state(name: str, given: dict[str, Any]) -> None:
    settings: dict[str, dict[str, Any]] = {"sgd": {"momentum": 0.9}, "adam": {"amsgrad": True}}
    optimizer = {"name": name, "learning_rate": 0.1, **settings.get(name, {})}
    one, two = (planned(optimizer=optimizer, **given) for _ in range(2))
    for _ in range(3):
        one.train_step()
    state = one.state()
    wanted = [one.train_step() for _ in range(3)]
    two.train_step()
    two.restore(state)
    assert two.iteration == 3
    assert [two.train_step() for _ in range(3)] == wanted
    one.restore(state)
    assert [one.train_step() for _ in range(3)] == wanted


def test_slots_that_a_state_lacks_begin_anew() -> None:
    plan, twin = (planned(optimizer=ADAM) for _ in range(2))
    plan.train_step()
    plan.restore({name: network()[name] for name in TRAINABLE})
    assert [plan.train_step() for _ in range(3)] == [twin.train_step() for _ in range(3)]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [({"W9": np.ones(2)}, "/state/W9"), ({"W1": np.ones(2)}, "/values/W1"),
     ({"W1.speed": np.ones((3, 4))}, "/state/W1.speed"), ({"optimizer.step": -1}, "/state")],
)  # fmt: skip
def test_a_state_of_other_parameters_is_refused_whole(change: dict[str, Any], pointer: str) -> None:
    plan = planned(optimizer=ADAM)
    plan.train_step()
    before = plan.state()
    with pytest.raises(EngineError) as caught:
        plan.restore({**before, "b1": np.zeros(4), **change})
    assert str(caught.value.pointer).startswith(pointer)
    for name, value in plan.state().items():
        np.testing.assert_array_equal(value, before[name])
    with pytest.raises(EngineError):
        plan.restore({"W1": before["W1"]})


def test_settings_change_between_steps() -> None:
    plan = planned(optimizer={"name": "sgd", "learning_rate": 0.1})
    step = plan.train_step
    plan.configure(learning_rate=0)
    step()
    np.testing.assert_array_equal(plan.values["W1"], network()["W1"])
    plan.configure(learning_rate=0.1, momentum=0.9)
    twin = planned(optimizer={"name": "sgd", "learning_rate": 0.1, "momentum": 0.9})
    # A function that was taken out before follows the new rule too.
    assert [step() for _ in range(4)] == [twin.train_step() for _ in range(4)]
    assert plan.optimizer == twin.optimizer
    with pytest.raises(EngineError):
        plan.configure(learning_rate=-1)
    assert plan.optimizer["learning_rate"] == 0.1


def test_numbers_follow_changed_settings_too() -> None:
    plan = planned(**NUMBERS, optimizer={"name": "sgd", "learning_rate": 0})
    step = plan.train_step
    step()
    plan.configure(learning_rate=0.1, momentum=0.9)
    twin = planned(**NUMBERS, optimizer={"name": "sgd", "learning_rate": 0.1, "momentum": 0.9})
    assert [step() for _ in range(4)] == [twin.train_step() for _ in range(4)]


def test_a_sibling_trains_the_same_parameters_on_another_batch() -> None:
    whole, rest = network(10), network(10)
    plan = engine.compile(parse(NETWORK), {**whole, "x": whole["x"][:6], "y": whole["y"][:6]},
                          TRAINABLE, ADAM)  # fmt: skip
    last = plan.sibling({"x": rest["x"][6:], "y": rest["y"][6:]})
    values, count = dict(whole), 0
    slots: dict[str, Any] = {}
    for _ in range(3):
        for part, rows in ((plan, slice(0, 6)), (last, slice(6, 10))):
            values |= {"x": whole["x"][rows], "y": whole["y"][rows]}
            run, count = evaluate(parse(NETWORK), values, ["x", "y"]), count + 1
            assert part.train_step() == pytest.approx(float(run.value), 1e-11)
            for name in TRAINABLE:
                values[name] = adam(
                    values[name], run.grads[name], slots.setdefault(name, {}), count
                )
    for name in TRAINABLE:
        np.testing.assert_allclose(plan.values[name], values[name], 1e-11)
        np.testing.assert_array_equal(plan.values[name], last.values[name])
    assert plan.iteration == last.iteration == 6
    last.configure(learning_rate=0)
    before = plan.state()
    plan.train_step()
    np.testing.assert_array_equal(plan.values["W1"], before["W1"])
    last.configure(learning_rate=0.5, amsgrad=True)
    plan.train_step()
    assert np.any(plan.state()["W1.max_exp_avg_sq"])


def adam(p: Any, g: Any, slot: dict[str, Any], t: int) -> Any:
    """Return a parameter after Adam's update, written out from the paper's algorithm 1."""
    slot["m"] = 0.9 * slot.get("m", 0) + 0.1 * g
    slot["v"] = 0.999 * slot.get("v", 0) + 0.001 * g * g
    return p - 0.05 * (slot["m"] / (1 - 0.9**t)) / (np.sqrt(slot["v"] / (1 - 0.999**t)) + 1e-8)


def test_a_sibling_computes_a_prediction_without_a_target() -> None:
    plan = planned()
    ahead = plan.sibling({"x": np.ones((1, 3))}, output="p")
    plan.train_step()
    found = ahead.forward()
    wanted = np.tanh(np.ones((1, 3)) @ plan.values["W1"] + plan.values["b1"])
    np.testing.assert_allclose(found, wanted @ plan.values["W2"] + plan.values["b2"], 1e-14)
    assert "y" not in ahead.values
    with pytest.raises(EngineError):
        ahead.train_step()


def test_siblings_of_numbers_are_numbers() -> None:
    plan = planned(**NUMBERS, optimizer=ADAM)
    other = plan.sibling({"x": 3})
    other.train_step()
    assert plan.values["w"] == other.values["w"] != 0.5
    with pytest.raises(EngineError, match="numbers"):
        plan.sibling({"x": [1, 2]})
    with pytest.raises(EngineError, match="shared"):
        plan.sibling({"w": 1})


@pytest.mark.parametrize(
    ("given", "pointer"),
    [({"trainable": ["h"]}, "/trainable/0"), ({"trainable": ["W1", "W1"]}, "/trainable/1"),
     ({"trainable": ["none"]}, "/trainable/0"), ({"dtype": "float16"}, "/dtype"),
     ({"output": "none"}, "/output"), ({"values": {}}, None)],
)  # fmt: skip
def test_what_cannot_be_compiled_says_why(given: dict[str, Any], pointer: str | None) -> None:
    with pytest.raises(EngineError) as caught:
        planned(**given)
    assert caught.value.pointer == pointer
    assert caught.value.message.endswith(".")


def test_limits_hold() -> None:
    with pytest.raises(EngineError):
        planned(limits=Limits(total_elements=20))


def test_nothing_to_train_is_said_when_it_is_asked() -> None:
    with pytest.raises(EngineError, match="No leaf is trainable"):
        planned(trainable=None).train_step()
    plan = engine.compile(parse("x * 2"), {"x": [1, 2]}, ["x"])
    np.testing.assert_array_equal(plan.run(), [2, 4])
    assert plan.grads["x"] is None
    for phase in (plan.train_step, plan.backward, plan.update):
        with pytest.raises(EngineError, match=r"sum\("):
            phase()


def test_a_plan_holds_at_most_three_times_its_values() -> None:
    for rows in (1, 64, 512):
        rng = np.random.default_rng(0)
        values = {"x": rng.normal(size=(rows, 64)), "y": rng.normal(size=(rows, 8)),
                  "W1": rng.normal(size=(64, 32)), "b1": np.zeros(32),
                  "W2": rng.normal(size=(32, 8)), "b2": np.zeros(8)}  # fmt: skip
        for loss in ("mse", "half_mse", "bce_with_logits", "cross_entropy"):
            plan = planned(NETWORK.replace("mse", loss), values=values)
            held = sum(np.asarray(plan.values[node.id]).nbytes for node in plan.graph.nodes)
            assert plan.nbytes <= 3 * held


def test_ten_thousand_nodes_and_a_fan_of_thousands() -> None:
    names = [f"w{i}" for i in range(3000)]
    sums = [f"s{i} = s{i - 1} + x * w{i}" for i in range(1, 3000)]
    program = "\n".join(["s0 = x * w0", *sums, "f = s2999 * s2999"])
    graph = parse(program, Limits(program_characters=10**6))
    values = {name: i / 3000 for i, name in enumerate(names)} | {"x": 0.5}
    for given in (values, {**values, "x": [0.5]}):
        assert_alike(engine.compile(graph, given), evaluate(graph, given))


def test_a_plan_is_many_times_faster_than_the_recorder() -> None:
    graph, values = parse(NETWORK), network()
    plan = planned()
    step, times = plan.train_step, []
    for task, count in ((step, 200), (lambda: evaluate(graph, values), 20)):
        best = float("inf")
        for _ in range(5):
            start = time.perf_counter()
            for _ in range(count):
                task()
            best = min(best, (time.perf_counter() - start) / count)
        times.append(best)
    assert times[0] < times[1] / 10
