from __future__ import annotations

import time

import numpy as np
import pytest

from app.training import blobs, frames
from app.training.session import Session
from app.training.state import PHASES
from engine.errors import EngineError
from tests.app.training.networks import LINE, XOR, begun, spec

# From a phase to a phase: how many iterations are completed on the way.
MOVES = [
    ("start", "forward", 0), ("start", "update", 1), ("start", "iteration", 1),
    ("forward", "loss", 0), ("forward", "forward", 1), ("loss", "forward", 1),
    ("loss", "loss", 1), ("loss", "backward", 0), ("loss", "update", 1),
    ("backward", "loss", 1), ("backward", "iteration", 1), ("backward", "update", 1),
    ("update", "forward", 0), ("update", "loss", 0), ("update", "update", 1),
    ("update", "iteration", 1),
]  # fmt: skip


@pytest.mark.parametrize(("here", "goal", "completed"), MOVES)
def test_a_later_phase_runs_on_and_an_earlier_one_completes_first(
    here: str, goal: str, completed: int
) -> None:
    session = begun()
    if here != "start":
        session.step(here)
    before = session.state.iteration
    found = session.step(goal)
    assert len(found.losses) == completed
    assert session.state.iteration == before + completed
    assert session.state.phase == ("update" if goal == "iteration" else goal)


def test_a_count_of_a_phase_completes_the_iterations_between() -> None:
    session = begun()
    assert len(session.step("loss", 3).losses) == 2
    assert (session.state.iteration, session.state.phase) == (2, "loss")
    assert len(session.step("iteration", 2).losses) == 2
    assert session.state.iteration == 4


def test_the_last_batch_of_an_epoch_is_a_batch_of_its_own() -> None:
    session = begun(batch_size=3)
    sizes = []
    for _ in range(4):
        session.step("iteration")
        sizes.append(session.view()["batch"])
    assert [batch["size"] for batch in sizes] == [3, 1, 3, 1]
    assert [batch["index"] for batch in sizes] == [0, 1, 0, 1]
    assert [batch["rows"] for batch in sizes[:2]] == [[0, 1, 2], [3]]
    assert sizes[0]["of"] == 2


def test_an_epoch_ends_where_its_last_batch_does() -> None:
    session = begun(batch_size=3)
    assert len(session.step("epoch").losses) == 2
    session.step("iteration")
    session.step("backward")
    assert (session.state.iteration, session.view()["epoch"]) == (3, 1)
    assert len(session.step("epoch").losses) == 1
    assert (session.state.iteration, session.view()["epoch"]) == (4, 2)
    assert len(session.step("epoch", 3).losses) == 6


def test_a_shuffled_epoch_takes_every_row_once_and_the_next_another_order() -> None:
    session = begun(data={"name": "moons", "samples": 20}, batch_size=6, shuffle=True, seed=4)
    orders = []
    for _ in range(2):
        rows: list[int] = []
        for _ in range(4):
            session.step("iteration")
            rows += session.view()["batch"]["rows"]
        orders.append(rows)
    assert sorted(orders[0]) == sorted(orders[1]) == list(range(20))
    assert orders[0] != orders[1]


def test_batches_train_like_the_rows_written_out() -> None:
    """A batch of rows 2 and 3 moves the parameters as data of these two rows would."""
    session = begun(batch_size=2)
    session.step("iteration", 2)
    x, y = session.model.table.x, session.model.table.y
    first = begun(data={"x": x[:2].tolist(), "y": y[:2].tolist()})
    first.step("iteration")
    middle = {name: value.tolist() for name, value in blobs.parameters(first.arrays).items()}
    second = begun(data={"x": x[2:].tolist(), "y": y[2:].tolist()}, parameters=middle)
    second.step("iteration")
    for name in session.model.trainable:
        assert np.array_equal(session.arrays[name], second.arrays[name])


def test_the_loss_is_null_until_it_is_computed() -> None:
    session = begun()
    assert session.view()["loss"] is None
    session.step("forward")
    assert session.view()["loss"] is None
    found = session.step("loss")
    assert session.view()["loss"] == found.loss is not None


@pytest.mark.parametrize("phase", PHASES)
def test_a_session_goes_on_where_another_stopped(phase: str) -> None:
    session = begun(optimizer={"name": "adam"}, batch_size=3, shuffle=True)
    session.step("iteration", 3)
    session.step(phase)
    other = Session.resume(session.spec, session.state)
    assert other.view() == session.view()
    assert other.step("epoch", 2) == session.step("epoch", 2)


def test_what_stops_a_step_keeps_what_was_done() -> None:
    session = begun()
    calls = iter([False, False, True])
    found = session.step("iteration", 10, stop=lambda: next(calls))
    assert (found.stopped, len(found.losses), session.state.iteration) == ("stop", 2, 2)
    found = session.step("iteration", 10, deadline=time.monotonic() - 1)
    assert (found.stopped, found.losses, session.state.iteration) == ("deadline", [], 2)


def test_training_stops_at_the_loss_that_was_wanted() -> None:
    losses = begun().step("iteration", 10).losses
    found = begun().step("iteration", 10, until_loss=losses[4])
    assert (found.stopped, found.losses) == ("until_loss", losses[:5])


@pytest.mark.parametrize(
    ("phase", "count", "pointer"),
    [("sideways", 1, "/phase"), ("loss", 0, "/count"), ("loss", 1001, "/count"),
     ("loss", True, "/count")],
)  # fmt: skip
def test_other_phases_and_counts_are_refused(phase: str, count: int, pointer: str) -> None:
    session = begun()
    state = session.state
    with pytest.raises(EngineError) as caught:
        session.step(phase, count)
    assert caught.value.pointer == pointer
    assert session.state == state


def test_a_program_is_trained_like_layers() -> None:
    session = begun(LINE)
    session.step("iteration", 1000)
    found = session.view()["parameters"]
    assert (round(found["w"], 6), round(found["b"], 6)) == (2, 1)
    assert session.predict([10.0])["outputs"] == pytest.approx([21], abs=1e-4)


def test_a_program_without_y_gets_its_loss() -> None:
    short = spec(LINE, program="p = x * w + b", loss="mse")
    assert (
        Session.begin(short).step("iteration", 3).losses == begun(LINE).step("iteration", 3).losses
    )


def test_a_program_of_numbers_without_data_is_trained_too() -> None:
    session = begun(LINE, program="L = (w - 3) ** 2 + (b + 1) ** 2", batch_size=3)
    session.step("iteration", 200)
    found = session.view()["parameters"]
    assert (found["w"], found["b"]) == pytest.approx((3, -1))
    assert [node["id"] for node in session.graph()["nodes"]][:1] == ["w"]
    with pytest.raises(EngineError, match="no node that predicts"):
        session.predict([1.0])


def test_a_loss_that_a_program_does_not_end_with_is_noticed() -> None:
    assert begun(LINE, loss="mse").view()["notices"] == []
    (notice,) = begun(LINE, loss="bce").view()["notices"]
    assert "bce" in notice


def test_a_schedule_sets_the_learning_rate_of_each_iteration() -> None:
    session = begun(schedule={"name": "step", "every": 2, "gamma": 0.5})
    rates = [record.learning_rate for record in session.step("iteration", 5).records]
    assert rates == [0.5, 0.5, 0.25, 0.25, 0.125]
    assert session.view()["learning_rate"] == 0.125


def test_standardised_inputs_have_mean_0_and_variance_1_over_the_rows_trained_on() -> None:
    data = {"x": [[1.0, 5.0], [3.0, 5.0], [5.0, 5.0], [100.0, 5.0]], "y": [[0], [1], [0], [1]]}
    session = begun(data=data, standardise=True, held_out=0.25, seed=1)
    rows = session.model.rows
    assert len(rows.train) == 3
    assert np.mean(rows.x[rows.train], axis=0) == pytest.approx([0, 0])
    assert np.var(rows.x[rows.train], axis=0) == pytest.approx([1, 0])
    raw = session.predict([session.model.table.x[0].tolist()])["outputs"]
    session.step("forward")
    node = next(node for node in session.graph(rows=[0])["nodes"] if node["id"] == "a2")
    assert node["value"] == raw


def test_records_tell_how_training_fares() -> None:
    session = begun(
        layers=[{"units": 4, "activation": "relu"}, {"units": 1, "activation": "sigmoid"}],
        data={"name": "moons", "samples": 40}, held_out=0.25, loss="bce",
    )  # fmt: skip
    records = session.step("iteration", 30).records
    assert [record.iteration for record in records] == list(range(1, 31))
    assert 0 < records[-1].accuracy <= 1
    assert all(len(record.norms) == 2 and len(record.dead) == 1 for record in records)
    tested = [record for record in records if not np.isnan(record.held_out)]
    assert 0 < len(tested) < 30
    run = session.graph(rows=session.model.rows.held_out.tolist())
    assert tested[-1].iteration < 30 or run["value"] == pytest.approx(tested[-1].held_out)


def test_a_gradient_norm_is_the_length_of_the_layers_gradient() -> None:
    session = begun(XOR)
    record = session.step("iteration").records[0]
    grads = {node["id"]: node["grad"] for node in session.graph()["nodes"]}
    for norm, names in zip(record.norms, (("W1", "b1"), ("W2", "b2")), strict=True):
        flat = np.concatenate([np.ravel(grads[name]) for name in names])
        assert norm == pytest.approx(float(np.linalg.norm(flat)), rel=1e-12)


def test_the_bytes_of_a_state_are_those_of_its_arrays() -> None:
    session = begun(optimizer={"name": "adam", "learning_rate": 0.1})
    for phase, count in [("loss", 1), ("iteration", 1), ("iteration", 3), ("forward", 2)]:
        session.step(phase, count)
        state = session.state
        assert state.parameters_blob == blobs.write(session.arrays)
        before = session.before
        assert state.before_blob == (None if before is None else blobs.write(before))


def test_a_look_between_steps_changes_nothing() -> None:
    looked, plain = begun(), begun()
    for phase in ("iteration", "backward", "iteration", "iteration"):
        plain.step(phase)
        looked.step(phase)
        frames.frame(looked, "float64")
        looked.graph()
        assert looked.state == plain.state
        assert looked.loss == plain.loss


def test_a_loop_returns_to_a_state_that_it_has_left() -> None:
    session = begun()
    loop, state = session.loop, session.arrays
    for _ in range(2):
        loop.load(state)
        assert blobs.write(loop.state()) == session.state.parameters_blob
        loop.load(state)
        loop.enter(0)
        loop.update()
