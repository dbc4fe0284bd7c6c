"""From a table to data: which columns are x, which are y, and what is a class."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import numpy as np

from .csv_cells import called, is_number
from .csv_names import unfit
from .csv_table import Table
from .datasets.row import Data, one_hot
from .errors import ShapeError, ValueProblem, over_limit
from .ops import Array
from .scaling import Scaling, fit
from .sentence import say
from .tensor import frozen

Column: TypeAlias = "str | int"
MOST_CLASSES = 32


class Chosen(NamedTuple):
    """Data from a table, and the scaling of x where it was asked for."""

    data: Data
    scaling: Scaling | None


def choose(
    table: Table,
    x: Sequence[Column],
    y: Sequence[Column],
    classes: bool | None = None,
    standardise: bool = False,
) -> Chosen:
    """Take columns of a table, by name or by index from 0, as x and y.

    A column of classes becomes y as in `Data`. `classes` None: a single column of y is one if
    fewer than half of its cells are numbers, so that a slip among numbers is found. Raises
    ValueProblem or ShapeError, a CellProblem with row and column.
    """
    inputs = _columns(table, x, "x")
    targets = _columns(table, y, "y")
    for i, column in enumerate(targets):
        if column in inputs:
            raise ValueProblem(
                say(
                    "The column {column} stands in x and in y; it can be one of them.",
                    column=called(table.names[column], column + 1),
                ),
                pointer=f"/data/y/{i}",
            )
    raw = _numbers(table, inputs)
    scaling = fit(raw) if standardise else None
    names = _class_names(table, targets, classes)
    found, labels = _target(table, targets, names)
    data = Data(
        x=frozen(scaling.apply(raw) if scaling else raw),
        y=frozen(found),
        features=tuple(table.names[column] for column in inputs),
        targets=labels,
        classes=names,
    )
    return Chosen(data, scaling)


def _columns(table: Table, given: Sequence[Column], what: str) -> tuple[int, ...]:
    if isinstance(given, str) or not given:
        raise ValueProblem(
            say("{what} takes a list of at least one column, by name or by index.", what=what),
            pointer=f"/data/{what}",
        )
    found: list[int] = []
    for i, one in enumerate(given):
        column = _column(table, one, f"/data/{what}/{i}")
        if column in found:
            raise ValueProblem(
                say(
                    "The column {column} stands in {what} twice.",
                    column=called(table.names[column], column + 1),
                    what=what,
                ),
                pointer=f"/data/{what}/{i}",
            )
        found.append(column)
    return tuple(found)


def _column(table: Table, given: Column, pointer: str) -> int:
    width = len(table.names)
    if isinstance(given, str) and given in table.names:
        return table.names.index(given)
    if isinstance(given, int) and not isinstance(given, bool) and 0 <= given < width:
        return given
    raise ValueProblem(
        say(
            "There is no column {name}; accepted are the indices 0 to {last} and the "
            "names {names}.",
            name=str(given)[:40],
            last=width - 1,
            names=[name[:40] for name in table.names],
        ),
        pointer=pointer,
    )


def _numbers(table: Table, columns: tuple[int, ...]) -> Array:
    rows = range(len(table.cells))
    return np.array([[table.number(row, column) for column in columns] for row in rows])


def _class_names(
    table: Table, columns: tuple[int, ...], wanted: bool | None
) -> tuple[str, ...] | None:
    """Return the classes in the order of y's columns, or None where y is numbers."""
    if wanted is None:
        wanted = len(columns) == 1 and _names_things(table, columns[0])
    if not wanted:
        return None
    if len(columns) > 1:
        raise ValueProblem(say("Classes stand in one column of y."), pointer="/data/y")
    (column,) = columns
    for row, cells in enumerate(table.cells):
        if not cells[column]:
            empty = say(
                "{place} is empty; the name of a class is expected there.",
                place=table.place(row, column),
            )
            raise table.problem(row, column, empty)
        if wrong := unfit(cells[column], table.place(row, column)):
            raise table.problem(row, column, wrong)
    names = {cells[column] for cells in table.cells}
    if len(names) < 2:
        raise ShapeError(
            say(
                "The column {column} holds one class only; at least two are needed.",
                column=called(table.names[column], column + 1),
            ),
            pointer="/data/y",
        )
    if len(names) > MOST_CLASSES:
        error = over_limit(
            "classes",
            MOST_CLASSES,
            len(names),
            say(
                "The number of classes in the column {column} is",
                column=called(table.names[column], column + 1),
            ),
        )
        error.pointer = "/data/y"
        raise error  # fmt: skip
    if table.is_numeric(column):
        return tuple(sorted(names, key=lambda name: (float(name.replace(",", ".")), name)))
    return tuple(sorted(names))


def _names_things(table: Table, column: int) -> bool:
    numbers = sum(is_number(cells[column], table.decimal) for cells in table.cells)
    return 2 * numbers < len(table.cells)


def _target(
    table: Table, columns: tuple[int, ...], classes: tuple[str, ...] | None
) -> tuple[Array, tuple[str, ...]]:
    if classes is None:
        return _numbers(table, columns), tuple(table.names[column] for column in columns)
    places = {name: i for i, name in enumerate(classes)}
    found = np.array([places[cells[columns[0]]] for cells in table.cells])
    return one_hot(found, len(classes)), classes[1:] if len(classes) == 2 else classes
