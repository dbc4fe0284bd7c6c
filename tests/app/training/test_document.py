from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import ValidationError

from app.training import blobs
from app.training.exports import document
from app.training.exports.document import NetworkDocument
from app.training.requests import NetworkPatch
from app.training.session import Session
from engine.errors import EngineError
from tests.app.training.networks import LINE, XOR, begun

HARD: dict[str, Any] = {
    "optimizer": {"name": "adam", "amsgrad": True}, "batch_size": 3, "shuffle": True,
    "schedule": {"name": "cosine", "iterations": 30}, "data": {"name": "moons", "samples": 8},
    "held_out": 0.2, "standardise": True, "name": "Ana's",
}  # fmt: skip


def imported(content: bytes | dict[str, Any]) -> Session:
    """Return the network that begins from a document."""
    plain = json.loads(content) if isinstance(content, bytes) else content
    return Session.resume(*document.read(NetworkDocument.model_validate(plain)))


@pytest.mark.parametrize("done", [0, 1, 4, 7])
@pytest.mark.parametrize("base", [{**XOR, **HARD}, LINE], ids=["layers", "program"])
def test_an_imported_network_goes_on_bit_for_bit(base: dict[str, Any], done: int) -> None:
    session = begun(base)
    if done:
        session.step("iteration", done)
    found = imported(document.write(session))
    assert (found.state.iteration, found.state.phase, found.state.furthest) == (0, "start", 0)
    for _ in range(6):
        ours, theirs = session.step("iteration").records[0], found.step("iteration").records[0]
        assert ours.digest == theirs.digest
        assert (ours.loss, ours.learning_rate) == (theirs.loss, theirs.learning_rate)
    again = imported(document.write(found))
    assert again.step("iteration", 3).losses == session.step("iteration", 3).losses


def test_after_a_patch_it_goes_on_too() -> None:
    session = begun(**HARD)
    session.step("iteration", 2)
    session.patch(NetworkPatch(batch_size=2, optimizer={"name": "sgd", "momentum": 0.9}))
    session.step("iteration", 2)
    found = imported(document.write(session))
    assert found.step("epoch", 2).losses == session.step("epoch", 2).losses


@pytest.mark.parametrize("field", ["id", "owner", "created_at", "version_", "html", "role"])
@pytest.mark.parametrize("where", [[], ["network"], ["place"], ["network", "layers", 0]])
def test_nothing_but_the_network_is_taken(field: str, where: list[Any]) -> None:
    plain: Any = json.loads(document.write(begun()))
    part = plain
    for step in where:
        part = part[step]
    part[field] = "x"
    with pytest.raises(ValidationError):
        imported(plain)


def test_another_format_or_version_is_refused() -> None:
    plain = json.loads(document.write(begun()))
    for change in (
        {"format": "onnx"},
        {"version": 2},
        {"version": True},
        {"version": 1.0},
        {"updates": -1},
        {"updates": True},
    ):
        with pytest.raises(ValidationError):
            imported({**plain, **change})


@pytest.mark.parametrize(
    ("state", "pointer"),
    [
        ({"W9": [1]}, "/state/W9"), ({"b1.exp": [1, 2, 3]}, "/state/b1.exp"),
        ({"b1": [1]}, "/state/b1"), ({"b1": [1, 2, "3"]}, "/state/b1/2"),
        ({"optimizer.step": 3}, "/state/optimizer.step"),
    ],
)  # fmt: skip
def test_a_state_that_does_not_fit_is_pointed_at(state: dict[str, Any], pointer: str) -> None:
    plain = json.loads(document.write(begun()))
    with pytest.raises(EngineError) as caught:
        imported({**plain, "state": state})
    assert caught.value.pointer == pointer


def test_a_pointer_into_the_network_begins_there() -> None:
    plain = json.loads(document.write(begun()))
    plain["network"]["loss"] = "hinge"
    with pytest.raises(EngineError) as caught:
        imported(plain)
    assert caught.value.pointer == "/network/loss"


def test_parameters_that_the_document_lacks_are_drawn() -> None:
    plain = json.loads(document.write(begun(seed=3)))
    found = imported({**plain, "state": {}})
    assert blobs.digest(found.arrays) == blobs.digest(begun(seed=3).arrays)
