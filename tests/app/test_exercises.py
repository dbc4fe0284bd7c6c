"""`GET /exercises`: what is asked can be answered, and no answer is given away."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from engine.practice import LEVELS, TEMPLATES
from tests.app.client import API, Client, problem, strict


def test_templates_are_listed(client: Client) -> None:
    found = strict(client.get(f"{API}/exercises"))
    assert [row["name"] for row in found["items"]] == list(TEMPLATES)
    assert all(set(row["title"]) == {"en", "pt-BR"} for row in found["items"])
    assert {row["levels"] for row in found["items"]} == {LEVELS}


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("level", [1, LEVELS])
def test_an_exercise_can_be_answered(client: Client, template: str, level: int) -> None:
    found = strict(client.get(f"{API}/exercises/{template}?level={level}&seed=7"))
    assert found == strict(client.get(f"{API}/exercises/{template}?level={level}&seed=7"))
    graph: dict[str, Any] = {k: found[k] for k in ("program", "values", "constants", "update")}
    shown = client.graph(**graph)
    assert len(found["questions"]) == len(shown["steps"]) - 1
    for question in found["questions"]:
        body = {"graph": graph, "question": question, "show": True}
        worked = strict(client.post("/answers", body))["worked"]
        assert worked["value"] is not None
    assert not {"value", "grad", "answer", "nodes", "steps"} & found.keys()
    assert found["links"]["page"].endswith(f"/practice?template={template}&level={level}&seed=7")


@pytest.mark.parametrize(
    ("path", "status"),
    [("tree", 404), ("chain?level=0", 422), ("chain?level=6", 422), ("chain?level=x", 422),
     ("chain?seed=-1", 422), ("chain?seed=4294967296", 422)],
)  # fmt: skip
def test_what_there_is_none_of_is_refused(client: Client, path: str, status: int) -> None:
    problem(client.get(f"{API}/exercises/{path}"), status)


@pytest.mark.parametrize(
    ("address", "place"),
    [("", ("chain", 1, 1)), ("?template=net&level=5&seed=3&lang=pt-BR", ("net", 5, 3))],
)
def test_an_exercise_has_a_page_of_its_own(
    client: Client, address: str, place: tuple[str, int, int]
) -> None:
    found = client.get(f"/practice{address}", accept="text/html")
    text = re.search(r'id="config">(.*?)</script>', found.text)
    assert text
    config = json.loads(text[1])["exercise"]
    assert (config["template"], config["level"], config["seed"]) == place
    assert config["address"] in config["links"]["page"]


@pytest.mark.parametrize("address", ["template=tree", "level=9", "level=x", "seed=-1", "seed="])
def test_a_page_of_no_exercise_is_not_found(client: Client, address: str) -> None:
    assert client.get(f"/practice?{address}", accept="text/html").status_code == 404
