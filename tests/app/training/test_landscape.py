"""Every point of a landscape is the loss that the network has with those two parameters."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.training.landscape import SIZES, Wish, landscape
from app.training.requests import NetworkPatch
from app.training.session import Session
from app.training.state import Checkpoint
from engine.errors import ValueProblem
from tests.app.training.networks import LINE, begun

PLANE = Wish("W1[0,0]", "W2[1,0]", size=5)


def surveyed(session: Session, wish: Wish = PLANE) -> dict[str, Any]:
    """Return the landscape of a network that has been trained from its last state on."""
    begin = Checkpoint(session.state.iteration, session.state.parameters_blob)
    work = landscape(session, wish, [(0, session.spec)], [begin], session.state.furthest)
    while True:
        try:
            next(work)
        except StopIteration as ended:
            answer: dict[str, Any] = ended.value
            return answer


def moved(session: Session, **values: dict[tuple[int, ...], float]) -> Session:
    """Return a session with some elements of its parameters changed."""
    arrays = {name: np.array(session.arrays[name]) for name in values}
    for name, elements in values.items():
        for place, value in elements.items():
            arrays[name][place] = value
    other = begun(LINE) if "w" in session.model.trainable else begun()
    whole = {name: np.array(session.arrays[name]).tolist() for name in session.model.trainable}
    changed = whole | {name: array.tolist() for name, array in arrays.items()}
    other.patch(NetworkPatch.model_validate({"parameters": changed}))
    return other


def test_the_present_point_has_the_network_s_own_loss_and_gradient() -> None:
    session = begun()
    session.step("iteration", 20)
    session.step("backward")
    found = surveyed(session)
    assert found["current"]["loss"] == session.loss == found["losses"][2][2]
    assert found["a"]["values"][2] == found["current"]["a"] == session.arrays["W1"][0, 0]
    assert found["b"]["values"][2] == found["current"]["b"] == session.arrays["W2"][1, 0]
    grads = [session.tensor("W1", "grad")[0, 0], session.tensor("W2", "grad")[1, 0]]
    assert found["current"]["gradient"] == grads
    assert found["current"]["iteration"] == 20


def test_each_point_has_the_loss_of_a_network_with_these_parameters() -> None:
    session = begun()
    session.step("iteration", 20)
    found = surveyed(session)
    for j, y in enumerate(found["b"]["values"]):
        for i, x in enumerate(found["a"]["values"]):
            other = moved(session, W1={(0, 0): x}, W2={(1, 0): y})
            assert other.step("loss").loss == found["losses"][j][i]
    assert found["lowest"] == min(map(min, found["losses"]))
    assert found["highest"] == max(map(max, found["losses"]))


def test_two_elements_of_one_parameter_span_a_plane_too() -> None:
    session = begun()
    found = surveyed(session, Wish("W1[0,1]", "W1[1,1]", size=3, radius=1.0))
    x, y = found["a"]["values"][2], found["b"]["values"][0]
    assert moved(session, W1={(0, 1): x, (1, 1): y}).step("loss").loss == found["losses"][0][2]


def test_single_numbers_are_parameters_too() -> None:
    session = begun(LINE)
    found = surveyed(session, Wish("w", "b", size=3, a_center=2.0, b_center=1.0, radius=1.0))
    assert (found["a"]["values"], found["b"]["values"]) == ([1.0, 2.0, 3.0], [0.0, 1.0, 2.0])
    assert found["losses"][1][1] == 0.0, "y = 2x + 1 is what is learned"
    assert found["current"]["loss"] == 21.0
    assert found["center"] == [2.0, 1.0]


def test_looking_changes_nothing() -> None:
    session, other = begun(), begun()
    for one in (session, other):
        one.step("iteration", 3)
        one.step("forward")
    before = session.state
    surveyed(session)
    assert session.state is before
    assert session.step("iteration", 2).state == other.step("iteration", 2).state


def test_rows_are_those_trained_on_or_those_of_the_batch() -> None:
    session = begun(batch_size=3)
    session.step("loss")
    whole, batch = surveyed(session), surveyed(session, PLANE._replace(rows="batch"))
    assert (whole["rows"], batch["rows"]) == (4, 3)
    assert batch["current"]["loss"] == session.loss
    assert whole["current"]["loss"] == begun().step("loss").loss != session.loss


def test_rows_held_out_are_left_out() -> None:
    x = [[0.1 * i, 1.0] for i in range(10)]
    data = {"x": x, "y": [[float(i % 2)] for i in range(10)]}
    assert surveyed(begun(data=data, held_out=0.3))["rows"] == 7


def test_a_loss_out_of_range_is_written_in_the_wire_s_words() -> None:
    found = surveyed(begun(LINE), Wish("w", "b", size=3, radius=1e200))
    assert found["losses"][0][0] == "Infinity"
    assert found["losses"][1][1] == found["lowest"] == found["highest"] == 21.0


def test_the_plane_shows_the_whole_way_in_round_numbers() -> None:
    session = begun()
    begin = Checkpoint(0, session.state.parameters_blob)
    session.step("iteration", 500)
    work = landscape(session, PLANE, [(0, session.spec)], [begin], session.state.furthest)
    found: dict[str, Any] = {}
    while not found:
        try:
            next(work)
        except StopIteration as ended:
            found = ended.value
    way, radius = found["path"], found["radius"]
    assert way["iterations"] == list(range(501)) and way["complete"]
    for key, middle in zip("ab", found["center"], strict=True):
        assert middle == found["current"][key] == way[key][-1]
        assert all(abs(one - middle) < radius for one in way[key])
    assert radius in {0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0, 7.5, 10.0}


def test_a_network_that_takes_long_has_a_coarser_grid() -> None:
    wish = PLANE._replace(size=None)
    assert len(surveyed(begun(), wish)["losses"]) == SIZES[0]
    x = [[0.0] * 200] * 1000
    wide = begun(
        inputs=200, layers=[{"units": 200}, {"units": 1}], data={"x": x, "y": [[1.0]] * 1000}
    )
    assert len(surveyed(wide, wish)["losses"]) < SIZES[0]


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"a": "W3[0,0]"}, "/a"),
        ({"b": "W2"}, "/b"),
        ({"b": "W1[0, 0]"}, "/b"),
        ({"radius": 1e-20}, "/radius"),
        ({"radius": 1e308, "a_center": 1e308}, "/radius"),
    ],
)
def test_a_plane_that_is_none_is_refused(changes: dict[str, Any], pointer: str) -> None:
    with pytest.raises(ValueProblem) as refused:
        surveyed(begun(), PLANE._replace(**changes))
    assert refused.value.pointer == pointer
