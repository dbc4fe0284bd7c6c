"""Training runs of an independent framework, iteration by iteration."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.training.requests import NetworkRequest
from app.training.session import Session
from app.training.spec import Spec
from tests.engine.cases import load

RUNS = load("training.json")["training"]


def close(got: Any, wanted: Any) -> None:
    np.testing.assert_allclose(np.array(got), np.array(wanted), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("run", RUNS, ids=range(len(RUNS)))
def test_losses_and_parameters_agree(run: dict[str, Any]) -> None:
    session = Session.begin(Spec.of(NetworkRequest.model_validate(run["network"])))
    found = session.step("iteration", run["iterations"])
    close(found.losses, run["losses"])
    for name, value in run["parameters"].items():
        close(session.view()["parameters"][name], value)


@pytest.mark.parametrize("run", RUNS, ids=range(len(RUNS)))
def test_phase_by_phase_gives_the_same_bits(run: dict[str, Any]) -> None:
    spec = Spec.of(NetworkRequest.model_validate(run["network"]))
    whole, slow = Session.begin(spec), Session.begin(spec)
    whole.step("iteration", run["iterations"])
    losses: list[float] = []
    for _ in range(run["iterations"]):
        for phase in ("forward", "loss", "backward", "update"):
            slow = Session.resume(spec, slow.state)
            losses += slow.step(phase).losses
    assert slow.state == whole.state
    close(losses, run["losses"])
