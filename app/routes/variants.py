"""`POST /graphs/variants`: other numbers for the leaves of a program."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app import wire
from app.body import JsonRoute
from app.computing import in_thread
from app.errors import PROBLEMS
from app.graph_models import CHAIN
from app.strict import Few, Names, Strict
from engine.practice.varied import varied
from engine.seeds import LARGEST

router = APIRouter(prefix="/api/v1", tags=["graphs"], route_class=JsonRoute)


class VariantRequest(Strict):
    model_config = ConfigDict(json_schema_extra={"examples": [{**CHAIN, "seed": 1}]})

    program: str
    values: Annotated[dict[str, wire.Numbers], Few] = Field(default_factory=dict)
    constants: Names = Field(
        default_factory=list, description="Leaves that are data: their classes and fractions stay."
    )
    seed: Annotated[int, Field(ge=0, le=LARGEST)] = 1


class VariantBody(BaseModel):
    seed: int
    values: dict[str, wire.Numbers]


@router.post("/graphs/variants", response_model=VariantBody, responses=PROBLEMS)
async def post_graph_variant(request: Request, body: VariantRequest) -> Response:
    """Draw other numbers for the leaves, with which the program can be done by hand.

    The example stays what it is: numbers keep their signs, and where that is possible every node
    does, so that a dead unit is a dead one. A program, its values and a seed always give the same.
    """
    return await in_thread(request, _drawn, body)


def _drawn(body: VariantRequest) -> Response:
    values: dict[str, Any] = varied(body.program, body.values, body.constants, body.seed)
    return wire.JsonResponse({"seed": body.seed, "values": values})
