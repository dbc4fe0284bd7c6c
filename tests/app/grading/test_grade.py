"""`gradwalk lesson grade`, as it is called: marks that no file can dictate."""

from __future__ import annotations

import csv
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from app.grading.table import CODES, safe
from app.lessons import lessons
from engine.practice import asked, exercise
from engine.practice.varied import varied
from engine.questions import case_of, located
from tests.app.process import GRADWALK

PLACE = {"template": "fan-out", "level": 1, "seed": 17}
RUN = exercise(**PLACE).run()  # type: ignore[arg-type]
QUESTIONS = list(asked(RUN))


def right(index: int) -> str:
    return f"{float(case_of(RUN, located(RUN, QUESTIONS[index])).truth):g}"


def item(index: int, attempts: list[Any], **more: Any) -> dict[str, Any]:
    kind, step, *_ = QUESTIONS[index]
    question = {"kind": kind, "step": step}
    return {"exercise": PLACE, "question": question, "attempts": attempts, **more}


def lesson(attempts: list[Any], scene: str = "forward") -> dict[str, Any]:
    question = {"kind": "value", "step": 0}
    return {"lesson": "function-as-graph", "scene": scene, "question": question,
            "attempts": attempts}  # fmt: skip


def progress(name: str, items: list[Any], **more: Any) -> dict[str, Any]:
    return {"format": "gradwalk-progress", "version": 1, "name": name, "language": "en",
            "saved": "2026-03-02T14:05:00.000Z", "items": items, **more}  # fmt: skip


def grade(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(GRADWALK), "lesson", "grade", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)


def graded(folder: Path, *contents: Any) -> list[dict[str, str]]:
    names = []
    for index, content in enumerate(contents):
        names.append(f"{index}.json")
        (folder / names[-1]).write_text(json.dumps(content), encoding="utf-8")
    done = grade(folder, *names, "-o", "marks.csv")
    assert done.returncode == 0, done.stderr
    assert "no proof against cheating" in done.stdout
    with (folder / "marks.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_attempts_are_judged_anew(tmp_path: Path) -> None:
    added = f"{7 + 3}"
    items = [
        item(0, [right(0)]),
        item(1, ["", "abc", "9999", right(1)]),
        item(2, ["0.111", "0.222", right(2)]),
        item(3, [], shown=0),
        item(0, [right(0)]),
        lesson(["5,0"]),
        lesson(["6"], "question"),
    ]
    slipped = progress("Rui", [item(0, [added, right(0)]), item(4, [right(4)], shown=0)])
    rows = graded(tmp_path, progress("Ana", items), slipped)
    counts = ("items", "right", "first_try", "shown", "attempts", "unreadable", "slips")
    assert [int(rows[0][name]) for name in counts] == [6, 3, 2, 2, 7, 2, 4]
    assert [int(rows[1][name]) for name in counts] == [2, 1, 0, 1, 2, 0, 1]
    assert (rows[1]["name"], rows[1]["slip_added"]) == ("Rui", "1")
    assert all(sum(int(row[f"slip_{code}"]) for code in CODES) == int(row["slips"])
               for row in rows)  # fmt: skip


def test_a_faded_scene_is_computed_anew_with_the_numbers_of_its_round(tmp_path: Path) -> None:
    graph = lessons()["function-as-graph"]["graphs"]["function"]
    drawn = varied(graph["program"], graph["values"], (), 7)
    q = drawn["x"] + drawn["y"]
    items = [{**lesson([f"{q}"]), "seed": 7}, {**lesson([f"{q + 1}", f"{q}"]), "seed": 8}]
    [row] = graded(tmp_path, progress("Ana", [*items, lesson(["5"])]))
    assert [int(row[name]) for name in ("items", "right", "first_try")] == [3, 2, 2]


def brought(kind: str, step: int, attempts: list[str], **more: Any) -> dict[str, Any]:
    graph = {"program": "s = x @ W; f = sum(s)", "values": {"x": [[2, 3]], "W": [[5], [7]]},
             "update": {"learning_rate": 0.1, "parameters": ["W"]}, **more}  # fmt: skip
    return {"graph": graph, "question": {"kind": kind, "step": step}, "attempts": attempts}


def test_a_graph_that_the_file_brings_along_is_computed_anew(tmp_path: Path) -> None:
    items = [
        brought("value", 1, ["31"]),
        brought("value", 0, ["10"], detail="scalar"),
        brought("value", 1, ["21"], detail="scalar"),
        brought("value", 1, ["32"], values={"x": [[2, 3]], "W": [[5], [8]]}),
        brought("value", 6, ["31"], expand=["s"]),
    ]
    [row] = graded(tmp_path, progress("Ana", items))
    counts = ("items", "right", "first_try", "attempts", "slips")
    assert [int(row[name]) for name in counts] == [5, 4, 4, 5, 1]


def test_a_name_is_never_a_formula(tmp_path: Path) -> None:
    names = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "Zoë; \"x\",\n'y'"]
    rows = graded(tmp_path, *(progress(name, []) for name in names))
    assert all(row["name"].startswith("'") for row in rows[:-1])
    assert rows[-1]["name"] == "Zoë; \"x\", 'y'"
    assert safe("Ana=1") == "Ana=1"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "no JSON"),
        ("[]", "At /"),
        (json.dumps(progress("x", [], version=2)), "/version"),
        (json.dumps(progress("x", [{**item(0, ["1"]), "right": True}])), "/items/0/right"),
        (json.dumps(progress("x", [{**item(0, ["1"]), "lesson": "a", "scene": "b"}])), "one of"),
        (json.dumps(progress("x", [{**item(0, ["1"]), "graph": {"program": "f = x"}}])), "one of"),
        (json.dumps(progress("x", [brought("value", 0, [], program="s = open(x)")])), "open"),
        (json.dumps(progress("x", [brought("value", 0, [], explain="en")])), "/graph/explain"),
        (json.dumps(progress("x", [brought("value", 0, [], values={"x": [[1] * 9], "W": [[1]]})])),
         "At /items/0: "),
        (json.dumps(progress("x", [{**item(0, ["1"]), "seed": 1}])), "a seed belongs to a lesson"),
        (json.dumps(progress("x", [{**lesson(["1"]), "seed": -1}])), "/items/0/seed"),
        (json.dumps(progress("x", [item(0, [5])])), "/items/0/attempts"),
        (json.dumps(progress("x", [lesson(["1"], "nowhere")])), "no scene nowhere"),
        (json.dumps(progress("x", [{**item(0, []), "exercise": {**PLACE, "level": 9}}])), "level"),
        (json.dumps(progress("x", [{**item(0, []), "question": {"kind": "sum", "step": 0}}])),
         "At /items/0: "),
        ("[" * 100_000, "no JSON"),
    ],
)  # fmt: skip
def test_what_cannot_be_graded_is_named_and_the_rest_graded(
    tmp_path: Path, content: str, said: str
) -> None:
    (tmp_path / "bad.json").write_text(content, encoding="utf-8")
    (tmp_path / "good.json").write_text(json.dumps(progress("Ana", [])), encoding="utf-8")
    done = grade(tmp_path, "bad.json", "none.json", "good.json", "--separator", ";")
    assert done.returncode == 1
    first, second, last = done.stderr.splitlines()
    assert first.startswith("bad.json: ") and said in first
    assert second.startswith("none.json: ") and "no proof" in last
    assert done.stdout.splitlines()[1].startswith("good.json;Ana;0;")


def test_the_help_says_what_it_is_no_proof_of(tmp_path: Path) -> None:
    assert "no proof against cheating" in " ".join(grade(tmp_path, "--help").stdout.split())
