"""Whatever is sent, the answer is strict JSON and no server error."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.app.client import Client, strict

JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.integers()
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
PROGRAMS = st.text("fxy12=+-*/@()[].,;:\n\"'σ_ \\e", max_size=40) | st.sampled_from(
    ["f = x / y", "f = log(x) * y", "f = sum(x @ y)", "f = mse(x, y)", "f = x ** y", "f = x[0]"]
)
FIELDS = {
    "values": st.dictionaries(st.sampled_from(["x", "y", "f", "é"]), JSON),
    "constants": st.lists(st.sampled_from(["x", "y", "f", "nope"])) | JSON,
    "labels": st.dictionaries(st.sampled_from(["x", "f"]), st.text()) | JSON,
    "update": st.fixed_dictionaries(
        {"learning_rate": JSON, "parameters": st.lists(st.sampled_from(["x", "f"]))}
    )
    | JSON,
    "check": st.booleans() | JSON,
    "explain": st.sampled_from(["en", "pt-BR", None]) | JSON,
    "nudge": st.fixed_dictionaries({"node": st.sampled_from(["x", "f"]), "h": JSON}) | JSON,
}
BODIES = st.fixed_dictionaries({"program": PROGRAMS}, optional=FIELDS)
QUIET = settings(
    max_examples=300,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@QUIET
@given(body=BODIES | JSON)
def test_no_body_breaks_graphs(client: Client, body: Any) -> None:
    answer = client.post("/graphs", body)
    assert answer.status_code in {200, 422} or (answer.status_code == 400 and "JSON" in answer.text)
    strict(answer)


@QUIET
@given(program=PROGRAMS | st.text())
def test_no_program_breaks_programs(client: Client, program: str) -> None:
    answer = client.post("/programs", {"program": program})
    assert answer.status_code in {200, 400}
    strict(answer)


@QUIET
@given(body=st.binary(max_size=60))
def test_no_bytes_break_the_server(client: Client, body: bytes) -> None:
    answer = client.post("/graphs", body)
    assert answer.status_code in {400, 422}
    strict(answer)
