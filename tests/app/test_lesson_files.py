"""Lessons and step sentences say the same in both languages, and point at things that exist."""

import json
import re
import tomllib
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

import engine

APP = Path(__file__).parents[2] / "app"
FILES = sorted((APP / "lessons").glob("*.toml"))
LANGUAGES = {"en", "pt-BR"}
NUMBER = re.compile(r"\d+(?:(?:\.|,|\{,\})\d+)*")
MATHEMATICS = re.compile(r"\$[^$]*\$")
WORDS_ON_THE_WALL = 70
NOTED = 40
OF_THE_LECTURE = 7
WIDGETS = {"iterations", "updates", "slides", "norms"}
VIEWS: dict[str, set[Any]] = {
    "reveal": {"beats", "whole"},
    "symbols": {True, False},
    "tab": {"ledger", "rules"},
}


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


LESSONS = {path.stem: read(path) for path in FILES}
GRAPHS = [
    pytest.param(graph, id=f"{stem}-{name}")
    for stem, lesson in LESSONS.items()
    for name, graph in lesson["graphs"].items()
]
SCENES = [
    pytest.param({**scene, "graph": lesson["graphs"][scene["graph"]]}, id=f"{stem}-{scene['id']}")
    for stem, lesson in LESSONS.items()
    for scene in lesson["scenes"]
]
BILINGUAL = [
    pytest.param(text, id=f"{stem}-{where}")
    for stem, lesson in LESSONS.items()
    for where, text in [
        *((key, lesson[key]) for key in ("title", "summary", "credit") if key in lesson),
        *(
            (f"{scene['id']}-{key}", scene[key])
            for scene in lesson["scenes"]
            for key in ("title", "text", "note", "notes")
            if key in scene
        ),
    ]
]
every_lesson = pytest.mark.parametrize("stem", LESSONS)
every_graph = pytest.mark.parametrize("graph", GRAPHS)
every_scene = pytest.mark.parametrize("scene", SCENES)
every_text = pytest.mark.parametrize("text", BILINGUAL)


def evaluated(graph: dict[str, Any]) -> Any:
    return engine.evaluate(
        engine.parse(graph["program"]), graph["values"], constants=graph.get("constants", ())
    )


def parameters(graph: dict[str, Any]) -> list[str]:
    return list(graph.get("update", {}).get("parameters", []))


def steps(graph: dict[str, Any]) -> int:
    return len(evaluated(graph).steps) + len(parameters(graph))


def shape(cells: Any) -> tuple[int, ...]:
    return (len(cells), *shape(cells[0])) if isinstance(cells, list) else ()


def numbers(text: str, mark: str) -> list[str]:
    return sorted(number.replace(mark, ".") for number in NUMBER.findall(text))


@every_lesson
def test_a_lesson_is_named_as_its_file(stem: str) -> None:
    number, slug = stem.split("-", 1)
    assert LESSONS[stem]["slug"] == slug
    assert LESSONS[stem]["order"] == int(number)


@every_lesson
def test_a_lesson_begins_with_a_graph_and_its_scenes_have_distinct_names(stem: str) -> None:
    scenes = LESSONS[stem]["scenes"]
    assert scenes[0]["graph"] in LESSONS[stem]["graphs"]
    assert len({scene["id"] for scene in scenes}) == len(scenes)


def test_the_credit_is_the_same_in_every_lesson_of_the_lecture_and_in_no_other() -> None:
    told = [json.dumps(lesson.get("credit")) for lesson in LESSONS.values()]
    assert len(set(told[:OF_THE_LECTURE])) == 1
    assert set(told[OF_THE_LECTURE:]) == {"null"}


@every_text
def test_a_text_is_there_in_both_languages(text: dict[str, str]) -> None:
    assert set(text) == LANGUAGES
    assert all(words.strip() for words in text.values())


@every_text
def test_both_languages_give_the_same_numbers_with_their_own_decimal_mark(
    text: dict[str, str],
) -> None:
    assert "{,}" not in text["en"]
    assert not re.search(r"\d\.\d", text["pt-BR"])
    assert not any("," in number for number in NUMBER.findall(MATHEMATICS.sub("", text["en"])))
    portuguese = text["pt-BR"].replace("{,}", ",")
    assert numbers(text["en"], ".") == numbers(portuguese, ",")


@every_text
def test_a_decimal_comma_inside_mathematics_is_wrapped(text: dict[str, str]) -> None:
    assert not any(re.search(r"\d,\d", piece) for piece in MATHEMATICS.findall(text["pt-BR"]))


@every_text
def test_markup_is_closed(text: dict[str, str]) -> None:
    for words in text.values():
        outside = MATHEMATICS.sub("", words)
        assert "$" not in outside
        assert "\\" not in outside
        assert outside.count("**") % 2 == 0


@every_scene
def test_a_scene_can_be_read_from_the_wall_and_asks(scene: dict[str, Any]) -> None:
    for words in scene["text"].values():
        assert len(words.split()) <= WORDS_ON_THE_WALL
        assert "?" in words


@every_scene
def test_a_scene_has_notes_for_the_lecturer(scene: dict[str, Any]) -> None:
    assert all(5 <= len(words.split()) <= NOTED for words in scene["notes"].values())


@every_graph
def test_labels_constants_and_parameters_name_nodes(graph: dict[str, Any]) -> None:
    run = evaluated(graph)
    names, leaves = set(run.values), set(graph["values"])
    assert set(graph.get("labels", {})) <= names
    assert set(graph.get("constants", [])) <= leaves
    assert set(parameters(graph)) <= leaves - set(graph.get("constants", []))


@every_scene
def test_a_range_lies_within_the_steps(scene: dict[str, Any]) -> None:
    assert 0 <= scene["from"] <= scene["to"] <= steps(scene["graph"])


@every_lesson
def test_the_scenes_of_a_lesson_reach_the_last_step_of_each_graph(stem: str) -> None:
    lesson = LESSONS[stem]
    for name, graph in lesson["graphs"].items():
        last = max(scene["to"] for scene in lesson["scenes"] if scene["graph"] == name)
        assert last == steps(graph)


@every_scene
def test_points_and_selections_name_nodes(scene: dict[str, Any]) -> None:
    graph = scene["graph"]
    assert set(scene.get("point", [])) <= set(evaluated(graph).values)
    assert scene["view"]["select"] in set(graph["values"]) - set(graph.get("constants", []))


@every_scene
def test_views_and_widgets_are_known(scene: dict[str, Any]) -> None:
    view = {key: value for key, value in scene["view"].items() if key != "select"}
    assert all(value in VIEWS[key] for key, value in view.items())
    assert scene.get("widget") in WIDGETS | {None}
    assert (scene.get("widget") == "slides") == ("slides" in scene) == ("note" in scene)
    assert scene.get("widget") != "updates" or parameters(scene["graph"])


@every_scene
def test_the_slides_numbers_have_the_shape_of_the_gradients(scene: dict[str, Any]) -> None:
    run = evaluated(scene["graph"])
    for node, cells in scene.get("slides", {}).items():
        assert shape(cells) == run.grads[node].shape


def test_no_gradient_reaches_the_weights_through_sign_and_some_does_through_sigmoid() -> None:
    graphs = LESSONS["03-sign-and-sigmoid"]["graphs"]
    sign, sigmoid = evaluated(graphs["sign"]), evaluated(graphs["sigmoid"])
    assert [float(sign.grads[weight]) for weight in ("w1", "w2")] == [0.0, 0.0]
    assert all(float(sigmoid.grads[weight]) < 0 for weight in ("w1", "w2"))


CATALOGUES = {
    language: json.loads((APP / "catalogues" / f"{language}.json").read_text(encoding="utf-8"))
    for language in sorted(LANGUAGES)
}
SENTENCES = sorted(key for key in CATALOGUES["en"] if key.startswith("step."))


def test_the_catalogues_have_the_same_keys_in_order() -> None:
    english, portuguese = (list(catalogue) for catalogue in CATALOGUES.values())
    assert english == portuguese == sorted(english)


@pytest.mark.parametrize("key", SENTENCES)
def test_a_step_is_told_in_one_short_sentence_without_numbers(key: str) -> None:
    for catalogue in CATALOGUES.values():
        sentence = catalogue[key]
        assert len(sentence) <= 140
        assert sentence.endswith(".") and sentence.count(".") == 1
        assert not re.search(r"\d", sentence)
        named = {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}
        assert named <= {"node", "source", "output"}
