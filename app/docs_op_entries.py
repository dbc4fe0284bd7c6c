"""The page of operations: what `GET /ops` says of each, and the operation at work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

import engine
from app import links
from app.catalogues import said
from app.docs_ops import LETTERS, Demonstration, demonstration, signs
from engine.ops import OPS, Op
from engine.ops.row import Param

_at_work = cache(demonstration)


class Trap(NamedTuple):
    """Where an operation surprises: a sentence, a program there, and what comes out.

    `facts` are names with printed values; `lab` opens the program unless a value is not finite.
    """

    text: str
    program: str
    facts: list[tuple[str, str]]
    lab: str | None


class Entry(NamedTuple):
    """What the page shows of one operation; without a program there is no stage."""

    name: str
    sign: str
    doc: str
    call: str
    formula: str
    rules: list[str]
    traps: list[Trap]
    program: str | None
    lab: str | None
    embed: str | None


class Family(NamedTuple):
    name: str
    entries: list[Entry]


def families(rows: Iterable[Mapping[str, Any]], base: str, language: str) -> list[Family]:
    """Return the rows of `GET /ops` by family, in their order."""
    return [
        Family(name, [_entry(row, base, language) for row in group])
        for name, group in groupby(
            (row for row in rows if _call(OPS[row["name"]])), key=lambda row: str(row["family"])
        )
    ]


def _entry(row: Mapping[str, Any], base: str, language: str) -> Entry:
    op, shown = OPS[row["name"]], _at_work(row["name"])
    stage = None if shown is None else _state(shown, language)
    return Entry(
        name=op.name,
        sign=row["sign"],
        doc=said(row["doc"], language),
        call=_call(op),
        formula=shown.formula if shown else f"z = {row['latex']}",
        rules=shown.rules if shown else [],
        traps=list(_traps(row["traps"], base, language)),
        program=shown.program if shown else None,
        lab=None if stage is None else links.lab(base, stage),
        embed=None if stage is None else links.lab(f"{base}/embed", stage),
    )


def _state(shown: Demonstration, language: str) -> dict[str, Any]:
    return {
        "program": shown.program,
        "values": shown.values,
        "step": shown.step,
        "lang": language,
    }


def _call(op: Op) -> str:
    """Return how programs write an operation, its settings with their defaults; "" if never."""
    if not op.call:
        return "x[i, j:k]" if _is_index(op) else signs().get(op.name, "")
    arguments = ["[x, y, …]"] if op.arity is None else list(LETTERS[: op.arity])
    return f"{op.name}({', '.join([*arguments, *map(_setting, op.params)])})"


def _is_index(op: Op) -> bool:
    return any(param.kind == "index" for param in op.params)


def _setting(param: Param) -> str:
    return "n, m, …" if param.kind == "sizes" else f"{param.name}={param.default}"


def _traps(rows: Iterable[Mapping[str, Any]], base: str, language: str) -> Iterator[Trap]:
    for row in rows:
        gradients = {f"∂/∂{name}": value for name, value in row["grads"].items()}
        # What is refused has no value, and no gradients.
        result = {} if row["value"] is None else {"→": row["value"], **gradients}
        state = {"program": row["program"], "values": row["values"], "lang": language}
        yield Trap(
            text=said(row["doc"], language),
            program=row["program"],
            facts=[
                (name, printed(value, language))
                for name, value in {**row["values"], **result}.items()
            ],
            lab=links.lab(base, state) if all(map(_finite, row["values"].values())) else None,
        )


def printed(value: Any, language: str) -> str:
    """Write a value of the wire: ∞ for "Infinity", decimal commas where the language has them."""
    if isinstance(value, list):
        between = "; " if language.startswith("pt") else ", "
        return f"[{between.join(printed(item, language) for item in value)}]"
    return engine.plain(float(value), lang=language).text


def _finite(value: Any) -> bool:
    return all(map(_finite, value)) if isinstance(value, list) else not isinstance(value, str)
