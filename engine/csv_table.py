"""A table of one's own as text: read strictly, every complaint with its row and column.

Rows are counted as a spreadsheet counts them: from 1, header and empty rows included. Columns are
counted from 1 in sentences. What is not given is detected: the delimiter (tab, semicolon or comma),
the decimal sign (the one that the first fraction uses) and whether the first row is a header.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from .csv_names import one_line, unfit
from .deadline import look
from .errors import EngineError, ValueProblem, over_limit
from .given_limits import given

Delimiter = Literal[",", ";", "\t"]
Decimal = Literal[".", ","]
# In the order in which they are tried: a comma may be a decimal sign, the others are not.
DELIMITERS: dict[str, str] = {"\t": "tab", ";": "semicolon", ",": "comma"}
DECIMALS: dict[str, str] = {".": "point", ",": "comma"}
# Where the text stands in a request; the settings stand beside it.
POINTER = "/data/csv"
# Beyond this, sums of squares would overflow.
LARGEST = 1e100
_NUMBERS = {
    sign: re.compile(rf"[+-]?(\d+({re.escape(sign)}\d*)?|{re.escape(sign)}\d+)([eE][+-]?\d+)?",
                     re.ASCII)
    for sign in DECIMALS
}  # fmt: skip
_SHOWN = 30
_PROBED = 20


@dataclass(frozen=True, slots=True)
class CsvLimits:
    """How large a table may be; checked before the rows are kept."""

    csv_bytes: int = 2_000_000
    rows: int = 10_000
    columns: int = 64


CSV_DEFAULT = CsvLimits(**given(CsvLimits))


class CellProblem(ValueProblem):
    """A table is not accepted; `row` and `column`, from 1, say where, as far as it is one place."""

    def __init__(self, message: str, row: int | None = None, column: int | None = None) -> None:
        super().__init__(message, pointer=POINTER)
        self.row = row
        self.column = column


@dataclass(frozen=True, slots=True)
class Table:
    """Cells as text, without the header; `numbers[i]` is the spreadsheet's number of row i."""

    names: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    delimiter: str
    decimal: str
    header: bool

    def place(self, row: int, column: int) -> str:
        """Say where a cell stands, to begin a sentence with."""
        return f"Row {self.numbers[row]}, column {column + 1} ({self.names[column]})"

    def problem(self, row: int, column: int, what: str) -> CellProblem:
        """Return the error about one cell; `what` goes on after its place."""
        return CellProblem(
            f"{self.place(row, column)} {what}", self.numbers[row], column + 1
        )  # fmt: skip

    def number(self, row: int, column: int) -> float:
        """Return a cell as a number; raise CellProblem unless it is one."""
        cell = self.cells[row][column]
        if not cell:
            raise self.problem(row, column, "is empty; a number is expected there.")
        if not is_number(cell, self.decimal):
            example = f"1{self.decimal}5"
            raise self.problem(row, column, f"holds {shown(cell)}; a number such as {example} is "
                                            "expected there.")  # fmt: skip
        value = float(cell.replace(",", "."))
        if not abs(value) <= LARGEST:
            raise self.problem(row, column, f"holds {shown(cell)}; numbers up to {LARGEST:g} are "
                                            "accepted.")  # fmt: skip
        return value

    def is_numeric(self, column: int) -> bool:
        """Whether every cell of a column is a number."""
        return all(is_number(row[column], self.decimal) for row in self.cells)


def shown(cell: str) -> str:
    """Write a cell for a sentence: in quotes, cut where it is long, nothing invisible."""
    text = "".join(char if char.isprintable() else "·" for char in cell[: _SHOWN + 1])
    return f"“{text[:_SHOWN]}…”" if len(text) > _SHOWN else f"“{text}”"


def is_number(cell: str, decimal: str) -> bool:
    """Whether a cell is a number with this decimal sign."""
    return _NUMBERS[decimal].fullmatch(cell) is not None


def read(
    data: bytes,
    delimiter: Delimiter | None = None,
    decimal: Decimal | None = None,
    header: bool | None = None,
    limits: CsvLimits = CSV_DEFAULT,
) -> Table:
    """Read a table from UTF-8 text.

    Raises CellProblem with row and column, ValueProblem for a wrong setting, LimitError.
    """
    if len(data) > limits.csv_bytes:
        raise _limit("csv_bytes", limits.csv_bytes, len(data), "The number of bytes of the table")
    _one_of(delimiter, DELIMITERS, "delimiter")
    _one_of(decimal, DECIMALS, "decimal")
    if header is not None and not isinstance(header, bool):
        raise ValueProblem("The setting header must be true, false or left out.",
                           pointer="/data/header")  # fmt: skip
    text = _decoded(data)
    sign = delimiter or _delimiter(text)
    numbers, cells = _records(text, sign, limits)
    comma: str = decimal or _decimal(cells, sign)
    if header is None:
        header = _has_header(cells, comma)
    if len(cells) - header > limits.rows:
        raise _limit("rows", limits.rows, len(cells), "The number of rows")
    names = _names(cells[0], numbers[0]) if header else tuple(
        f"column {i}" for i in range(1, len(cells[0]) + 1)
    )  # fmt: skip
    if header and len(cells) == 1:
        raise CellProblem("The table has a header and no other row; at least one row of data is "
                          "needed.")  # fmt: skip
    return Table(names, tuple(cells[header:]), tuple(numbers[header:]), sign, comma, header)


def _one_of(value: object, accepted: dict[str, str], name: str) -> None:
    if value is not None and not (isinstance(value, str) and value in accepted):
        raise ValueProblem(
            f"The setting {name} must be a {' or '.join(accepted.values())}, or left out.",
            pointer=f"/data/{name}",
        )


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise CellProblem(f"The table is not UTF-8: row {row} holds the byte 0x"
                          f"{data[error.start]:02X}. Save it as UTF-8.", row) from None  # fmt: skip
    if "\0" in text:
        row = text.count("\n", 0, text.index("\0")) + 1
        raise CellProblem(
            f"Row {row} holds a zero byte; text in UTF-8 is accepted, no spreadsheet file.", row
        )
    return text


def _delimiter(text: str) -> str:
    """Return the first delimiter that cuts the first rows evenly, else one that cuts the first."""
    widths = {sign: list(_probe(text, sign)) for sign in DELIMITERS}
    for sign, found in widths.items():
        if found and found[0] > 1 and len(set(found)) == 1:
            return sign
    return next((sign for sign, found in widths.items() if found and found[0] > 1), ",")


def _probe(text: str, delimiter: str) -> Iterator[int]:
    """Yield the widths of the first rows, as far as they can be read."""
    found = 0
    try:
        for record in csv.reader(
            io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True
        ):
            if any(cell.strip() for cell in record):
                found += 1
                yield len(record)
            if found == _PROBED:
                return
    except csv.Error:
        return


def _records(
    text: str, delimiter: str, limits: CsvLimits
) -> tuple[list[int], list[tuple[str, ...]]]:
    """Return the rows that are not empty, stripped, and their numbers; all of one width."""
    numbers: list[int] = []
    cells: list[tuple[str, ...]] = []
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter, strict=True, skipinitialspace=True
    )
    row = 0
    while True:
        look()
        row += 1
        try:
            record = next(reader, None)
        except csv.Error as error:
            raise CellProblem(_unreadable(row, str(error)), row) from None
        if record is None:
            break
        if not any(cell.strip() for cell in record):
            continue
        if len(record) > limits.columns:
            raise _limit("columns", limits.columns, len(record), f"The number of columns in row "
                                                                 f"{row}")  # fmt: skip
        # One more than the limit: the first row may be a header.
        if len(cells) > limits.rows:
            raise _limit("rows", limits.rows, len(cells), "The number of rows is at least", "")
        if cells and len(record) != len(cells[0]):
            raise CellProblem(
                f"Row {row} has {_fields(len(record))}, and row {numbers[0]} has {len(cells[0])}; "
                f"all rows have the same number, with a {DELIMITERS[delimiter]} between them.",
                row, min(len(record), len(cells[0])) + 1,
            )  # fmt: skip
        numbers.append(row)
        cells.append(tuple(cell.strip() for cell in record))
    if not cells:
        raise CellProblem("The table is empty; rows of numbers with a comma, semicolon or tab "
                          "between them are accepted.")  # fmt: skip
    return numbers, cells


def _unreadable(row: int, error: str) -> str:
    if "limit" in error:
        return f"Row {row} has a field that is too long; at most {csv.field_size_limit():,} " \
               "characters are accepted."  # fmt: skip
    if "end of data" in error:
        return f'Row {row} opens a quotation mark that is never closed; close it with a second ".'
    return (f"Row {row} has text after a closing quotation mark; a quotation mark inside quotes is "
            'written twice, as "".')  # fmt: skip


def _fields(count: int) -> str:
    return "1 field" if count == 1 else f"{count} fields"


def _decimal(cells: list[tuple[str, ...]], delimiter: str) -> str:
    """Return the sign that the first fraction uses."""
    for record in cells:
        for cell in record:
            for sign in DECIMALS:
                if sign in cell and is_number(cell, sign):
                    return sign
    return "," if delimiter == ";" else "."


def _has_header(cells: list[tuple[str, ...]], decimal: str) -> bool:
    """Whether the first row has no number, and some row below it has one."""
    first, *rest = cells
    if any(is_number(cell, decimal) for cell in first):
        return False
    return not rest or any(is_number(cell, decimal) for row in rest for cell in row)


def _names(first: tuple[str, ...], row: int) -> tuple[str, ...]:
    names = tuple(one_line(cell) or f"column {i}" for i, cell in enumerate(first, 1))
    for i, name in enumerate(names):
        wrong = unfit(name)
        if wrong is not None:
            raise CellProblem(f"Row {row}, column {i + 1} {wrong}", row, i + 1)
        if name in names[:i]:
            raise CellProblem(
                f"Row {row}, column {i + 1} has the name {shown(name)} a second time; every column "
                "has a name of its own.", row, i + 1,
            )  # fmt: skip
    return names


def _limit(name: str, most: int, got: int, what: str, verb: str = " is") -> EngineError:
    error = over_limit(name, most, got, what + verb)
    error.pointer = POINTER
    return error
