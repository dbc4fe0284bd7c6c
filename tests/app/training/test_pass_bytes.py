"""A network's pass as bytes is, from template or not, what is written at length."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from app.training import pass_graph
from app.training.pass_overlay import Wish
from app.training.requests import NetworkRequest
from app.training.session import Session
from app.training.spec import Spec

LAST = {"iteration": 3, "links": {}}
WISHES = {
    "tensor": Wish(),
    "scalar": Wish("scalar"),
    "layer": Wish("layer"),
    "rows": Wish("scalar", [2]),
    "two rows by layer": Wish("layer", [0, 3]),
    "mean": Wish("tensor", "mean"),
    "expanded": Wish("tensor", None, None, None, ("a2",)),
    "collapsed": Wish("tensor", None, "en", None, ("W2",), ("layer1",)),
    "explained": Wish("tensor", None, "pt-BR"),
    "explained by layer": Wish("layer", None, "en"),
    "with addresses": Wish("tensor", None, None, lambda name: f"/nodes/{name}"),
}
SGD, ADAM = {"name": "sgd", "learning_rate": 0.1}, {"name": "adam", "amsgrad": True}
KINDS: dict[str, dict[str, Any]] = {
    "sgd": {"optimizer": SGD},
    "adam": {"optimizer": ADAM},
    "dead": {"optimizer": SGD, "init": "zeros"},
    "large": {"optimizer": ADAM, "layers": [{"units": 501, "activation": "relu"}, {"units": 1}]},
}  # fmt: skip


def begun(**changes: Any) -> Session:
    layers = [{"units": 3, "activation": "relu"}, {"units": 1, "activation": "sigmoid"}]
    request = {"inputs": 2, "layers": layers, "loss": "half_mse", "data": {"name": "xor"},
               "batch_size": 3, **changes}  # fmt: skip
    return Session.begin(Spec.of(NetworkRequest.model_validate(request)))


CASES = [
    (kind, wish) for kind in KINDS for wish in WISHES if kind != "large" or wish in
    {"tensor", "layer", "mean", "explained", "with addresses"}
]  # fmt: skip


@pytest.mark.parametrize(("kind", "wish"), CASES)
def test_a_pass_is_the_one_that_is_written_at_length(kind: str, wish: str) -> None:
    session, asked = begun(**KINDS[kind]), WISHES[wish]
    for phase in ("loss", "iteration", "iteration", "loss", "update", "epoch", "backward"):
        session.step(phase)
        found = pass_graph.encoded(session, asked, LAST)
        assert found == orjson.dumps({**pass_graph.shown(session, asked), **LAST})


@pytest.mark.parametrize("wish", WISHES)
def test_from_the_second_time_on_a_pass_comes_from_its_template(
    wish: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, asked = begun(optimizer=SGD, seed=5), WISHES[wish]
    for _ in range(3):
        session.step("epoch")
        pass_graph.encoded(session, asked, LAST)
    session.step("epoch")
    expected = orjson.dumps({**pass_graph.shown(session, asked), **LAST})
    monkeypatch.setattr("app.answers.written", None)
    assert pass_graph.encoded(session, asked, LAST) == expected


@pytest.mark.parametrize("detail", ["tensor", "scalar", "layer"])
def test_networks_of_one_kind_share_a_template(
    detail: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A course in which all build the same network fills no memory with its answers."""
    wishes = [Wish(detail, None, None, f"/{one}/{{}}".format) for one in "abc"]
    session = begun(optimizer=SGD, seed=7, layers=[{"units": 4}, {"units": 1}])
    for wish in wishes[:2]:
        session.step("epoch")
        pass_graph.encoded(session, wish, LAST)
    session.step("epoch")
    expected = orjson.dumps({**pass_graph.shown(session, wishes[2]), **LAST})
    monkeypatch.setattr("app.answers.written", None)
    assert pass_graph.encoded(session, wishes[2], LAST) == expected


def test_networks_with_large_arrays_name_their_own_addresses() -> None:
    session = begun(**KINDS["large"])
    wishes = [Wish("tensor", None, None, f"/{one}/{{}}".format) for one in "aabb"]
    for wish in wishes:
        session.step("epoch")
        found = pass_graph.encoded(session, wish, LAST)
        assert found == orjson.dumps({**pass_graph.shown(session, wish), **LAST})


def test_a_pass_that_diverged_is_written_at_length() -> None:
    session = begun(optimizer={"name": "sgd", "learning_rate": 1e200}, loss="mse",
                    layers=[{"units": 2}, {"units": 1}])  # fmt: skip
    for _ in range(4):
        session.step("iteration")
        for detail in ("tensor", "layer", "scalar"):
            found = pass_graph.encoded(session, Wish(detail), LAST)
            assert found == orjson.dumps({**pass_graph.shown(session, Wish(detail)), **LAST})
