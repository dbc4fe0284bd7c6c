"""A network that is being trained: phase by phase, back to any iteration, changed in between."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.training import blobs, divergence, pass_graph, patching, replay, tensors, views
from app.training.blobs import Arrays
from app.training.limits import TRAINING
from app.training.loop import Loop
from app.training.model import Model
from app.training.order import Order
from app.training.pass_overlay import Language, Rows, Wish
from app.training.prediction import predicted
from app.training.records import Record
from app.training.replay import Replay
from app.training.requests import NetworkPatch
from app.training.run import Run, Stop, never
from app.training.spec import Spec
from app.training.state import GOALS, Checkpoint, State, StepResult
from engine.errors import ValueProblem, over_limit
from engine.ops import Array
from engine.sentence import say


class Session:
    """A network with its plans; `spec` and `state` are all that must be kept of it.

    A session is used by one thread at a time. After an error it stands where it stood before.
    """

    def __init__(self, spec: Spec, state: State, model: Model | None = None) -> None:
        self.spec = spec
        self.model = Model.of(spec.request) if model is None else model
        self.order = Order.of(spec, self.model.rows.train)
        self._loop: Loop | None = None
        self._take(state)

    @classmethod
    def begin(cls, spec: Spec) -> Session:
        """Return a network before its first iteration."""
        model = Model.of(spec.request)
        blob = blobs.write(blobs.fresh(model.initial))
        return cls(spec, State(0, "start", blob, None, 0), model)

    @classmethod
    def resume(cls, spec: Spec, state: State) -> Session:
        """Return a network where it was left."""
        return cls(spec, state)

    def _take(self, state: State) -> None:
        self.state = state
        self.arrays = blobs.read(state.parameters_blob)
        self.before = None if state.before_blob is None else blobs.read(state.before_blob)
        self._loss: float | None = None

    def moved(self, spec: Spec, state: State) -> Session:
        """Return a session at another state; with the same spec it shares the plans of this one."""
        found = Session(spec, state, self.model if spec == self.spec else None)
        found._loop = self._loop if spec == self.spec else None
        return found

    def become(self, other: Session, state: State) -> None:
        """Take the place of another session, at a state of it."""
        self.spec, self.model, self.order = other.spec, other.model, other.order
        self._loop = other._loop
        self._take(state)

    @property
    def loop(self) -> Loop:
        """The plans, compiled when they are needed first."""
        if self._loop is None:
            self._loop = Loop(self.spec, self.model)
        return self._loop

    @property
    def last(self) -> int:
        """The iteration of the pass last run, from 0; the coming one before any pass."""
        return self.state.iteration - (self.state.phase == "update")

    @property
    def used(self) -> Arrays:
        """The state that the pass last run used."""
        return self.before if self.state.phase == "update" and self.before else self.arrays

    @property
    def loss(self) -> float | None:
        """The loss of the pass last run, None as long as it is not computed."""
        if self.state.phase in ("start", "forward"):
            return None
        if self._loss is None:
            self.loop.load(self.used)
            self.loop.enter(self.last)
            self._loss = self.loop.forward()
        return self._loss

    def step(
        self,
        phase: str,
        count: int = 1,
        stop: Callable[[], bool] = never,
        deadline: float | None = None,
        until_loss: float | None = None,
        progress: Callable[[Record], None] | None = None,
    ) -> StepResult:
        """Run to a phase, or to the end of iterations or epochs, `count` times over.

        `stop` and `deadline` (of `time.monotonic`) are looked at before each iteration;
        `until_loss` ends training at the first iteration with a loss that is not above it. Raises
        ValueProblem or LimitError for a phase or count that is not accepted.
        """
        _check(phase, count)
        self.loop.load(self.arrays)
        run = Run(self.loop, self.order, stop, deadline, until_loss, progress)
        run.begin(self.state, self.arrays, self.before, self._loss)
        reason = None
        try:
            for _ in range(count):
                run.to(phase)
        except Stop as ended:
            reason = ended.reason
        self._keep(run)
        if reason != "nonfinite":
            return StepResult(self.state, tuple(run.records), self.loss, reason)
        node, where = divergence.explained(self)
        return StepResult(self.state, tuple(run.records), self.loss, reason,
                          self.state.iteration + 1, node, where)  # fmt: skip

    def _keep(self, run: Run) -> None:
        before = run.before if run.phase == "update" else None
        self.state = State(
            run.iteration, run.phase, self._written(run.arrays),
            None if before is None else self._written(before), run.iteration,
        )  # fmt: skip
        self.arrays, self.before, self._loss = run.arrays, before, run.loss

    def _written(self, arrays: Arrays) -> bytes:
        """Return arrays as bytes; those that the session stood at are at hand as such."""
        return self.state.parameters_blob if arrays is self.arrays else blobs.write(arrays)

    def replay(
        self,
        segments: Sequence[tuple[int, Spec]],
        checkpoint: Checkpoint,
        k: int,
        digests: Mapping[int, bytes] | None = None,
        deadline: float | None = None,
    ) -> Replay:
        """Return to iteration k, through the plan from a checkpoint at or before it.

        `segments` are the specs with the iterations from which on they hold. A checkpoint at k is
        taken as it is, with no pass run; one before k leaves the pass of iteration k to be shown.
        """
        return replay.replayed(self, segments, checkpoint, k, digests, deadline)

    def graph(
        self,
        detail: str = "tensor",
        rows: Rows = None,
        explain: Language | None = None,
        url: Callable[[str], str] | None = None,
        expand: Sequence[str] = (),
        layers: Sequence[str] = (),
    ) -> dict[str, Any]:
        """Return the pass last run, that over some rows alone, or the mean over its rows."""
        return pass_graph.shown(self, Wish(detail, rows, explain, url, expand, layers))

    def parameter(self, name: str) -> Array:
        """Return a parameter as it is now; raises ValueProblem for a name that is none."""
        return tensors.parameter(self, name)

    def tensor(self, name: str, what: tensors.What = "value") -> Array:
        """Return a node's value or gradient in the pass last run, whatever its size.

        Raises ValueProblem for a name that is no node, or a node without gradient.
        """
        return tensors.tensor(self, name, what)

    def predict(self, x: Any) -> dict[str, Any]:
        """Return the outputs for rows of x; raises EngineError for rows that do not fit."""
        return predicted(self.model, blobs.parameters(self.arrays), x)

    def patch(self, changes: NetworkPatch) -> tuple[Spec, State]:
        """Change parameters, settings or data, and drop what came after this iteration."""
        patching.patch(self, changes)
        return self.spec, self.state

    def rename(self, name: str | None) -> None:
        """Give the network another name, or none; its plans and its state stay."""
        self.spec = self.spec.renamed(name)

    def view(self) -> dict[str, Any]:
        """Return what `GET /networks/{id}` shows, without id, version and links."""
        return views.view(self)


def _check(phase: str, count: int) -> None:
    if phase not in GOALS:
        raise ValueProblem(
            say(
                "There is no phase {name}; accepted are {accepted}.",
                name=str(phase)[:40],
                accepted=GOALS,
            ),
            pointer="/phase",
        )
    if isinstance(count, bool) or not isinstance(count, int) or count < 1:
        raise ValueProblem(
            say("The count must be a whole number from 1 to {most:,}.", most=TRAINING.steps),
            pointer="/count",
        )
    if count > TRAINING.steps:
        error = over_limit("steps", TRAINING.steps, count, say("The count is"))
        error.pointer = "/count"
        raise error
