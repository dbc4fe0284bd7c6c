"""A table of one's own as text: read strictly, every complaint with its row and column.

Rows are counted as a spreadsheet counts them: from 1, header and empty rows included. Columns are
counted from 1 in sentences. What is not given is detected: the delimiter (tab, semicolon or comma),
the decimal sign (the one that the first fraction uses) and whether the first row is a header.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from .csv_cells import DECIMALS, POINTER, CellProblem, is_number, place, shown, unnamed
from .csv_names import one_line, unfit
from .csv_rows import other_width, unreadable
from .deadline import look
from .errors import EngineError, ValueProblem, over_limit
from .given_limits import given
from .sentence import Sentence, alternatives, say

Delimiter = Literal[",", ";", "\t"]
Decimal = Literal[".", ","]
# In the order in which they are tried: a comma may be a decimal sign, the others are not.
DELIMITERS = {"\t": say("tab"), ";": say("semicolon"), ",": say("comma")}
# Beyond this, sums of squares would overflow.
LARGEST = 1e100
_PROBED = 20


@dataclass(frozen=True, slots=True)
class CsvLimits:
    """How large a table may be; checked before the rows are kept."""

    csv_bytes: int = 2_000_000
    rows: int = 10_000
    columns: int = 64


CSV_DEFAULT = CsvLimits(**given(CsvLimits))


@dataclass(frozen=True, slots=True)
class Table:
    """Cells as text, without the header; `numbers[i]` is the spreadsheet's number of row i."""

    names: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    delimiter: str
    decimal: str
    header: bool

    def place(self, row: int, column: int) -> Sentence:
        """Say where a cell stands, to begin a sentence with."""
        return place(self.numbers[row], column + 1, self.names[column])

    def problem(self, row: int, column: int, sentence: Sentence) -> CellProblem:
        """Return the error about one cell."""
        return CellProblem(sentence, self.numbers[row], column + 1)

    def number(self, row: int, column: int) -> float:
        """Return a cell as a number; raise CellProblem unless it is one."""
        cell = self.cells[row][column]
        if not cell or not is_number(cell, self.decimal):
            raise self.problem(row, column, self._no_number(row, column, cell))
        value = float(cell.replace(",", "."))
        if not abs(value) <= LARGEST:
            large = say(
                "{place} holds {cell}; numbers up to {largest:g} are accepted.",
                place=self.place(row, column),
                cell=shown(cell),
                largest=LARGEST,
            )
            raise self.problem(row, column, large)
        return value

    def _no_number(self, row: int, column: int, cell: str) -> Sentence:
        here = self.place(row, column)
        if not cell:
            return say("{place} is empty; a number is expected there.", place=here)
        return say(
            "{place} holds {cell}; a number such as {example} is expected there.",
            place=here,
            cell=shown(cell),
            example=f"1{self.decimal}5",
        )

    def is_numeric(self, column: int) -> bool:
        """Whether every cell of a column is a number."""
        return all(is_number(row[column], self.decimal) for row in self.cells)


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
        what = say("The number of bytes of the table is")
        raise _limit("csv_bytes", limits.csv_bytes, len(data), what)
    _one_of(delimiter, DELIMITERS, "delimiter")
    _one_of(decimal, DECIMALS, "decimal")
    if header is not None and not isinstance(header, bool):
        raise ValueProblem(
            say("The setting header must be true, false or left out."), pointer="/data/header"
        )
    text = _decoded(data)
    sign = delimiter or _delimiter(text)
    numbers, cells = _records(text, sign, limits)
    comma: str = decimal or _decimal(cells, sign)
    if header is None:
        header = _has_header(cells, comma)
    if len(cells) - header > limits.rows:
        raise _limit("rows", limits.rows, len(cells), say("The number of rows is"))
    names = _names(cells[0], numbers[0]) if header else tuple(
        str(unnamed(i)) for i in range(1, len(cells[0]) + 1)
    )  # fmt: skip
    if header and len(cells) == 1:
        raise CellProblem(
            say("The table has a header and no other row; at least one row of data is needed.")
        )
    return Table(names, tuple(cells[header:]), tuple(numbers[header:]), sign, comma, header)


def _one_of(value: object, accepted: dict[str, Sentence], name: str) -> None:
    if value is not None and not (isinstance(value, str) and value in accepted):
        raise ValueProblem(
            say(
                "The setting {name} must be a {accepted}, or left out.",
                name=name,
                accepted=alternatives(tuple(accepted.values())),
            ),
            pointer=f"/data/{name}",
        )


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise CellProblem(
            say(
                "The table is not UTF-8: row {row} holds the byte 0x{byte:02X}. Save it as UTF-8.",
                row=row,
                byte=data[error.start],
            ),
            row,
        ) from None
    if "\0" in text:
        row = text.count("\n", 0, text.index("\0")) + 1
        raise CellProblem(
            say(
                "Row {row} holds a zero byte; text in UTF-8 is accepted, no spreadsheet file.",
                row=row,
            ),
            row,
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
            raise CellProblem(unreadable(row, str(error)), row) from None
        if record is None:
            break
        if not any(cell.strip() for cell in record):
            continue
        if len(record) > limits.columns:
            raise _limit(
                "columns",
                limits.columns,
                len(record),
                say("The number of columns in row {row} is", row=row),
            )
        # One more than the limit: the first row may be a header.
        if len(cells) > limits.rows:
            raise _limit("rows", limits.rows, len(cells), say("The number of rows is at least"))
        if cells and len(record) != len(cells[0]):
            expected = (numbers[0], len(cells[0]), DELIMITERS[delimiter])
            raise other_width(row, len(record), *expected)
        numbers.append(row)
        cells.append(tuple(cell.strip() for cell in record))
    if not cells:
        raise CellProblem(
            say(
                "The table is empty; rows of numbers with a comma, semicolon or tab "
                "between them are accepted."
            )
        )
    return numbers, cells


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
    names = tuple(one_line(cell) or str(unnamed(i)) for i, cell in enumerate(first, 1))
    for i, name in enumerate(names):
        here = place(row, i + 1)
        wrong = unfit(name, here)
        if name in names[:i]:
            wrong = say(
                "{place} has the name {name} a second time; every column has a name of its own.",
                place=here,
                name=shown(name),
            )
        if wrong is not None:
            raise CellProblem(wrong, row, i + 1)
    return names


def _limit(name: str, most: int, got: int, what: Sentence) -> EngineError:
    error = over_limit(name, most, got, what)
    error.pointer = POINTER
    return error
