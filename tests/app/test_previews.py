"""Data looked at before there is a network."""

from __future__ import annotations

from typing import Any

import pytest

from engine.datasets import DATASETS, make
from tests.app.client import Client, problem

BRAZIL = "largura;altura;tipo\n0,5;1,25;gato\n1,5;0;cão\n2,5;1;gato\n"


def preview(client: Client, data: dict[str, Any], **more: Any) -> dict[str, Any]:
    answer = client.post("/datasets/preview", {"data": data, **more})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize("name", DATASETS)
def test_a_data_set_shows_its_first_rows(client: Client, name: str) -> None:
    found, data = preview(client, {"name": name}, rows=5), make(name)
    assert found["rows"] == len(data.x)
    assert found["x"] == data.x[:5].tolist()
    assert found["y"] == data.y[:5].tolist()
    assert found["classes"] == (None if data.classes is None else list(data.classes))
    assert found["table"] is None and found["problem"] is None


def test_a_table_with_semicolons_and_commas_is_read_and_shown(client: Client) -> None:
    found = preview(client, {"csv": BRAZIL})
    assert found["table"] == {
        "names": ["largura", "altura", "tipo"], "numeric": [True, True, False], "rows": 3,
        "cells": [["0,5", "1,25", "gato"], ["1,5", "0", "cão"], ["2,5", "1", "gato"]],
        "delimiter": ";", "decimal": ",", "header": True,
    }  # fmt: skip
    assert found["x"] == [[0.5, 1.25], [1.5, 0], [2.5, 1]]
    assert found["classes"] == ["cão", "gato"]
    assert found["y"] == [[1], [0], [1]]


def test_columns_that_cannot_be_taken_are_a_problem_beside_the_table(client: Client) -> None:
    found = preview(client, {"csv": BRAZIL, "x": ["largura", "tipo"], "y": ["altura"]})
    assert found["x"] is None and found["rows"] is None
    assert found["table"]["rows"] == 3
    assert "Row 2, column 3 (tipo)" in found["problem"]["detail"]


@pytest.mark.parametrize(
    ("data", "pointer"),
    [
        ({"csv": "a;b\n1;2\n3\n"}, "/data/csv"), ({"csv": ""}, "/data/csv"), ({}, "/data"),
        ({"name": "tulips"}, "/data/name"), ({"csv": 3}, "/data/csv"),
        ({"csv": "1,2", "delimiter": "|"}, "/data/delimiter"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused(client: Client, data: dict[str, Any], pointer: str) -> None:
    said = problem(client.post("/datasets/preview", {"data": data}), 422)
    assert said["pointer"] == pointer


@pytest.mark.parametrize(
    ("csv", "cell"),
    [
        ("a;b\n1;2\n3\n", {"row": 3, "column": 2}),
        ('a;b\n1;2\n\n"3;4\n', {"row": 4, "column": None}),
        ("a;a\n1;2\n", {"row": 1, "column": 2}),
        ("", None),
    ],
)
def test_a_refusal_says_in_which_cell(
    client: Client, csv: str, cell: dict[str, int | None] | None
) -> None:
    said = problem(client.post("/datasets/preview", {"data": {"csv": csv}}), 422)
    assert said.get("cell") == cell


def test_a_column_that_cannot_be_taken_says_its_cell_too(client: Client) -> None:
    found = preview(client, {"csv": "a;b;c\n1;2;u\n3;red;v\n"})
    assert found["problem"]["cell"] == {"row": 3, "column": 2}
