from __future__ import annotations

import pytest

import engine
from app.catalogues import LANGUAGES, catalogue
from app.explain import Explainer, keys

CHAIN = "s1 = x1 * w1; a1 = sigmoid(s1); L = half_mse(a1, y)"
VALUES = {"x1": 1, "w1": -0.5, "y": 1}


def explained(language: str, program: str = CHAIN, **values: object) -> list[str]:
    update = engine.Descent(0.1, ("w1",)) if "w1" in program else None
    run = engine.evaluate(engine.parse(program), values or VALUES, update=update)
    explainer = Explainer(run, {"w1": "w^{(1)}"}, language)
    return [explainer.step(index)["text"] for index in range(len(run.steps))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_call_the_nodes_by_their_labels(language: str) -> None:
    assert any("w⁽¹⁾" in text for text in explained(language))
    assert not any("{" in text or "\\" in text for text in explained(language))


def test_the_languages_say_different_things() -> None:
    english, portuguese = (explained(language) for language in LANGUAGES)
    assert all(a != b for a, b in zip(english, portuguese, strict=True))


def test_a_slot_has_its_own_sentence_where_the_catalogue_has_one() -> None:
    run = engine.evaluate(engine.parse("f = a / b"), {"a": 1, "b": 2})
    wanted = [keys(run, step)[0] for step in run.steps if step.source]
    assert wanted == ["step.backward.div.0", "step.backward.div.1"]
    texts = catalogue("en")
    assert explained("en", "f = a / b", a=1, b=2)[2] == texts["step.backward.div.0"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_operation_can_be_explained(language: str) -> None:
    texts = catalogue(language)
    for fallback in ("step.forward", "step.loss", "step.backward", "step.seed", "step.update"):
        assert fallback in texts
