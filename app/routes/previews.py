"""`POST /datasets/preview`: what a network would learn from, looked at before there is one."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from app import wire
from app.body import JsonRoute
from app.catalogues import negotiate
from app.catalogues.problems import LANGUAGES
from app.computing import in_thread
from app.errors import PROBLEMS, engine_problem, problem_in
from app.strict import Strict
from app.training import tables
from app.training.requests import Data
from engine.csv_table import Table
from engine.errors import EngineError

router = APIRouter(prefix="/api/v1", tags=["tables"], route_class=JsonRoute)

# Rows that an answer holds, as numbers and as cells.
SHOWN = 300
CELLS = 8


EXAMPLE: JsonDict = {"data": {"csv": "width;height;kind\n0,5;1,2;cat\n1,5;0,4;dog\n"}, "rows": 2}


class PreviewRequest(Strict):
    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    data: Data
    rows: Annotated[int, Field(ge=1, le=SHOWN, description="At most so many of x and y.")] = 150


class TablePreview(BaseModel):
    """A table as it was read; `cells` are its first rows, `numeric` which columns are numbers."""

    names: list[str]
    numeric: list[bool]
    cells: list[list[str]]
    rows: int
    delimiter: str
    decimal: str
    header: bool


class PreviewAnswer(BaseModel):
    """The first rows; for a table, `problem` says why these columns cannot be taken."""

    rows: int | None
    features: list[str]
    targets: list[str]
    classes: list[str] | None
    x: wire.Numbers | None
    y: wire.Numbers | None
    table: TablePreview | None
    problem: dict[str, Any] | None


@router.post("/datasets/preview", response_model=PreviewAnswer, responses=PROBLEMS)
async def post_preview(request: Request, body: PreviewRequest) -> wire.JsonResponse:
    """Read data as `POST /networks` would, and return the first rows; nothing is kept."""
    language = negotiate(None, request.headers.get("accept-language", ""), LANGUAGES)
    content = await in_thread(request, _preview, body)
    if content["problem"]:
        content["problem"] = problem_in(content["problem"], language)
    return wire.JsonResponse(content, headers={"Vary": "Accept-Language"})


def _preview(body: PreviewRequest) -> dict[str, Any]:
    read = tables.text_table(body.data) if "csv" in body.data else None
    try:
        found, problem = tables.table_of(body.data), None
    except EngineError as error:
        if read is None:
            raise
        found, problem = None, engine_problem(error)
    return {
        "rows": None if found is None else len(found),
        "features": [] if found is None else list(found.features),
        "targets": [] if found is None else list(found.targets),
        "classes": list(found.classes) if found is not None and found.classes else None,
        "x": None if found is None else found.x[: body.rows].tolist(),
        "y": None if found is None else found.y[: body.rows].tolist(),
        "table": None if read is None else _table(read),
        "problem": problem,
    }


def _table(read: Table) -> dict[str, Any]:
    return {
        "names": list(read.names),
        "numeric": [read.is_numeric(column) for column in range(len(read.names))],
        "cells": [list(row) for row in read.cells[:CELLS]],
        "rows": len(read.cells),
        "delimiter": read.delimiter,
        "decimal": read.decimal,
        "header": read.header,
    }
