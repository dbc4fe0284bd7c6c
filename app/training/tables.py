"""The rows that a network learns from: a data set by name, numbers, or a table as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np
import orjson

from engine import csv_table, datasets
from engine.array_words import DATA, Given
from engine.batches import Rows as RowNumbers
from engine.csv_columns import choose
from engine.datasets import DATASETS
from engine.errors import ShapeError, ValueProblem
from engine.limits import DEFAULT
from engine.ops import Array
from engine.ops.row import written
from engine.options import checked
from engine.scaling import Scaling, fit
from engine.sentence import say
from engine.splits import split
from engine.tensor import frozen, tensor

WAYS = say(
    'The data are {{"name": …}} with the settings of a data set, {{"x": […], "y": […]}} with rows, '
    'or {{"csv": text}} with the names of columns.'
)
CSV_FIELDS = ("csv", "x", "y", "classes", "delimiter", "decimal", "header")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """All rows of x and y; `given` is what was asked for, with its defaults.

    `tag` stands for a table of one's own, and changes with anything in it.
    """

    given: Mapping[str, Any]
    x: Array
    y: Array
    features: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    classes: tuple[str, ...] | None = None
    tag: str | None = None

    def __len__(self) -> int:
        return len(self.x)


def table_of(given: Mapping[str, Any]) -> Table:
    """Return the rows that a request's `data` stands for.

    Raises EngineError, with a JSON pointer below /data, for anything that is none of the ways.
    """
    if "name" in given:
        return _named(given)
    if "csv" in given:
        return _from_csv(given)
    if set(given) == {"x", "y"}:
        return _from_rows(given)
    raise ValueProblem(WAYS, pointer="/data")


def _named(given: Mapping[str, Any]) -> Table:
    settings = {key: value for key, value in given.items() if key != "name"}
    data = datasets.make(given["name"], **settings)
    row = DATASETS[given["name"]]
    full = {"name": row.name, **checked(row.settings, settings, row.name, "/data")}
    return Table(given=full, x=data.x, y=data.y, features=data.features, targets=data.targets,
                 classes=data.classes)  # fmt: skip


def _from_rows(given: Mapping[str, Any]) -> Table:
    x, y = (tensor(given[name], DEFAULT, f"/data/{name}", Given(DATA, name)) for name in "xy")
    for name, rows in (("x", x), ("y", y)):
        if np.ndim(rows) == 0 or len(rows) == 0:
            raise ShapeError(
                say(
                    "The data {name} have the shape {shape}; a list of at least one "
                    "row is accepted.",
                    name=name,
                    shape=written(np.shape(rows)),
                ),
                pointer=f"/data/{name}",
            )
        if not np.isfinite(rows).all():
            raise ValueProblem(
                say("The data {name} hold a number that is not finite.", name=name),
                pointer=f"/data/{name}",
            )
    if len(x) != len(y):
        raise ShapeError(
            say(
                "The data have {x} rows of x and {y} rows of y; one row of y for each "
                "row of x is accepted.",
                x=len(x),
                y=len(y),
            ),
            pointer="/data/y",
        )
    return Table(given=dict(given), x=x, y=y, tag=_tag(given))


def _from_csv(given: Mapping[str, Any]) -> Table:
    unknown = sorted(set(given) - set(CSV_FIELDS))
    if unknown:
        raise ValueProblem(
            say(
                "The data have no field {name}; with csv go {accepted}.",
                name=unknown[0][:40],
                accepted=CSV_FIELDS[1:],
            ),
            pointer=f"/data/{_escaped(unknown[0])}",
        )
    return _chosen(given, text_table(given))


def text_table(given: Mapping[str, Any]) -> csv_table.Table:
    """Return the cells of a table as text; raises EngineError with row and column."""
    text = given["csv"]
    if not isinstance(text, str):
        raise ValueProblem(say("The field csv takes the table as text."), pointer="/data/csv")
    try:
        content = text.encode()
    except UnicodeEncodeError:
        raise ValueProblem(
            say(
                "The table holds half a character, which no text has; text in Unicode is accepted."
            ),
            pointer="/data/csv",
        ) from None
    options = {key: given[key] for key in ("delimiter", "decimal", "header") if key in given}
    return csv_table.read(content, **options)


def _chosen(given: Mapping[str, Any], table: csv_table.Table) -> Table:
    full = {**given, "delimiter": table.delimiter, "decimal": table.decimal,
            "header": table.header}  # fmt: skip
    names = range(len(table.names))
    full.setdefault("x", [table.names[i] for i in names[:-1]])
    full.setdefault("y", [table.names[-1]])
    for name in "xy":
        if not isinstance(full[name], list):
            raise ValueProblem(
                say("{name} takes a list of columns, by name or by index.", name=name),
                pointer=f"/data/{name}",
            )
    if not isinstance(full.get("classes"), bool | None):
        raise ValueProblem(
            say("The setting classes must be true, false or left out."), pointer="/data/classes"
        )
    data = choose(table, full["x"], full["y"], full.get("classes")).data
    return Table(given=full, x=data.x, y=data.y, features=data.features, targets=data.targets,
                 classes=data.classes, tag=_tag(full))  # fmt: skip


def _tag(given: Mapping[str, Any]) -> str:
    return blake2b(orjson.dumps(given, option=orjson.OPT_SORT_KEYS), digest_size=12).hexdigest()


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The rows to train on and those held out, by their numbers in the table; x standardised."""

    x: Array
    y: Array
    train: RowNumbers
    held_out: RowNumbers
    scaling: Scaling | None

    @classmethod
    def of(cls, table: Table, share: float, seed: int, standardise: bool) -> Rows:
        """Split a table, and standardise x by the rows to train on."""
        parts = split(len(table), share, seed)
        scaling = fit(table.x[parts.train]) if standardise else None
        x = table.x if scaling is None else frozen(scaling.apply(table.x))
        return cls(x=x, y=table.y, train=parts.train, held_out=parts.held_out, scaling=scaling)
