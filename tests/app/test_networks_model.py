"""Random interleavings of requests, restarts and kills against a small model of what must hold.

`EXAMPLES=80` makes it longer. Every server is a process of its own, forked with its imports done.
"""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import ExitStack
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
)

from tests.app.forked import Forked, forked
from tests.app.networks import XOR

JSON = {"Content-Type": "application/json"}
# States are compared as JSON, so bit for bit.
State = str


class Model:
    """A network as it must be: its version, where it stands, and its states by iteration."""

    def __init__(self, answer: dict[str, Any]) -> None:
        self.version = int(answer["version"])
        self.iteration = int(answer["iteration"])
        self.states: dict[int, State] = {self.iteration: state(answer)}
        self.furthest = int(answer["furthest"])

    def moved(self, answer: dict[str, Any], iteration: int, replaces: bool) -> None:
        """Take the answer to a write, after a check that it is the one that is due."""
        assert (answer["version"], answer["iteration"]) == (self.version + 1, iteration)
        self.version, self.iteration = self.version + 1, iteration
        if replaces:
            self.furthest = iteration
            self.states = {k: kept for k, kept in self.states.items() if k <= iteration}


def state(answer: dict[str, Any]) -> State:
    return json.dumps([answer["parameters"], answer["spec"]["optimizer"]])


class Interleavings(RuleBasedStateMachine):
    networks = Bundle("networks")

    @initialize()
    def start(self) -> None:
        self.stack = ExitStack()
        self.folder = self.stack.enter_context(tempfile.TemporaryDirectory())
        self.models: dict[str, Model] = {}
        self.keys = 0
        self.serve()

    def serve(self) -> None:
        self.running = ExitStack()
        database = f"sqlite:///{self.folder}/store.sqlite"
        self.server: Forked = self.running.enter_context(forked("--database", database))

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        content = None if body is None else json.dumps(body).encode()
        given = named if body is None else {**JSON, **named}
        status, _, text = self.server.ask(method, f"/api/v1/networks{path}", content, given)
        return status, json.loads(text) if text else None

    def fetch(self, network: str) -> dict[str, Any]:
        status, answer = self.ask("GET", f"/{network}")
        assert status == 200
        found: dict[str, Any] = answer
        return found

    @rule(target=networks, adam=st.booleans())
    def create(self, adam: bool) -> str:
        name = "adam" if adam else "sgd"
        optimizer = {"name": name, "learning_rate": 0.1}
        status, answer = self.ask("POST", "", {**XOR, "optimizer": optimizer, "batch_size": 3})
        assert status == 201
        self.models[answer["id"]] = Model(answer)
        return str(answer["id"])

    @rule(network=networks, count=st.integers(1, 300), tagged=st.booleans())
    def step(self, network: str, count: int, tagged: bool) -> None:
        model = self.models[network]
        headers = {"If_Match": f'"{model.version}"'} if tagged else {}
        body = {"phase": "iteration", "count": count}
        status, answer = self.ask("POST", f"/{network}/step", body, **headers)
        assert status == 200
        model.moved(answer, model.iteration + count, replaces=True)
        model.states[model.iteration] = state(self.fetch(network))

    @rule(network=networks, behind=st.integers(1, 3))
    def stale_step(self, network: str, behind: int) -> None:
        model = self.models[network]
        tag = f'"{model.version - behind}"'
        status, answer = self.ask("POST", f"/{network}/step", {"phase": "loss"}, If_Match=tag)
        assert (status, answer["version"]) == (412, model.version)

    @rule(network=networks, restart=st.booleans())
    def retry(self, network: str, restart: bool) -> None:
        model = self.models[network]
        self.keys += 1
        key = {"Idempotency_Key": f"key-{self.keys}"}
        body = {"phase": "iteration"}
        first = self.ask("POST", f"/{network}/step", body, **key)
        assert first[0] == 200
        if restart:
            self.restart(kill=True)
        assert self.ask("POST", f"/{network}/step", body, **key) == first
        assert self.ask("POST", f"/{network}/step", {"phase": "loss"}, **key)[0] == 422
        model.moved(first[1], model.iteration + 1, replaces=True)
        model.states[model.iteration] = state(self.fetch(network))

    @rule(network=networks, data=st.data())
    def rewind(self, network: str, data: st.DataObject) -> None:
        model = self.models[network]
        iteration = data.draw(st.integers(0, model.furthest))
        status, answer = self.ask("POST", f"/{network}/rewind", {"iteration": iteration})
        assert status == 200
        model.moved(answer, iteration, replaces=False)
        known = model.states.setdefault(iteration, state(answer))
        assert state(answer) == known

    @rule(network=networks, rate=st.floats(0.01, 1))
    def patch(self, network: str, rate: float) -> None:
        model = self.models[network]
        body = {"optimizer": {"learning_rate": rate}}
        status, answer = self.ask("PATCH", f"/{network}", body)
        assert status == 200
        model.moved(answer, model.iteration, replaces=True)
        model.states[model.iteration] = state(answer)

    @rule(target=networks, network=networks, data=st.data())
    def copy(self, network: str, data: st.DataObject) -> str:
        model = self.models[network]
        iteration = data.draw(st.none() | st.integers(0, model.furthest))
        body = {} if iteration is None else {"iteration": iteration}
        status, answer = self.ask("POST", f"/{network}/copies", body)
        assert status == 201
        copied = Model(answer)
        where = model.iteration if iteration is None else iteration
        assert (copied.version, copied.iteration) == (1, where)
        assert copied.furthest == (model.furthest if iteration is None else iteration)
        known = {k: kept for k, kept in model.states.items() if k <= copied.furthest}
        assert state(answer) == known.setdefault(where, state(answer))
        copied.states = known
        self.models[answer["id"]] = copied
        return str(answer["id"])

    @rule(network=consumes(networks))
    def delete(self, network: str) -> None:
        assert self.ask("DELETE", f"/{network}")[0] == 204
        assert self.ask("GET", f"/{network}")[0] == 404
        del self.models[network]

    @rule(kill=st.booleans())
    def restart(self, kill: bool) -> None:
        if kill:
            self.server.process.kill()
        self.running.close()
        self.serve()

    @invariant()
    def every_network_is_as_acknowledged(self) -> None:
        for network, model in getattr(self, "models", {}).items():
            found = self.fetch(network)
            assert found["version"] == model.version
            assert (found["iteration"], found["furthest"]) == (model.iteration, model.furthest)
            assert state(found) == model.states[model.iteration]

    def teardown(self) -> None:
        if hasattr(self, "stack"):
            self.running.close()
            self.stack.close()


TestInterleavings = Interleavings.TestCase
TestInterleavings.settings = settings(
    max_examples=int(os.environ.get("EXAMPLES", "4")),
    stateful_step_count=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
