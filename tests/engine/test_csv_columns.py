"""Columns of a table become x and y: numbers, one column of bits, or one-hot rows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine.csv_cells import CellProblem
from engine.csv_columns import MOST_CLASSES, choose
from engine.csv_table import read
from engine.errors import EngineError, LimitError, ShapeError, ValueProblem

TABLE = read(b"a,b,kind,grade\n1,10,z,2\n2,20,y,10\n3,30,x,2\n4,40,x,1\n")


def test_columns_are_chosen_by_name_or_index() -> None:
    found, scaling = choose(TABLE, ["b", 0], ["grade"])
    assert found.x.tolist() == [[10, 1], [20, 2], [30, 3], [40, 4]]
    assert found.y.tolist() == [[2], [10], [2], [1]]
    assert (found.features, found.targets, found.classes) == (("b", "a"), ("grade",), None)
    assert scaling is None
    assert not found.x.flags.writeable


def test_text_is_a_class_and_more_than_two_are_one_hot() -> None:
    found = choose(TABLE, ["a"], ["kind"]).data
    assert found.classes == found.targets == ("x", "y", "z")
    assert found.y.tolist() == [[0, 0, 1], [0, 1, 0], [1, 0, 0], [1, 0, 0]]


def test_numbers_are_classes_on_request_in_their_own_order() -> None:
    found = choose(TABLE, ["a"], ["grade"], classes=True).data
    assert found.classes == ("1", "2", "10")
    assert found.y.tolist() == [[0, 1, 0], [0, 0, 1], [0, 1, 0], [1, 0, 0]]


def test_a_few_numbers_among_names_are_names() -> None:
    found = choose(read(b"a,k\n1,7b\n2,8\n3,9c\n"), ["a"], ["k"]).data
    assert found.classes == ("7b", "8", "9c")


def test_two_classes_are_one_column_of_bits() -> None:
    found = choose(read(b"a,k\n1,no\n2,yes\n3,no\n"), ["a"], ["k"]).data
    assert found.classes == ("no", "yes")
    assert found.targets == ("yes",)
    assert found.y.tolist() == [[0], [1], [0]]


def test_several_columns_of_y_are_numbers() -> None:
    assert choose(TABLE, ["a"], ["b", "grade"]).data.y.shape == (4, 2)


def test_standardised_columns_remember_their_scale() -> None:
    found, scaling = choose(TABLE, ["a", "b"], ["grade"], standardise=True)
    assert scaling is not None
    np.testing.assert_allclose(found.x.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(found.x.std(axis=0), 1)
    np.testing.assert_allclose(scaling.undo(found.x), [[1, 10], [2, 20], [3, 30], [4, 40]])
    assert found.y.tolist() == [[2], [10], [2], [1]]


def test_numbers_at_the_limit_are_standardised_without_a_warning() -> None:
    found = choose(read(b"a,b\n-1e100,1\n1e100,2\n"), ["a"], ["b"], standardise=True).data
    assert found.x.tolist() == [[-1], [1]]


@pytest.mark.parametrize(
    ("x", "y", "classes", "pointer"),
    [
        ([], ["b"], None, "/data/x"),
        ("a", ["b"], None, "/data/x"),
        (["a"], [], None, "/data/y"),
        (["a", "c"], ["b"], None, "/data/x/1"),
        (["a", 4], ["b"], None, "/data/x/1"),
        ([-1], ["b"], None, "/data/x/0"),
        ([True], ["b"], None, "/data/x/0"),
        ([0.0], ["b"], None, "/data/x/0"),
        (["a", 0], ["b"], None, "/data/x/1"),
        (["a"], ["b", "a"], None, "/data/y/1"),
        (["a"], ["b", "kind"], True, "/data/y"),
    ],
)
def test_a_wrong_choice_is_said_in_a_sentence_with_its_place(
    x: Any, y: Any, classes: bool | None, pointer: str
) -> None:
    with pytest.raises(ValueProblem) as caught:
        choose(TABLE, x, y, classes)
    assert caught.value.pointer == pointer
    assert caught.value.message.endswith(".")


@pytest.mark.parametrize(
    ("text", "classes", "row"),
    [
        (b"a,k\n1,p\n2,\n", None, 3),
        (b"a,k\nq,1\n2,3\n", None, 2),
        (b"a,k\n1,p\n2,q\n", False, 2),
        (b"a,k\n1,1.5\n2,l.5\n3,2\n", None, 3),
        (b"a,k\n1,1.5\n2,\n", None, 3),
    ],
)
def test_a_wrong_cell_is_said_with_its_row(text: bytes, classes: bool | None, row: int) -> None:
    with pytest.raises(CellProblem) as caught:
        choose(read(text), ["a"], ["k"], classes)
    assert caught.value.row == row
    assert caught.value.message.startswith(f"Row {row}, column ")


@pytest.mark.parametrize(
    ("count", "kind"), [(1, ShapeError), (MOST_CLASSES, None), (MOST_CLASSES + 1, LimitError)]
)
def test_classes_are_two_to_a_limit(count: int, kind: type[EngineError] | None) -> None:
    rows = "".join(f"{i},c{i % count}\n" for i in range(40))
    table = read(f"a,k\n{rows}".encode())
    if kind is None:
        assert choose(table, ["a"], ["k"]).data.y.shape == (40, count)
        return
    with pytest.raises(kind) as caught:
        choose(table, ["a"], ["k"])
    assert caught.value.pointer == "/data/y"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("n" * 101, "101 characters; at most 100"),
        ("e" + "\u0301" * 10_000, "10,001 characters"),
        ("a\u202eb", "U+202E"),
        ("a\u200bb", "U+200B"),
        ("a\u061cb", "U+061C"),
        ("a\x1b[2Jb", "U+001B"),
        ("\U000e0041b", "U+E0041"),
    ],
)
def test_names_are_short_and_visible(name: str, words: str) -> None:
    with pytest.raises(CellProblem, match="Row 1, column 2 is a name") as column:
        read(f"a,{name}\n1,2\n".encode())
    table = read(f"a,k\n1,p\n2,{name}\n".encode())
    with pytest.raises(CellProblem, match=r"Row 3, column 2 \(k\) is a name") as cell:
        choose(table, ["a"], ["k"])
    for caught, row in ((column, 1), (cell, 3)):
        assert words in caught.value.message
        assert (caught.value.row, caught.value.column) == (row, 2)


def test_names_may_be_long_words_in_any_script_and_broken_lines() -> None:
    table = read('a,"comprimento da\r\n pétala (cm)"\n1,2\n3,4\n'.encode())
    assert table.names == ("a", "comprimento da pétala (cm)")
    assert read(f"a,{'名' * 100}\n1,2\n".encode()).names[1] == "名" * 100
