"""Networks for the tests of the interface, and short ways to ask about them."""

from __future__ import annotations

import json
from typing import Any

import httpx

from tests.app.client import API, Client, strict

XOR: dict[str, Any] = {
    "inputs": 2,
    "layers": [{"units": 3, "activation": "tanh"}, {"units": 1, "activation": "sigmoid"}],
    "loss": "half_mse",
    "optimizer": {"name": "sgd", "learning_rate": 0.5},
    "data": {"name": "xor"},
}
JSON = {"Content-Type": "application/json"}


class Networks:
    """Asks the application about networks."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        """Send a request below /networks; headers are written with underscores."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if body is None:
            return self.client.ask(method, f"{API}/networks{path}", headers=named)
        content = json.dumps(body).encode()
        return self.client.ask(
            method, f"{API}/networks{path}", content=content, headers={**JSON, **named}
        )

    def make(self, **changes: Any) -> dict[str, Any]:
        """Return a new network: that of exclusive or, with changes."""
        answer = self.ask("POST", "", {**XOR, **changes})
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = strict(answer)
        return found

    def done(self, method: str, path: str, body: Any = None, **headers: str) -> dict[str, Any]:
        """Return the answer to what must succeed."""
        answer = self.ask(method, path, body, **headers)
        assert answer.status_code in {200, 201}, answer.text
        found: dict[str, Any] = strict(answer)
        return found

    def step(self, network: str, phase: str = "iteration", count: int = 1) -> dict[str, Any]:
        return self.done("POST", f"/{network}/step", {"phase": phase, "count": count})

    def get(self, network: str) -> dict[str, Any]:
        return self.done("GET", f"/{network}")


def events(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Read server-sent events: their names and data."""
    found = []
    for block in text.split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if lines:
            found.append((lines["event"], json.loads(lines["data"])))
    return found
