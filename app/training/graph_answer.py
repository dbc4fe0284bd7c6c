"""The wire's shape of a pass of a network: as `POST /graphs`, with layers and row numbers."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from app import wire
from app.graph_models import GraphAnswer, WireNode, WireStep, WireSummary


class WireLayer(BaseModel):
    output: str = Field(description="The node whose value the layer passes on.")
    activation: str
    parameters: list[str]


class WireStatistics(BaseModel):
    """What many numbers say together; `norm` is their length, `zeros` the share that is 0."""

    min: wire.Numbers
    max: wire.Numbers
    mean: wire.Numbers
    norm: wire.Numbers
    zeros: wire.Numbers
    finite: bool
    size: int


class LayerStatistics(BaseModel):
    values: WireStatistics | None
    grads: WireStatistics | None
    weights: WireStatistics | None
    weight_grads: WireStatistics | None


class NetworkSummary(WireSummary):
    url: str | None = Field(None, description="Where the whole tensor can be fetched.")


class NetworkNode(WireNode):
    # Narrower than in a graph of its own: a network's large tensors have an address.
    summary: NetworkSummary | None
    layer: WireLayer | None = None
    nodes: list[str] | None = Field(None, description="What a layer holds.")
    statistics: LayerStatistics | None = None


class NetworkStep(WireStep):
    steps: list[int] | None = Field(None, description="The steps of tensors in a layer's step.")


class NetworkGraphAnswer(GraphAnswer):
    detail: Literal["layer", "tensor", "scalar"]  # type: ignore[assignment]
    nodes: list[NetworkNode]  # type: ignore[assignment]
    steps: list[NetworkStep]  # type: ignore[assignment]
    iteration: int = Field(description="Updates done, at the end of this pass or before it.")
    rows: list[int] = Field(description="The rows of the data that the pass is over.")
