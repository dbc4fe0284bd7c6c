from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest

from app.details import roles
from app.graph_models import GraphAnswer, GraphRequest
from tests.app.client import SITE, Client, strict

CASES = json.loads((Path(__file__).parents[1] / "data" / "api_cases.json").read_text())
CHAIN = "s1 = x1 * w1; a1 = sigmoid(s1); s2 = a1 * w2; a2 = sigmoid(s2); L = half_mse(a2, y)"
CHAIN_VALUES = {"x1": 1, "w1": -0.5, "w2": 0.5, "y": 1}
CHAIN_REQUEST = {
    "constants": ["x1", "y"],
    "update": {"learning_rate": 0.1, "parameters": ["w2", "w1"]},
    "labels": {"w1": "w^{(1)}", "x1": "X_1"},
}


def close(got: Any, wanted: Any) -> bool:
    if isinstance(wanted, list):
        return len(got) == len(wanted) and all(map(close, got, wanted))
    return math.isclose(got, wanted, rel_tol=1e-9, abs_tol=1e-12)


def by_id(answer: dict[str, Any]) -> dict[str, Any]:
    return {node["id"]: node for node in answer["nodes"]}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["program"][:30])
def test_values_and_gradients_agree_with_an_independent_framework(
    client: Client, case: dict[str, Any]
) -> None:
    answer = client.graph(case["program"], case["values"])
    nodes = by_id(answer)
    assert close(answer["value"], case["value"])
    for leaf, grad in case["grads"].items():
        assert close(nodes[leaf]["grad"], grad)
    for name, wanted in case["named"].items():
        assert close(nodes[name]["value"], wanted["value"])
        assert close(nodes[name]["grad"], wanted["grad"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["program"][:30])
def test_contributions_add_up_to_the_gradient(client: Client, case: dict[str, Any]) -> None:
    answer = client.graph(case["program"], case["values"])
    for node in answer["nodes"]:
        parts = [
            answer_edge(answer, step)["contribution"]
            for step in answer["steps"]
            if step["phase"] == "backward" and step.get("source") == node["id"]
        ]
        if parts and isinstance(parts[0], float):
            assert sum(parts) == node["grad"]


def test_running_totals_end_at_the_gradient(client: Client) -> None:
    answer = client.graph("q = x * x; f = q + x", {"x": 3})
    totals = [step["total"] for step in answer["steps"] if step.get("source") == "x"]
    assert totals == [1.0, 4.0, 7.0]
    assert by_id(answer)["x"]["grad"] == 7.0


def answer_edge(answer: dict[str, Any], step: dict[str, Any]) -> dict[str, Any]:
    place = (step["source"], step["node"], step["slot"])
    found = [e for e in answer["edges"] if (e["source"], e["target"], e["slot"]) == place]
    assert len(found) == 1
    edge: dict[str, Any] = found[0]
    return edge


def test_the_chain_of_the_lecture_takes_fourteen_steps(client: Client) -> None:
    answer = client.graph(CHAIN, CHAIN_VALUES, **CHAIN_REQUEST)
    phases = [step["phase"] for step in answer["steps"]]
    assert phases == ["forward"] * 4 + ["loss"] + ["backward"] * 7 + ["update"] * 2
    assert [step["index"] for step in answer["steps"]] == list(range(14))
    assert "source" not in answer["steps"][5]
    assert [update["parameter"] for update in answer["updates"]] == ["w2", "w1"]
    for update in answer["updates"]:
        assert update["new"] == update["old"] + update["change"]
        assert update["change"] == -0.1 * update["gradient"]


def test_kinds_follow_what_the_request_says(client: Client) -> None:
    kinds = {
        node["id"]: node["kind"]
        for node in client.graph(CHAIN, CHAIN_VALUES, **CHAIN_REQUEST)["nodes"]
    }
    assert kinds == {
        "x1": "constant", "w1": "parameter", "s1": "intermediate", "a1": "intermediate",
        "w2": "parameter", "s2": "intermediate", "a2": "intermediate", "y": "target",
        "L": "output",
    }  # fmt: skip


def test_a_leaf_used_elsewhere_than_as_target_is_no_target() -> None:
    import engine

    asked = GraphRequest(program="L = half_mse(a + y, y)")
    assert roles(asked, engine.parse(asked.program))["y"] == "input"


def test_constants_have_no_gradient_and_their_edges_no_contribution(client: Client) -> None:
    answer = client.graph(CHAIN, CHAIN_VALUES, **CHAIN_REQUEST)
    assert by_id(answer)["x1"]["grad"] is None
    into = [edge for edge in answer["edges"] if edge["source"] == "x1"]
    assert [edge["contribution"] for edge in into] == [None]
    assert not [step for step in answer["steps"] if step.get("source") == "x1"]


def test_labels_are_latex_and_plain_text(client: Client) -> None:
    node = by_id(client.graph(CHAIN, CHAIN_VALUES, **CHAIN_REQUEST))["w1"]
    assert (node["latex"], node["label"]) == ("w^{(1)}", "w⁽¹⁾")


def test_every_answer_has_the_documented_shape(client: Client) -> None:
    for more in ({}, {"explain": "en"}, {"explain": "pt-BR", "check": True, **CHAIN_REQUEST}):
        GraphAnswer.model_validate(client.graph(CHAIN, CHAIN_VALUES, **more))


def test_x_times_x_has_two_edges(client: Client) -> None:
    answer = client.graph("f = x * x", {"x": 3})
    assert [(e["source"], e["slot"]) for e in answer["edges"]] == [("x", 0), ("x", 1)]
    assert by_id(answer)["x"]["grad"] == 6


def test_what_is_not_finite_is_a_word(client: Client) -> None:
    answer = client.graph("f = log(x) + 0 * y", {"x": 0, "y": 1})
    assert answer["value"] == "-Infinity"
    assert by_id(answer)["x"]["grad"] == "Infinity"
    assert answer["notices"]
    assert client.graph("f = x - x * 1", {"x": 1.0})["value"] == 0
    assert client.graph("a = log(x); f = a - a", {"x": 0})["value"] == "NaN"


def test_an_output_that_is_no_number_has_no_gradients_but_a_notice(client: Client) -> None:
    answer = client.graph("f = 2 * x", {"x": [1, 2]})
    assert answer["value"] == [2, 4]
    assert all(node["grad"] is None for node in answer["nodes"])
    assert any("sum" in notice for notice in answer["notices"])


def test_a_large_tensor_is_a_summary(client: Client) -> None:
    row = list(range(1001))
    nodes = by_id(client.graph("f = sum(x)", {"x": row}))
    assert nodes["x"]["value"] is None
    assert nodes["x"]["grad"] is None
    assert nodes["x"]["shape"] == [1001]
    assert nodes["x"]["summary"] == {
        "min": 0.0, "max": 1000.0, "mean": 500.0, "finite": True,
        "norm": pytest.approx(math.sqrt(sum(i * i for i in row))),
    }  # fmt: skip
    assert by_id(client.graph("f = sum(x)", {"x": row[:1000]}))["x"]["summary"] is None


def test_a_check_compares_with_finite_differences(client: Client) -> None:
    check = client.graph(CHAIN, CHAIN_VALUES, check=True)["check"]
    assert set(check) == set(CHAIN_VALUES)
    assert all(row["max_relative_error"] < 1e-6 for row in check.values())
    assert client.graph(CHAIN, CHAIN_VALUES)["check"] is None


def test_a_nudge_measures_the_slope(client: Client) -> None:
    nudge = client.graph("f = x * x", {"x": 3}, nudge={"node": "x", "h": 0.5})["nudge"]
    assert nudge == {
        "node": "x", "h": 0.5, "minus": 6.25, "plus": 12.25, "slope": 6.0, "gradient": 6.0,
        "kink": False,
    }  # fmt: skip


def elements(answer: dict[str, Any], key: str) -> dict[str, Any]:
    """Return every element of every node by its id in the detail scalar."""
    found = {}
    for node in answer["nodes"]:
        for place in np.ndindex(tuple(node["shape"])):
            value = node[key]
            for i in place:
                value = None if value is None else value[i]
            index = ",".join(map(str, place))
            found[f"{node['id']}[{index}]" if place else node["id"]] = value
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["program"][:30])
def test_scalar_detail_agrees_with_tensor_element_by_element(
    client: Client, case: dict[str, Any]
) -> None:
    tensor = client.graph(case["program"], case["values"])
    scalar = client.graph(case["program"], case["values"], detail="scalar", explain="en")
    nodes = by_id(scalar)
    assert not any(node["shape"] for node in scalar["nodes"])
    assert {edge["local_kind"] for edge in scalar["edges"]} <= {"elementwise"}
    for key in ("value", "grad"):
        for name, wanted in elements(tensor, key).items():
            if wanted is not None:
                assert nodes[name][key] == pytest.approx(wanted, rel=1e-11, abs=1e-14)
    seen: set[str] = set()
    for node in scalar["nodes"]:
        assert set(node["args"]) <= seen
        seen.add(node["id"])
    assert (scalar["value"], scalar["output"]) == (tensor["value"], tensor["output"])
    GraphAnswer.model_validate(scalar)


MATRICES: dict[str, Any] = {
    "program": "s1 = x @ W1; a1 = sigmoid(s1); L = half_mse(a1, y)",
    "values": {"x": [[1, 2]], "W1": [[0.1, 0.2], [0.3, -0.4]], "y": [[1, 0]]},
    "constants": ["x", "y"],
    "update": {"learning_rate": 0.1, "parameters": ["W1"]},
    "labels": {"W1": "W^{(1)}"},
}


def test_scalar_detail_has_roles_labels_updates_and_checks_by_element(client: Client) -> None:
    answer = client.graph(**MATRICES, detail="scalar", explain="pt-BR", check=True)
    nodes = by_id(answer)
    first = nodes["W1[0,1]"]
    assert (first["latex"], first["label"]) == ("w^{(1)}_{1,2}", "w⁽¹⁾₁,₂")
    assert first["element"] == {"node": "W1", "index": [0, 1]}
    assert (first["kind"], nodes["x[0,1]"]["kind"]) == ("parameter", "constant")
    assert (nodes["y[0,0]"]["kind"], nodes["L"]["kind"]) == ("target", "output")
    assert nodes["s1[0,1]"]["op"] == "total"
    assert nodes["x[0,0]"]["grad"] is None
    assert [update["parameter"] for update in answer["updates"]] == [
        "W1[0,0]", "W1[0,1]", "W1[1,0]", "W1[1,1]",
    ]  # fmt: skip
    assert set(answer["check"]) == {update["parameter"] for update in answer["updates"]}
    assert all(row["max_relative_error"] < 1e-6 for row in answer["check"].values())
    phases = [step["phase"] for step in answer["steps"]]
    assert phases.count("loss") == 1
    assert [step["node"] for step in answer["steps"] if step["phase"] == "loss"] == ["L"]
    assert phases.count("update") == 4
    whole = by_id(client.graph(**MATRICES))
    assert first["grad"] == pytest.approx(whole["W1"]["grad"][0][1], rel=1e-12)


def test_a_node_is_taken_apart_inside_the_graph(client: Client) -> None:
    answer = client.graph(**MATRICES, expand=["s1[0,1]"], explain="en")
    nodes, whole = by_id(answer), by_id(client.graph(**MATRICES))
    for name in whole:
        assert nodes[name]["value"] == whole[name]["value"]
        if whole[name]["grad"] is not None:
            np.testing.assert_allclose(nodes[name]["grad"], whole[name]["grad"], 1e-12)
    assert nodes["s1[0,1]"]["op"] == "total"
    assert nodes["W1[1,1]"]["op"] == "index"
    assert nodes["s1"]["op"] == "put"
    assert nodes["W1"]["kind"] == "parameter"
    assert nodes["W1[1,1]"]["kind"] == "intermediate"
    GraphAnswer.model_validate(answer)
    assert answer["updates"][0]["parameter"] == "W1"


def test_scalar_detail_of_an_output_that_is_no_number(client: Client) -> None:
    answer = client.graph("f = 2 * x", {"x": [1, 2]}, detail="scalar")
    assert answer["value"] == [2, 4]
    assert [node["value"] for node in answer["nodes"] if node["kind"] == "output"] == [2, 4]
    assert all(node["grad"] is None for node in answer["nodes"])
    assert any("sum" in notice for notice in answer["notices"])


def test_a_nudge_may_name_an_element_or_its_array(client: Client) -> None:
    asked = {**MATRICES, "detail": "scalar"}
    one = client.graph(**asked, nudge={"node": "W1[1,0]", "h": 0.01})["nudge"]
    two = client.graph(**asked, nudge={"node": "W1", "h": 0.01, "index": [1, 0]})["nudge"]
    assert one["gradient"] == pytest.approx(two["gradient"])
    assert one["slope"] == pytest.approx(two["slope"])


def test_too_many_elements_are_refused_with_the_limit(client: Client) -> None:
    many = [[1.0] * 101] * 100
    body = {"program": "sum(x)", "values": {"x": many}, "detail": "scalar"}
    found = client.problem("/graphs", body, 422)
    assert found["limit"]["name"] == "nodes"
    assert found["pointer"] == "/detail"
    assert found["detail"].endswith("accepted.")


def test_what_cannot_be_expanded_is_refused(client: Client) -> None:
    body = {**MATRICES, "expand": ["a1", "q[0]"]}
    assert client.problem("/graphs", body, 422)["pointer"] == "/expand/1"


def test_scalar_detail_is_the_same_for_a_graph_of_numbers(client: Client) -> None:
    tensor = client.graph(CHAIN, CHAIN_VALUES)
    scalar = client.graph(CHAIN, CHAIN_VALUES, detail="scalar")
    assert scalar["nodes"] == tensor["nodes"]


@pytest.mark.parametrize("language", ["en", "pt-BR"])
def test_explained_steps_have_sentences_and_formulas(client: Client, language: str) -> None:
    answer = client.graph(CHAIN, CHAIN_VALUES, explain=language, **CHAIN_REQUEST)
    for step in answer["steps"]:
        assert step["text"].strip()
        assert "{" not in step["text"]
        assert step["latex"]
        assert {line["name"] for line in step["lines"]} <= {
            "rule", "local", "product", "total", "numbers", "result",
        }  # fmt: skip
    assert (answer["paths"]["w1"]["more"], answer["paths"]["w1"]["ways"]) == (False, 1)


def test_the_chain_rule_of_a_pair(client: Client) -> None:
    answer = client.graph(CHAIN, CHAIN_VALUES, chain={"node": "w1"}, explain="en")
    chain = answer["chain"]
    assert (chain["top"], chain["node"], chain["ways"], chain["more"]) == ("L", "w1", 1, False)
    assert (
        chain["total"] == by_id(answer)["w1"]["grad"] == pytest.approx(chain["paths"][0]["product"])
    )
    assert len(chain["paths"][0]["factors"]) == 5
    assert [line["name"] for line in chain["lines"]] == ["rule", "local", "numbers"]
    assert "«" not in json.dumps(chain)
    inner = client.graph(CHAIN, CHAIN_VALUES, chain={"node": "s2", "top": "a2"})["chain"]
    assert inner["total"] == pytest.approx(0.2477, rel=1e-3)
    body = {"program": CHAIN, "values": CHAIN_VALUES, "chain": {"node": "q"}}
    assert client.problem("/graphs", body, 422)["pointer"] == "/chain/node"
    GraphAnswer.model_validate(answer)


@pytest.mark.parametrize("language", ["en", "pt-BR"])
def test_forward_mode_carries_tangents(client: Client, language: str) -> None:
    asked = {"mode": "forward", "tangent": {"w1": 1.0}, "explain": language}
    answer = client.graph(CHAIN, CHAIN_VALUES, **asked, **CHAIN_REQUEST)
    assert answer["tangents"]["L"] == pytest.approx(by_id(answer)["w1"]["grad"], rel=1e-14)
    assert answer["tangents"]["w2"] == 0
    phases = [step["phase"] for step in answer["steps"]]
    assert phases == ["forward"] * 4 + ["loss"] + ["tangent"] * 6
    assert [step["index"] for step in answer["steps"]] == list(range(11))
    moving = [step for step in answer["steps"] if step["phase"] == "tangent"]
    assert (moving[0]["node"], "source" in moving[0]) == ("w1", False)
    for step in moving[1:]:
        assert step["contribution"] == step["local"] * answer["tangents"][step["source"]]
        assert "w⁽¹⁾" in moving[0]["text"]
        assert "{" not in step["text"]
        assert "«" not in step["latex"]
    assert answer["costs"]["inputs"] == 2
    assert answer["costs"]["reverse_steps"] == 6
    GraphAnswer.model_validate(answer)


def test_tangents_of_elements_are_those_of_arrays(client: Client) -> None:
    asked: dict[str, Any] = {"tangent": {"W1": [[1, 2], [3, 4]]}}
    whole = client.graph(**MATRICES, **asked)
    single = client.graph(**MATRICES, **asked, detail="scalar", mode="forward")
    assert single["tangents"]["L"] == pytest.approx(whole["tangents"]["L"], rel=1e-12)
    assert single["tangents"]["a1[0,1]"] == pytest.approx(whole["tangents"]["a1"][0][1])
    assert whole["steps"][-1]["phase"] == "update"
    body = {**MATRICES, "tangent": {"W1": 1}}
    assert client.problem("/graphs", body, 422)["pointer"] == "/tangent/W1"
    assert "tangents" not in client.graph(**MATRICES)


def test_a_rule_shows_the_factors_of_its_product(client: Client) -> None:
    answer = client.graph(**MATRICES)
    edge = next(edge for edge in answer["edges"] if edge["source"] == "W1")
    first, second = edge["factors"]
    assert (first["latex"], first["shape"]) == (r"{x}^{\top}", [2, 1])
    assert (first["role"], second["role"]) == ("argument", "upstream")
    np.testing.assert_allclose(
        np.array(first["value"]) @ np.array(second["value"]), edge["contribution"]
    )
    assert {edge["source"]: edge["factors"] for edge in answer["edges"]}["s1"] is None
    GraphAnswer.model_validate(answer)


LONG: dict[str, Any] = {
    "program": "; ".join(["a0 = x * w", *(f"a{i} = a{i - 1} * w" for i in range(1, 40))]),
    "values": {"x": 2, "w": 0.5},
    "explain": "en",
}


@pytest.mark.parametrize(("start", "first"), [(0, 0), (50, 50), (10_000, 109)])
def test_of_a_long_pass_some_steps_are_told(client: Client, start: int, first: int) -> None:
    whole = client.graph(**LONG)
    told = {"start": start, "count": 12}
    part = client.graph(**LONG, told=told)
    window = range(first, first + 12)
    said = [step["index"] for step in part["steps"] if "text" in step]
    assert (len(whole["steps"]), said) == (121, list(window))
    assert "paths" in whole
    assert "paths" not in part
    wanted = [whole["steps"][index] for index in window]
    assert [part["steps"][index] for index in window] == wanted
    GraphAnswer.model_validate(part)
    found = client.post("/graphs/steps", {**LONG, "told": told}).json()
    assert found == {"start": first, "of": 121, "steps": wanted}


def test_a_short_pass_is_told_whole(client: Client) -> None:
    told = {"start": 30, "count": 200}
    assert client.graph(**LONG, told=told) == client.graph(**LONG)
    numbers = {**LONG["values"], "w": 0.25}
    again = client.graph(**{**LONG, "values": numbers}, told={"start": 3, "count": 5})
    assert [step["index"] for step in again["steps"] if "text" in step] == [3, 4, 5, 6, 7]
    spare = client.graph(**{**LONG, "values": numbers}, told={"start": 4, "count": 5})
    assert [step["index"] for step in spare["steps"] if "text" in step] == [4, 5, 6, 7, 8]


@pytest.mark.parametrize("told", [{"start": -1}, {"count": 0}, {"count": 1001}, {"from": 1}])
def test_steps_to_be_told_are_numbers_of_steps(client: Client, told: dict[str, int]) -> None:
    found = client.problem("/graphs", {**LONG, "told": told}, 422)
    assert found["pointer"].startswith("/told/")


def test_steps_are_not_explained_unless_asked(client: Client) -> None:
    answer = client.graph(CHAIN, CHAIN_VALUES)
    assert "paths" not in answer
    assert not any({"text", "latex", "lines"} & set(step) for step in answer["steps"])


def test_the_link_to_the_page_carries_the_whole_state(client: Client) -> None:
    answer = client.graph(CHAIN, CHAIN_VALUES, explain="pt-BR", **CHAIN_REQUEST)
    link = urlsplit(answer["links"]["page"])
    assert f"{link.scheme}://{link.netloc}" == SITE
    assert link.path == "/lab"
    state = {key: value for key, [value] in parse_qs(link.query, strict_parsing=True).items()}
    assert state["program"] == CHAIN
    assert json.loads(state["values"]) == CHAIN_VALUES
    assert json.loads(state["labels"]) == CHAIN_REQUEST["labels"]
    assert (state["constants"], state["rate"], state["update"]) == ("x1,y", "0.1", "w2,w1")
    assert state["lang"] == "pt-BR"
    page = client.get(f"{link.path}?{link.query}")
    assert page.status_code == 200
    assert '<html lang="pt-BR">' in page.text


def test_the_link_carries_the_detail(client: Client) -> None:
    def state(**asked: Any) -> dict[str, list[str]]:
        return parse_qs(urlsplit(client.graph(**MATRICES, **asked)["links"]["page"]).query)

    assert state(detail="scalar")["detail"] == ["scalar"]
    assert json.loads(state(expand=["s1[0,1]", "a1"])["expand"][0]) == ["s1[0,1]", "a1"]
    assert not {"detail", "expand"} & set(state())


def test_only_what_is_given_stands_in_the_link(client: Client) -> None:
    link = client.graph("f = x * 2", {"x": 1})["links"]["page"]
    assert set(parse_qs(urlsplit(link).query)) == {"program", "values"}


def test_names_may_be_greek(client: Client) -> None:
    answer = client.graph("f = σ(θ)", {"θ": 0})
    assert answer["value"] == 0.5


def test_programs_tell_their_leaves(client: Client) -> None:
    answer = client.post("/programs", {"program": "b = 2\nf = w * x + b"})
    assert answer.status_code == 200
    assert strict(answer) == {
        "leaves": [
            {"name": "b", "default": 2.0},
            {"name": "w", "default": None},
            {"name": "x", "default": None},
        ],
        "error": None,
    }


def test_a_wrong_program_is_answered_with_its_error(client: Client) -> None:
    answer = client.post("/programs", {"program": "f = (x +"})
    assert answer.status_code == 200
    body = strict(answer)
    assert body["leaves"] == []
    assert body["error"]["status"] == 422
    assert body["error"]["position"]["line"] == 1


@pytest.mark.parametrize("told", [None, {"start": 3, "count": 4}])
@pytest.mark.parametrize("mode", ["forward", "reverse"])
def test_the_steps_of_tangents_are_those_of_the_whole_answer(
    client: Client, mode: str, told: dict[str, int] | None
) -> None:
    body = {
        "program": "s = x * w; a = sigmoid(s); f = a * w", "values": {"x": 1, "w": 2},
        "tangent": {"w": 1}, "mode": mode, "explain": "en",
    }  # fmt: skip
    whole = client.post("/graphs", body).json()["steps"]
    found = client.post("/graphs/steps", {**body, "told": told}).json()
    start, count = (0, len(whole)) if told is None else (told["start"], told["count"])
    assert (found["start"], found["of"]) == (start, len(whole))
    assert found["steps"] == whole[start : start + count]
    problem = client.post("/graphs/steps", {**body, "tangent": {"z": {}}})
    assert (problem.status_code, problem.json()["pointer"]) == (422, "/tangent/z")
