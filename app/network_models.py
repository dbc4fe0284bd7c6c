"""The wire's shapes of networks: what their endpoints take and answer, beside `NetworkRequest`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat

from app import wire
from app.catalogues.coded import Said
from app.strict import Label, Strict

Goal = Literal["forward", "loss", "backward", "update", "iteration", "epoch"]
TEN: dict[str, Any] = {"examples": [{"phase": "iteration", "count": 10}]}
EPOCHS: dict[str, Any] = {"examples": [{"epochs": 100, "until_loss": 0.01}]}
EXCLUSIVE_OR: dict[str, Any] = {"examples": [{"x": [[0, 0], [0, 1], [1, 0], [1, 1]]}]}


class Batch(BaseModel):
    index: int = Field(description="In its epoch, from 0.")
    of: int
    size: int
    rows: list[int]


class NetworkAnswer(BaseModel):
    """A network as it stands."""

    id: str
    access: Literal["edit", "view"] = Field(
        "edit",
        description="What the id gives; `view` is the id in `links.view`, which changes nothing.",
    )
    version: int = Field(description="Also in the header ETag; every change makes it larger.")
    name: str | None
    spec: dict[str, Any] = Field(description="The request with its defaults.")
    iteration: int = Field(description="Updates done.")
    epoch: int
    batch: Batch
    phase: str = Field(description="start, forward, loss, backward or update: the last one run.")
    loss: wire.Numbers | None
    learning_rate: float
    furthest: int = Field(description="The last iteration that a rewind can go to.")
    stands_at: int = Field(description="The iteration at which the network itself stands.")
    parameters: dict[str, wire.Numbers | None] = Field(
        description="null: large, to be fetched at its link."
    )
    counts: dict[str, int]
    program: str
    classes: list[str] | None
    features: list[str]
    data_tag: str | None = Field(
        None,
        description="Stands for a table of one's own; who knows the table already sends the tag as "
        "`data=`, and gets it in `spec.data` in place of the table.",
    )
    notices: list[str]
    notices_said: list[Said] | None = Field(
        None, description="The notices in code, where there are any."
    )
    links: dict[str, Any]


class CopyRequest(Strict):
    iteration: Annotated[int, Field(ge=0)] | None = Field(
        None, description="Where the copy stands; by default where the network stands."
    )
    name: Label | None = None


class StepRequest(Strict):
    model_config = ConfigDict(**Strict.model_config, json_schema_extra=TEN)

    phase: Goal
    count: int = Field(
        1,
        description="How often, from 1 to 1,000.",
        json_schema_extra={"minimum": 1, "maximum": 1000},
    )


class StepAnswer(BaseModel):
    version: int
    iteration: int
    epoch: int
    batch: Batch
    phase: str
    loss: wire.Numbers | None
    losses: list[wire.Numbers] = Field(
        description="One per iteration completed: the loss before its update."
    )
    stopped: str | None = Field(
        None, description="`nonfinite`: a number went out of range, and training stopped before it."
    )
    at: int | None = Field(None, description="The iteration that could not be completed.")
    node: str | None = Field(None, description="The first node that is not finite.")
    where: list[str] | None = Field(None, description="How it came there, in sentences.")
    where_said: list[Said] | None = Field(None, description="The same sentences in code.")


class TrainRequest(Strict):
    model_config = ConfigDict(**Strict.model_config, json_schema_extra=EPOCHS)

    epochs: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    iterations: Annotated[int, Field(ge=1, le=10_000_000)] | None = None
    until_loss: FiniteFloat | None = Field(None, description="Stop at a loss that is not above it.")
    per_second: Annotated[float, Field(ge=0.1, le=60)] | None = Field(
        None, description="So many iterations a second; by default as fast as it goes."
    )
    frames: Literal["float32", "float64"] | None = Field(
        None,
        description="With this, events also hold a `frame`: the bytes of `GET …/frame` in base64.",
    )


class RewindRequest(Strict):
    iteration: Annotated[int, Field(ge=0)]


class PredictRequest(Strict):
    model_config = ConfigDict(**Strict.model_config, json_schema_extra=EXCLUSIVE_OR)

    x: wire.Numbers
    iteration: Annotated[int, Field(ge=0)] | None = Field(
        None, description="By the parameters after so many updates; by default the present ones."
    )


class PredictAnswer(BaseModel):
    outputs: wire.Numbers = Field(description="One row for each row of x; scores, for such losses.")
    probabilities: wire.Numbers | None
    node: str | None = Field(description="The node of the program whose value this is.")
    version: int


class TopologyAnswer(BaseModel):
    tag: str = Field(description="Changes only when the program or a shape does.")
    program: str
    output: str
    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]
    steps: list[dict[str, Any]]
    offsets: dict[str, dict[str, int]] = Field(
        description="Of each node: where its value, grad and new begin in their columns."
    )
    sizes: dict[str, int]


class ValueAnswer(BaseModel):
    name: str
    shape: list[int]
    value: wire.Numbers
    version: int


class NodeAnswer(BaseModel):
    """`value` or `grad`, whichever was asked for."""

    name: str
    shape: list[int]
    value: wire.Numbers | None = None
    grad: wire.Numbers | None = None
    version: int


Column = list[wire.Numbers | None]


class HistoryAnswer(BaseModel):
    """Columns by iteration; of many iterations those with the extremes. null: not measured."""

    iterations: list[int] = Field(description="From 1: after so many updates.")
    loss: Column = Field(description="Of the batch, before its update.")
    metrics: dict[str, Column]
    gradient_norm: dict[str, Column] = Field(description="By layer.")
    dead_units: dict[str, Column] = Field(description="Share that is 0 for every row, by layer.")
    saturated_units: dict[str, Column] = Field(
        description="Share, by layer, whose activation has less than a twentieth of its slope left."
    )
    total: int = Field(description="How many iterations there are in this range.")
    thinned: bool
    changes: list[dict[str, Any]] = Field(description="What a PATCH changed, and after which "
                                                      "iteration.")  # fmt: skip
    version: int
