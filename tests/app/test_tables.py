from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from app.lessons import lessons
from engine.initializers import INITIALIZERS
from engine.ops import OPS
from engine.schedules import SCHEDULES
from tests.app.client import API, Client, strict
from tests.app.networks import XOR


def test_operations_are_listed_with_their_formulas(client: Client) -> None:
    answer = strict(client.get(f"{API}/ops"))
    assert answer["next"] is None
    assert [row["name"] for row in answer["items"]] == list(OPS)
    for row in answer["items"]:
        assert "«" not in row["latex"] + "".join(row["local_latex"])
        assert row["local_latex"]
        assert set(row["doc"]) == {"en", "pt-BR"}
    sigmoid = next(row for row in answer["items"] if row["name"] == "sigmoid")
    assert (sigmoid["latex"], sigmoid["local_latex"]) == (r"\sigma(x)", ["z(1 - z)"])


def test_lessons_are_listed_in_their_order(client: Client) -> None:
    answer = strict(client.get(f"{API}/lessons"))
    assert answer["next"] is None
    assert [row["slug"] for row in answer["items"]] == list(lessons())
    for row in answer["items"]:
        assert set(row) == {"slug", "number", "title", "summary"}
        assert set(row["title"]) == set(row["summary"]) == {"en", "pt-BR"}


@pytest.mark.parametrize("slug", lessons())
def test_a_lesson_is_served_whole(client: Client, slug: str) -> None:
    assert strict(client.get(f"{API}/lessons/{slug}")) == lessons()[slug]


@pytest.mark.parametrize("slug", lessons())
def test_every_graph_of_a_lesson_is_accepted_by_the_interface(client: Client, slug: str) -> None:
    for graph in lessons()[slug]["graphs"].values():
        assert client.graph(**graph)["steps"]


def test_each_operation_carries_its_conventions(client: Client) -> None:
    rows = {row["name"]: row for row in strict(client.get(f"{API}/ops"))["items"]}
    trap = rows["sqrt"]["traps"][0]
    assert (trap["program"], trap["values"], trap["value"]) == ("sqrt(x)", {"x": 0.0}, 0.0)
    assert trap["grads"] == {"x": "Infinity"}
    assert set(trap["doc"]) == {"en", "pt-BR"}
    assert rows["sin"]["traps"] == []
    assert [trap["value"] for trap in rows["mean"]["traps"]] == [None]


@pytest.mark.parametrize(
    ("path", "table"), [("initializers", INITIALIZERS), ("schedules", SCHEDULES)]
)
def test_what_a_network_can_begin_with_is_listed_with_its_settings(
    client: Client, path: str, table: Mapping[str, Any]
) -> None:
    answer = strict(client.get(f"{API}/{path}"))
    assert answer["next"] is None
    assert [row["name"] for row in answer["items"]] == list(table)
    for row in answer["items"]:
        settings = table[row["name"]].settings
        assert [(s["name"], s["default"]) for s in row["settings"]] == [
            (s.name, s.default) for s in settings
        ]
        assert [s["whole"] for s in row["settings"]] == [
            isinstance(s.default, int) for s in settings
        ]
        assert row["latex"] and set(row["doc"]) == {"en", "pt-BR"}


def test_each_initializer_listed_is_accepted_with_the_settings_listed(client: Client) -> None:
    for row in strict(client.get(f"{API}/initializers"))["items"]:
        init = {"name": row["name"], **{s["name"]: s["default"] for s in row["settings"]}}
        made = client.post("/networks", {**XOR, "init": init})
        assert made.status_code == 201, made.text
