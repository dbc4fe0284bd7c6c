"""`POST /graphs/variants`: the same numbers for the same seed, in the shapes that were given."""

from __future__ import annotations

import pytest

from engine.practice.varied import varied
from tests.app.client import Client, problem

ASKED = {"program": "f = x * w; g = sum(f)", "values": {"x": [2, 3], "w": 4}, "constants": ["x"]}


def test_a_variant_is_what_the_engine_draws(client: Client) -> None:
    found = client.post("/graphs/variants", {**ASKED, "seed": 5}).json()
    assert found["seed"] == 5
    assert found["values"] == varied(ASKED["program"], ASKED["values"], ["x"], 5)  # type: ignore[arg-type]
    assert found["values"] != client.post("/graphs/variants", {**ASKED, "seed": 6}).json()["values"]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [({"seed": -1}, "/seed"), ({"program": "f = x *"}, None), ({"values": {}}, None),
     ({"values": {"x": [0, 0], "w": 1e300}, "program": "g = log(0 - x * x - w)"}, "/values")],
)  # fmt: skip
def test_what_cannot_be_drawn_is_a_problem(
    client: Client, change: dict[str, object], pointer: str | None
) -> None:
    found = problem(client.post("/graphs/variants", {**ASKED, **change}), 422)
    assert pointer is None or found["pointer"] == pointer
