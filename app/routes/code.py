"""`POST /graphs/code`: a program as a script of PyTorch, JAX or NumPy."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request, Response
from pydantic import ConfigDict, Field

from app import wire
from app.body import JsonRoute
from app.computing import in_thread
from app.errors import PROBLEMS
from app.graph_models import CHAIN
from app.listings import listing
from app.strict import Few, Names, Strict

router = APIRouter(prefix="/api/v1", tags=["graphs"], route_class=JsonRoute)

SCRIPT: dict[int | str, dict[str, Any]] = {
    200: {"description": "A script of Python.", "content": {"text/x-python": {}}}
}


class CodeRequest(Strict):
    model_config = ConfigDict(json_schema_extra={"examples": [{**CHAIN, "format": "numpy"}]})

    program: str
    values: Annotated[dict[str, wire.Numbers], Few] = Field(default_factory=dict)
    constants: Names = Field(
        default_factory=list, description="Leaves that are data: they get no gradient."
    )
    format: Literal["pytorch", "jax", "numpy"]


@router.post("/graphs/code", response_class=Response, responses={**SCRIPT, **PROBLEMS})
async def post_graph_code(request: Request, body: CodeRequest) -> Response:
    """Write a program as a script that prints its values and gradients.

    `pytorch` and `jax` derive by themselves; `numpy` has the backward pass written out, node by
    node. All compute in float64, with the numbers of the request.
    """
    return await in_thread(request, _script, body)


def _script(body: CodeRequest) -> Response:
    text = listing(body.format, body.program, body.values, body.constants)
    return Response(text, media_type="text/x-python")
