"""A lesson's graph may be a network: trained as its file says, it is what the lab shows of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.lessons.checking import checked
from app.lessons.own import OwnLessons
from tests.app.client import Client
from tests.app.networks import XOR, Networks

FILE = """
slug = "a-network"
languages = ["en"]
title.en = "A network"
summary.en = "It learns."

[graphs.xor]
iterations = 20

[graphs.xor.network]
inputs = 2
loss = "half_mse"
optimizer = { name = "sgd", learning_rate = 0.5 }
data = { name = "xor" }

[[graphs.xor.network.layers]]
units = 3
activation = "tanh"

[[graphs.xor.network.layers]]
units = 1
activation = "sigmoid"

[[scenes]]
id = "one"
graph = "xor"
title.en = "After 20 iterations"
ask = ["value L", "update W2"]
""".lstrip()


def said(text: str, seconds: float = 10.0) -> list[tuple[int, str]]:
    return [(fault.line, fault.said()) for fault in checked(text.encode(), (), seconds).faults]


def lesson(text: str) -> dict[str, Any]:
    found = checked(text.encode())
    assert found.lesson is not None, found.faults
    return found.lesson


def line(part: str) -> int:
    return FILE.count("\n", 0, FILE.index(part)) + 1


def test_it_is_drawn_as_in_the_lab(client: Client) -> None:
    networks = Networks(client)
    network = networks.make()["id"]
    networks.step(network, "iteration", 20)
    lab = networks.done("GET", f"/{network}/graph?explain=en")
    graph = lesson(FILE)["graphs"]["xor"]
    here = client.ask("POST", "/api/v1/graphs", json={**graph, "explain": "en"}).json()
    for part in ("program", "steps", "edges", "value"):
        assert here[part] == lab[part]
    for node, there in zip(here["nodes"], lab["nodes"], strict=True):
        assert {**node, "group": None} == {**there, "group": None}
    moved = [(one["parameter"], one["old"], one["new"]) for one in lab["updates"]]
    assert [(one["parameter"], one["old"], one["new"]) for one in here["updates"]] == moved


def test_its_rows_may_be_named_and_another_optimizer_shows_no_update() -> None:
    graph = lesson(FILE.replace("iterations = 20", "rows = [3, 1]"))["graphs"]["xor"]
    assert graph["values"]["x"] == [[1, 1], [0, 1]]
    text = FILE.replace('name = "sgd"', 'name = "adam"').replace(', "update W2"', "")
    assert "update" not in lesson(text)["graphs"]["xor"]
    assert said(FILE.replace('name = "sgd"', 'name = "adam"'))


def test_the_network_is_told_beside_its_graph() -> None:
    told = lesson(FILE)["networks"]["xor"]
    assert told["iterations"] == 20
    assert told["network"] == {key: XOR[key] for key in XOR}


@pytest.mark.parametrize(
    ("old", "new", "at", "words"),
    [
        ('activation = "sigmoid"', 'activation = "sigmod"', None, "There is no activation sigmod"),
        ("units = 1", 'units = "one"', None, "Graph xor, network.layers.1.units: A whole number"),
        ('"half_mse"', '"third"', None, "There is no loss third"),
        ("learning_rate = 0.5", "rate = 0.5", "optimizer =", "no setting rate"),
        ('data = { name = "xor" }', 'data = { name = "nor" }', "data =", "nor"),
        ("iterations = 20", "iterations = 20000", None, "10000"),
        ("iterations = 20", "rows = [4]", None, "There is no row 4"),
        ("iterations = 20", 'program = "f = x"', "[graphs.xor]", "one of the two"),
        ("iterations = 20", "values = { x = 1 }", None, "A network brings this itself."),
        ("inputs = 2", "inputs = 2\nfoo = 3", "inputs", "accepted are name, inputs, layers"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(
    old: str, new: str, at: str | None, words: str
) -> None:
    [(where, sentence)] = said(FILE.replace(old, new))
    assert words in sentence
    assert where == line(old if at is None else at) + new.count("\n")


def test_a_training_that_leaves_the_range_of_numbers_is_refused() -> None:
    text = FILE.replace('"tanh"', '"relu"').replace('"sigmoid"', '"linear"')
    text = text.replace("learning_rate = 0.5", "learning_rate = 1000.0")
    [(where, sentence)] = said(text.replace("iterations = 20", "iterations = 2000"))
    assert where == line("iterations")
    assert "a number leaves its range" in sentence


def test_rows_and_iterations_belong_to_a_network() -> None:
    text = 'program = "f = 2 * x"\nvalues = { x = 1 }\nrows = [1]\n'
    begin = FILE.index("iterations")
    whole = FILE[:begin] + text + FILE[FILE.index("\n[[scenes]]") :].replace(', "update W2"', "")
    [(where, sentence)] = said(whole.replace("value L", "value f"))
    assert (where, sentence) == (9, "Graph xor, rows: This belongs to a network.")


def test_a_training_that_takes_too_long_is_ended() -> None:
    [(_, sentence)] = said(FILE.replace("iterations = 20", "iterations = 10000"), 0.02)
    assert "take longer than 0.02 seconds" in sentence


def test_it_is_served(tmp_path: Path) -> None:
    (tmp_path / "net.toml").write_text(FILE, encoding="utf-8")
    told = OwnLessons(str(tmp_path)).read()["a-network"].lesson
    assert told is not None
    assert told["graphs"]["xor"]["program"].startswith("s1 = x @ W1")
