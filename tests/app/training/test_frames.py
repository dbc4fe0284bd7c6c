from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest

from app.training import frames
from app.training.session import Session
from tests.app.training.networks import LINE, begun


def read(session: Session, kind: Any) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Return a frame's header, and its three columns by name."""
    content = frames.frame(session, kind)
    header = frames.HEADER.unpack_from(content)
    numbers = np.frombuffer(content, frames.KINDS[kind], offset=frames.HEADER.size)
    ends = np.cumsum(header[4:7])
    assert len(numbers) == ends[-1]
    return header, dict(zip(("value", "grad", "new"), np.split(numbers, ends[:-1]), strict=True))


@pytest.mark.parametrize(("kind", "tolerance"), [("float64", 1e-14), ("float32", 1e-6)])
@pytest.mark.parametrize("phase", ["backward", "update"])
def test_a_frame_holds_the_numbers_of_the_graph(kind: str, tolerance: float, phase: str) -> None:
    session = begun(optimizer={"name": "adam"}, batch_size=3)
    session.step("iteration", 2)
    session.step(phase)
    header, columns = read(session, kind)
    graph, bare = session.graph(), frames.topology(session)
    assert header[0] == b"GWF1"
    assert header[1] == {"backward": 3, "update": 4}[phase]
    assert header[8] == session.state.iteration
    assert header[9] == session.loss
    assert header[10].hex() == bare["tag"]
    new = {update["parameter"]: update["new"] for update in graph["updates"]}
    for node in graph["nodes"]:
        places = bare["offsets"][node["id"]]
        wanted = {"value": node["value"], "grad": node["grad"], "new": new.get(node["id"])}
        for part, value in wanted.items():
            assert (part in places) == (value is not None)
            if value is not None:
                flat = np.ravel(value)
                got = columns[part][places[part] : places[part] + len(flat)]
                np.testing.assert_allclose(got, flat, rtol=tolerance, atol=1e-15)


def test_a_topology_has_no_numbers_and_stays_while_training_goes_on() -> None:
    session = begun(batch_size=2)
    session.step("iteration")
    first = frames.topology(session)
    session.step("iteration", 3)
    assert frames.topology(session) == first
    text = json.dumps(first)
    assert '"contribution"' not in text
    assert '"value":' not in json.dumps(first["nodes"])


def test_another_size_of_batch_is_another_topology() -> None:
    session = begun(batch_size=3)
    session.step("iteration")
    first = frames.tag(session)
    session.step("iteration")
    assert frames.tag(session) != first
    session.step("iteration")
    assert frames.tag(session) == first


def test_a_frame_moves_nothing() -> None:
    session = begun(LINE, optimizer={"name": "adam"})
    state = session.state
    assert math.isnan(read(session, "float64")[0][9])
    assert session.state == state
    session.step("iteration")
    other = begun(LINE, optimizer={"name": "adam"})
    other.step("iteration")
    assert session.state == other.state


def test_large_tensors_are_left_out() -> None:
    session = begun(layers=[{"units": 600}, {"units": 1}])
    assert "W1" not in frames.topology(session)["offsets"]
    assert "b1" in frames.topology(session)["offsets"]
    read(session, "float32")
