"""Record once, replay at full speed: a graph compiled to one function over buffers made once.

A plan and the recorder (`engine.evaluate`) compute the same: what is shown can always be recorded
from a plan's values. A plan is used by one thread at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

import numpy as np

from .array_words import VALUE, Given
from .codegen.arrays import Arrays
from .codegen.columns import column
from .codegen.floats import Floats
from .codegen.store import Store
from .codegen.task import Task
from .errors import ValueProblem
from .graph import Graph
from .inputs import bind
from .limits import DEFAULT, Limits
from .names import normalised
from .notices import scalar_wanted
from .ops import Array
from .optimizers import changed, settings_of
from .parts import part
from .plan_problems import foreign_state, missing_state, no_leaf, nothing_trained, other_shape
from .readings import Reading
from .sentence import say
from .shapes import infer
from .tensor import tensor

DTYPES = ("float64", "float32")
STEPS = "optimizer.step"


class Plan:
    """A compiled graph.

    `train_step()` runs forward, backward and update and returns the loss before the update; it may
    be taken out of the plan once and called as a function. So may `run()`: forward and backward
    without update, or forward alone where the output is no number. `values` and `grads` read
    copies: parameters as they are now, everything else as the last pass left it; a gradient is None
    where `Run.grads` has None. `column(nodes, grads)` returns a function that reads values of nodes
    and gradients of others at once, as one flat array.
    """

    train_step: Callable[[], float]
    run: Callable[[], Any]

    def __init__(self, task: Task, store: Store, leaves: dict[str, Array], limits: Limits) -> None:
        self.graph, self.shapes, self.trainable = task.graph, task.shapes, task.trainable
        self.dtype = store.dtype
        self.values: Mapping[str, Array] = Reading(task.graph, self._value)
        self.grads: Mapping[str, Array | None] = Reading(task.graph, self._grad)
        self._task, self._store, self._limits = task, store, limits
        self._buffers = (Floats if store.floats else Arrays)(task, store, leaves)
        self.column = partial(column, self._buffers)
        self._done = (0, 0)
        store.users.add(self)
        trains = task.scalar and bool(task.trainable)
        self.train_step = self._buffers.function("step") if trains else self._refuse
        # From the first moment on, values and gradients are those of a pass.
        self.run = self._buffers.function("run" if task.scalar else "forward")
        self.run()

    def _refuse(self) -> float:
        if not self._task.scalar:
            shape = self.shapes[self.graph.output]
            raise ValueProblem(scalar_wanted(self.graph, shape), node=self.graph.output)
        raise nothing_trained(self.graph.leaves)

    def forward(self) -> Any:
        """Compute all values; return the output, as a float if it is one number."""
        found = self._buffers.function("forward")()
        self._done = (1, self.iteration)
        return found

    def backward(self) -> None:
        """Compute all gradients, after a forward pass if values have changed since the last."""
        if not self._task.scalar:
            self._refuse()
        if self._done != (1, self.iteration):
            self.forward()
        self._buffers.function("backward")()
        self._done = (2, self.iteration)

    def update(self) -> None:
        """Move the parameters by the gradients, after the passes that are still to be done."""
        if not (self._task.scalar and self.trainable):
            self._refuse()
        if self._done != (2, self.iteration):
            self.backward()
        self._buffers.function("update")()

    @property
    def iteration(self) -> int:
        """The number of updates done, by this plan and those that share its parameters."""
        return self._store.steps[0]

    @property
    def optimizer(self) -> dict[str, Any]:
        """The optimizer's name and all its settings, as `compile` takes them."""
        return {"name": self._store.optimizer.name, **self._store.settings}

    @property
    def nbytes(self) -> int:
        """Bytes of all buffers, parameters and slots."""
        return self._buffers.nbytes

    def configure(self, **settings: Any) -> None:
        """Change settings of the optimizer, for all plans of these parameters."""
        store = self._store
        before = store.rule
        store.configure(changed(store.optimizer, store.settings, settings))
        for plan in store.users:
            if store.rule is before:
                plan._buffers.configured()
            else:
                plan._buffers.refresh()

    def set(self, values: Mapping[str, Any] | None = None, /, **named: Any) -> None:
        """Copy values of leaves into the buffers; all of them or, on an error, none.

        Raises ValueProblem for a name that is no leaf, a wrong shape, or what is no number.
        """
        self._buffers.write(self._checked({**(values or {}), **named}))
        self._done = (0, 0)

    def _checked(self, given: Mapping[str, Any]) -> dict[str, Array]:
        found = {}
        for key, value in given.items():
            name = normalised(key)
            name = self.graph.aliases.get(name, name)
            if name not in self.graph or not self.graph[name].is_leaf:
                raise no_leaf(key, self.graph.leaves)
            found[name] = self._shaped(key, name, value)
        return found

    def _shaped(self, key: str, name: str, value: Any) -> Array:
        shape = self.shapes[name]
        array: Array = value
        if not (isinstance(value, np.ndarray) and value.dtype in DTYPES):
            array = tensor(value, self._limits, f"/values/{key}", Given(VALUE, key))
        if np.shape(array) != shape:
            raise other_shape(key, shape, np.shape(array), name in self.trainable)
        return array

    def state(self) -> dict[str, Any]:
        """Return copies of the parameters, the optimizer's slots (`W1.exp_avg`) and its count.

        With the same settings and data, training goes on from it bit for bit.
        """
        store = self._store
        found: dict[str, Any] = store.read(store.parameters)
        for slot, flat in store.slots.items():
            found |= {f"{name}.{slot}": part for name, part in store.read(flat).items()}
        return {**found, STEPS: np.array(self.iteration)}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take a state of `state`; slots that it does not hold begin anew.

        Raises ValueProblem, before anything is changed, for what is no state of these parameters.
        """
        steps = np.asarray(state.get(STEPS, 0))
        if steps.shape or steps.dtype.kind not in "iu" or steps < 0:
            raise ValueProblem(
                say("The state's {name} must be a whole number from 0.", name=STEPS),
                pointer=f"/state/{STEPS}",
            )
        self._store.restore(self._states(state), int(steps))
        self._done = (0, 0)

    def _states(self, state: Mapping[str, Any]) -> dict[tuple[str, str], Array]:
        """Return a state by parameter and slot; the parameter itself has the slot ""."""
        found = {}
        for key, value in state.items():
            name, _, slot = key.partition(".")
            if key == STEPS:
                continue
            if name not in self.trainable or slot not in ("", *self._store.optimizer.slots):
                raise foreign_state(key, self.trainable)
            found[name, slot] = self._shaped(key, name, value)
        missing = [name for name in self.trainable if (name, "") not in found]
        if missing:
            raise missing_state(missing)
        return found

    def sibling(self, values: Mapping[str, Any] | None = None, output: str | None = None) -> Plan:
        """Return a plan for other data, as a batch of another size, of the same parameters.

        Parameters, slots, settings and count are shared: whichever plan trains, all are trained.
        Leaves that `values` does not name keep their present values; `output` names another node
        to compute, as a prediction. A plan of numbers has only siblings of numbers.
        """
        graph = self.graph if output is None else part(self.graph, output, self.trainable)
        given = {leaf: self.values[leaf] for leaf in graph.leaves} | dict(values or {})
        for name in self.trainable:
            if name in (values or {}):
                raise ValueProblem(
                    say("{name} is shared with the plan; change it with set.", name=name),
                    pointer=f"/values/{name}",
                )
        leaves, _ = bind(graph, given, self._limits)
        task = tasked(graph, leaves, self.trainable, self._task.constants, self._limits)
        if self._store.floats and any(task.shapes.values()):
            raise ValueProblem(
                say(
                    "A plan of numbers has only siblings of numbers; give the first plan lists too."
                ),
                pointer="/values",
            )
        return Plan(task, self._store, leaves, self._limits)

    def _value(self, node: str) -> Array:
        return self._buffers.read(node)

    def _grad(self, node: str) -> Array | None:
        return self._buffers.read_grad(node)


def tasked(
    graph: Graph,
    leaves: Mapping[str, Array],
    trainable: tuple[str, ...],
    constants: frozenset[str],
    limits: Limits,
) -> Task:
    """Return the task for these leaves."""
    shapes = infer(graph, {name: np.shape(value) for name, value in leaves.items()}, limits).shapes
    return Task.of(graph, shapes, trainable, constants & set(graph.leaves))


def compile(
    graph: Graph,
    values: Mapping[str, Any],
    trainable: Iterable[str] | None = None,
    optimizer: Mapping[str, Any] | None = None,
    dtype: str = "float64",
    limits: Limits = DEFAULT,
    output: str | None = None,
) -> Plan:
    """Compile a graph to a plan that trains, or only computes values and gradients.

    `trainable` leaves are updated and have gradients, other leaves are constants; without it every
    leaf has a gradient and none is updated. `optimizer` is a name of `OPTIMIZERS` and settings
    ({"name": "adam", "betas": [0.9, 0.99]}), by default plain `sgd`; `output` names another node
    than the program's last. Raises EngineError for values, names or settings that are not accepted.
    """
    if output is not None:
        graph = part(graph, output)
    if dtype not in DTYPES:
        raise ValueProblem(
            say("There is no dtype {name}; accepted are {accepted}.", name=dtype, accepted=DTYPES),
            pointer="/dtype",
        )
    row, settings = settings_of({"name": "sgd"} if optimizer is None else optimizer)
    leaves, _ = bind(graph, values, limits)
    names = trained(graph, trainable)
    constants = frozenset() if trainable is None else frozenset(graph.leaves) - set(names)
    task = tasked(graph, leaves, names, constants, limits)
    floats = dtype == "float64" and not any(task.shapes.values())
    shapes = {name: task.shapes[name] for name in names}
    store = Store(shapes, dtype, floats, row, settings)
    for name in names:
        store.write(store.parameters, name, leaves[name])
    return Plan(task, store, leaves, limits)


def trained(graph: Graph, trainable: Iterable[str] | None) -> tuple[str, ...]:
    """Return the trainable leaves as ids; raise ValueProblem for what is none, or twice there."""
    found: list[str] = []
    for i, given in enumerate(trainable or ()):
        name = graph.aliases.get(normalised(given), normalised(given))
        if name not in graph or not graph[name].is_leaf:
            raise ValueProblem(
                say(
                    "{name} cannot be trained: it is no leaf of the program. The "
                    "leaves are: {leaves}.",
                    name=given,
                    leaves=graph.leaves or say("none"),
                ),
                pointer=f"/trainable/{i}",
            )
        if name in found:
            raise ValueProblem(
                say("{name} is listed twice.", name=given), pointer=f"/trainable/{i}"
            )
        found.append(name)
    return tuple(found)
