"""Tables are read as spreadsheets write them, and refused with the row and the column."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.csv_cells import CellProblem
from engine.csv_table import CsvLimits, Table, read
from engine.errors import EngineError, LimitError, ValueProblem

FLOWERS = b"length,width,kind\n5.1,3.5,setosa\n6.2,2.9,virginica\n"


def test_a_table_with_a_header_is_read() -> None:
    table = read(FLOWERS)
    assert table.names == ("length", "width", "kind")
    assert table.cells == (("5.1", "3.5", "setosa"), ("6.2", "2.9", "virginica"))
    assert table.numbers == (2, 3)
    assert (table.delimiter, table.decimal, table.header) == (",", ".", True)
    assert table.number(1, 0) == 6.2
    assert [table.is_numeric(column) for column in range(3)] == [True, True, False]


@pytest.mark.parametrize(
    ("text", "delimiter", "decimal"),
    [
        ("a,b\n1.5,2\n", ",", "."),
        ("a;b\n1,5;2,5\n", ";", ","),
        ("a;b\n1.5;2.5\n", ";", "."),
        ("a\tb\n1,5\t2,5\n", "\t", ","),
        ('a,b\n"1,5","2,5"\n', ",", ","),
        ('a;b\n"x,y,z";2\n', ";", ","),
        ("a,b\n1,2\n", ",", "."),
        ('a, b\n1, "2,5"\n', ",", ","),
    ],
)
def test_delimiter_and_decimal_sign_are_detected(text: str, delimiter: str, decimal: str) -> None:
    table = read(text.encode())
    assert (table.delimiter, table.decimal) == (delimiter, decimal)
    assert len(table.names) == 2
    assert table.header


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("1,2\n3,4", False), ("a,b\n3,4", True), ("a,1\n3,4", False), ("5.1,x\n4.9,y", False),
        ("a,b\nc,d", False),
    ],
)  # fmt: skip
def test_a_header_is_a_first_row_without_numbers_above_some(text: str, header: bool) -> None:
    assert read(text.encode()).header == header


def test_what_is_given_is_not_detected() -> None:
    assert read(b"2019,2020\n1,2\n", header=True).names == ("2019", "2020")
    assert read(b"1,5\n2,5\n", delimiter=";", decimal=",").number(0, 0) == 1.5
    assert read(b"a,b\n1,2\n", header=False).names == ("column 1", "column 2")


def test_marks_line_ends_quotes_and_empty_rows_are_taken_as_spreadsheets_write_them() -> None:
    text = '\ufeffname,"x ""y"""\r\n\r\n"a, b", 1 \r\n,\r\n"two\r\nlines",2\r\n'
    table = read(text.encode())
    assert table.names == ("name", 'x "y"')
    assert table.cells == (("a, b", "1"), ("two\r\nlines", "2"))
    assert table.numbers == (3, 5)


@pytest.mark.parametrize(
    ("cell", "value"),
    [("1", 1.0), ("-1.5", -1.5), ("+.5", 0.5), ("2.", 2.0), ("1e3", 1000.0), ("-1.5E-3", -0.0015)],
)
def test_numbers_are_read_as_one_writes_them(cell: str, value: float) -> None:
    assert read(f"a\n{cell}\n".encode(), header=True).number(0, 0) == value


# What is wrong, with the row and the column that the error names.
WHOLE: list[tuple[bytes, dict[str, Any], int | None, int | None, str]] = [
    (b"", {}, None, None, "empty"),
    (b"\xef\xbb\xbf", {}, None, None, "empty"),
    (b"\n\n , \n", {}, None, None, "empty"),
    (b"a,b\n", {"header": True}, None, None, "no other row"),
    (b"a,b\n", {}, None, None, "no other row"),
    (b"a,b\n1,\xff\n", {}, 2, None, "0xFF"),
    ("a\nção\n".encode("latin-1"), {}, 2, None, "UTF-8"),
    ("a,b\n1,2".encode("utf-16"), {}, 1, None, "UTF-8"),
    (b"a,b\n1,2\x00\n", {}, 2, None, "zero byte"),
    (b"a,b\n1,2\n3\n", {}, 3, 2, "1 field"),
    (b"a,b\n1,2\n3,4,5\n", {}, 3, 3, "3 fields"),
    (b"a,b\n\n1,2\n3,4,5\n", {}, 4, 3, "row 1 has 2"),
    (b'a,b\n1,"2\n3,4\n', {}, 2, None, "never closed"),
    (b'a,b\n1,"2"3\n', {}, 2, None, "twice"),
    (b'a,b\n"1" ,2\n', {}, 2, None, "after a closing"),
    (b'a,b\n1,"' + b"x" * 140_000 + b'"\n', {}, 2, None, "too long"),
    (b"a,a\n1,2\n", {}, 1, 2, "second time"),
    (b"a,b,a\n1,2,3\n", {}, 1, 3, "second time"),
]
CELLS: list[tuple[bytes, dict[str, Any], int, int, str]] = [
    (b"a,b\n1,x\n", {}, 2, 2, "“x”"),
    (b"a,b\n1,\n", {}, 2, 2, "is empty"),
    (b"a,b\n1,2\n1,nan\n", {}, 3, 2, "“nan”"),
    (b"a,b\n1,inf\n", {}, 2, 2, "“inf”"),
    (b"a,b\n1,1e999\n", {}, 2, 2, "1e+100"),
    (b"a,b\n1,-1e101\n", {}, 2, 2, "1e+100"),
    (b"a,b\n1,1_000\n", {}, 2, 2, "1_000"),
    (b"a,b\n1,0x10\n", {}, 2, 2, "0x10"),
    (b"a,b\n1,1 000\n", {}, 2, 2, "1 000"),
    (b"a,b\n1,=A1\n", {}, 2, 2, "=A1"),
    (b"a,b\n1,12%\n", {}, 2, 2, "12%"),
    (b"a;b\n1,5;2.5\n", {}, 2, 2, "1,5 is expected"),
    (b"a;b\n1.5;2,5\n", {}, 2, 2, "1.5 is expected"),
    (b"a;b\n1.5;1.234,5\n", {}, 2, 2, "1.234,5"),
    (b"a,b\n\n1,2\n\n3,--4\n", {}, 5, 2, "--4"),
    ("a,b\n1,١٢\n".encode(), {}, 2, 2, "١٢"),
    (b"a,b\n1," + b"z" * 100 + b"\n", {}, 2, 2, "z…”"),
    (b"1,2\n3,TRUE\n", {}, 2, 2, "column 2"),
]


def refused(error: EngineError) -> None:
    assert error.message.endswith(".")
    assert error.pointer is not None and error.pointer.startswith("/data/csv")


@pytest.mark.parametrize(("text", "settings", "row", "column", "words"), WHOLE)
def test_a_table_that_cannot_be_read_says_where(
    text: bytes, settings: dict[str, Any], row: int | None, column: int | None, words: str
) -> None:
    with pytest.raises(CellProblem) as caught:
        read(text, **settings)
    refused(caught.value)
    assert (caught.value.row, caught.value.column) == (row, column)
    assert words in caught.value.message
    assert row is None or f"row {row}" in caught.value.message.lower()


@pytest.mark.parametrize(("text", "settings", "row", "column", "words"), CELLS)
def test_a_cell_that_is_no_number_says_where(
    text: bytes, settings: dict[str, Any], row: int, column: int, words: str
) -> None:
    table = read(text, **settings)
    with pytest.raises(CellProblem) as caught:
        table.number(table.numbers.index(row), column - 1)
    refused(caught.value)
    assert (caught.value.row, caught.value.column) == (row, column)
    assert words in caught.value.message
    assert caught.value.message.startswith(f"Row {row}, column {column} (")


def test_the_corpus_of_bad_tables_is_large() -> None:
    assert len(WHOLE) + len(CELLS) >= 25


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (b"1,2\n" * 4, "rows"),
        (b"1,2\n" * 4 + b"not reached\n", "rows"),
        (b"a,b\n" + b"1,2\n" * 4, "rows"),
        (b"1,2,3,4\n", "columns"),
        (b"1" * 101, "csv_bytes"),
    ],
)
def test_limits_are_checked_as_the_table_is_read(text: bytes, name: str) -> None:
    limits = CsvLimits(csv_bytes=100, rows=3, columns=3)
    read(b"a,b,c\n" + b"1,2,3\n" * 3, limits=limits)
    with pytest.raises(LimitError) as caught:
        read(text, limits=limits)
    refused(caught.value)
    assert caught.value.limit is not None and caught.value.limit.name == name


@pytest.mark.parametrize(
    "settings", [{"delimiter": "|"}, {"decimal": "·"}, {"header": 1}, {"delimiter": 3}]
)
def test_settings_are_strict(settings: dict[str, Any]) -> None:
    with pytest.raises(ValueProblem) as caught:
        read(b"a,b\n1,2\n", **settings)
    assert caught.value.pointer == f"/data/{next(iter(settings))}"


NUMBERS = st.floats(-1e100, 1e100, allow_nan=False)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[float]]]:
    width = draw(st.integers(2, 5))
    names = draw(st.lists(WORDS.map(lambda word: f"n{word}"), min_size=width, max_size=width,
                          unique=True))  # fmt: skip
    row = st.lists(NUMBERS, min_size=width, max_size=width)
    return names, draw(st.lists(row, min_size=1, max_size=8))


def written(names: list[str], rows: list[list[float]], delimiter: str, decimal: str) -> bytes:
    into = io.StringIO(newline="")
    writer = csv.writer(into, delimiter=delimiter)
    writer.writerow(names)
    writer.writerows([[repr(x).replace(".", decimal) for x in row] for row in rows])
    return into.getvalue().encode()


@given(tables(), st.sampled_from([(",", "."), (";", "."), (";", ","), ("\t", ","), (",", ",")]))
def test_what_is_written_is_read_back(
    table: tuple[list[str], list[list[float]]], signs: tuple[Any, Any]
) -> None:
    names, rows = table
    found = read(written(names, rows, *signs), *signs, header=True)
    assert list(found.names) == names
    assert numbers(found) == rows


@given(tables(), st.sampled_from([(",", "."), (";", ","), ("\t", ".")]))
def test_what_is_written_is_recognised(
    table: tuple[list[str], list[list[float]]], signs: tuple[str, str]
) -> None:
    _, rows = table
    names = [f"n{i}" for i in range(len(rows[0]))]
    found = read(written(names, rows, *signs))
    assert found.delimiter == signs[0]
    assert numbers(found) == rows


NEARLY = st.text('0123456789,;.\t"\n\r abeE+-', max_size=60).map(str.encode)


@given(st.one_of(st.binary(max_size=200), NEARLY))
def test_any_bytes_are_read_or_refused_with_a_sentence(data: bytes) -> None:
    try:
        table = read(data)
    except EngineError as error:
        refused(error)
    else:
        assert all(len(row) == len(table.names) for row in table.cells)


def numbers(table: Table) -> list[list[float]]:
    return [[table.number(i, j) for j in range(len(table.names))] for i in range(len(table.cells))]
