"""Sentences are the texts that they are, and remember how they were made."""

from __future__ import annotations

import copy
import pickle
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import orjson
import pytest

import engine
from engine.errors import EngineError, LimitError
from engine.sentence import Sentence, alternatives, say, together


def test_a_sentence_is_its_english_text() -> None:
    sentence = say("The table has {rows:,} rows; at most {most} are accepted.", rows=2000, most=10)
    assert sentence == "The table has 2,000 rows; at most 10 are accepted."
    assert f"{sentence}" == str(sentence) == sentence
    assert orjson.loads(orjson.dumps([sentence])) == [str(sentence)]
    assert sentence.template == "The table has {rows:,} rows; at most {most} are accepted."
    assert sentence.parameters == {"rows": 2000, "most": 10}


def test_braces_of_a_parameter_are_no_holes() -> None:
    sentence = say("There is no node {node}.", node="{node} {0} {")
    assert sentence == "There is no node {node} {0} {."
    assert say("{what}", what=sentence) == sentence


def test_lists_are_joined_and_kept() -> None:
    names = ["a", "b"]
    sentence = say("Accepted are {names}.", names=names)
    names.append("c")
    assert sentence == "Accepted are a, b."
    assert sentence.parameters["names"] == ("a", "b")
    assert say("Accepted are {names}.", names={"x": 1, "y": 2}) == "Accepted are x, y."


@pytest.mark.parametrize(
    ("words", "either", "both"),
    [
        (["a"], "a", "a"),
        (["a", "b"], "a or b", "a and b"),
        (list("abc"), "a, b or c", "a, b and c"),
    ],
)
def test_words_are_joined_as_one_speaks(words: str, either: str, both: str) -> None:
    assert alternatives(list(words)) == either
    assert together(list(words)) == both


def test_a_hole_without_a_parameter_is_a_slip_of_the_code() -> None:
    with pytest.raises(KeyError):
        say("There is no node {node}.", name="q")


NESTED = say("{what} is wrong.", what=say("The value {name}", name="x"))


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy,
                                   lambda one: pickle.loads(pickle.dumps(one))])  # fmt: skip
def test_copies_keep_template_and_parameters(again: object) -> None:
    assert callable(again)
    other = again(NESTED)
    assert other == NESTED
    assert other.template == NESTED.template
    assert isinstance(other.parameters["what"], Sentence)
    assert other.parameters["what"].template == "The value {name}"


def refused(program: str) -> EngineError | None:
    try:
        engine.parse(program)
    except EngineError as error:
        return error
    return None


def test_an_error_crosses_into_another_process_whole() -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        error = pool.submit(refused, "f = nosuch(x)").result()
    here = refused("f = nosuch(x)")
    assert error is not None and here is not None
    assert type(error) is type(here)
    assert isinstance(error.message, Sentence)
    assert error.message.template == here.message.template
    assert error.message.parameters == here.message.parameters
    assert error.position == here.position


def test_a_limit_crosses_with_what_it_is_about() -> None:
    what = say("The number of nodes is")
    message = say("{what} {got:,}, and at most {most:,} are accepted.", what=what, got=2, most=1)
    error = pickle.loads(pickle.dumps(LimitError(message)))
    assert isinstance(error.message.parameters["what"], Sentence)
