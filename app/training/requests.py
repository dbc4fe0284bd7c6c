"""What `POST /networks` and `PATCH /networks/{id}` take: types and bounds of each field by itself.

What depends on the engine's tables or on other fields is checked by `Spec.of`.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import ConfigDict, Field, FiniteFloat, WithJsonSchema
from pydantic.config import JsonDict

from app import wire
from app.strict import Few, Label, Names, Strict
from engine.limits import DEFAULT as ENGINE
from engine.network import NETWORK_DEFAULT as NETWORK


def _named(description: str, *others: JsonDict) -> WithJsonSchema:
    """Return the schema of an object with a name from a table, and settings that the table has."""
    table: JsonDict = {
        "type": "object",
        "properties": {"name": {"type": "string"}},
        "required": ["name"],
        "additionalProperties": {},
    }
    return WithJsonSchema({"description": description, "anyOf": [table, *others]})


Row = dict[str, Any]
Optimizer = Annotated[
    Row, _named("A name of `/optimizers`, and its settings under the names given there.")
]
Schedule = Annotated[
    Row, _named("The learning rate by iteration: constant, step, cosine or warmup.")
]
Init = Annotated[
    str | Row, _named("How the weights begin: a name, or a name and settings.", {"type": "string"})
]
Data = Annotated[
    Row,
    _named(
        "A name of `/datasets` and its settings; or the rows themselves as `x` and `y`; or a table "
        "as `csv`, with the columns that `x` and `y` name.",
        {
            "type": "object",
            "properties": {
                "x": {"type": "array", "items": {}},
                "y": {"type": "array", "items": {}},
            },
            "required": ["x", "y"],
            "additionalProperties": False,
        },
        {
            "type": "object",
            "properties": {"csv": {"type": "string"}},
            "required": ["csv"],
            "additionalProperties": {},
        },
    ),
]
Batch = Annotated[int, Field(ge=1, description="By default all rows.")]
Axis = Annotated[int, Field(ge=1, le=ENGINE.array_elements)]
Shape = Annotated[list[Axis], Field(max_length=ENGINE.dimensions)]
Share = Annotated[FiniteFloat, Field(ge=0, le=0.9)]

# The network of the lecture on training: exclusive or.
XOR: JsonDict = {
    "inputs": 2,
    "layers": [{"units": 3, "activation": "tanh"}, {"units": 1, "activation": "sigmoid"}],
    "loss": "half_mse",
    "optimizer": {"name": "sgd", "learning_rate": 0.5},
    "data": {"name": "xor"},
}


class LayerRequest(Strict):
    units: Annotated[int, Field(ge=1, le=NETWORK.units)]
    activation: str = "linear"
    bias: bool = True


class NetworkSettings(Strict):
    """Fields of a network that take the place of others; what is left out stays as it is."""

    name: Label | None = None
    inputs: Annotated[int, Field(ge=1, le=NETWORK.inputs)] | None = None
    layers: Annotated[list[LayerRequest], Field(min_length=1, max_length=NETWORK.layers)] | None = (
        None
    )
    program: str | None = Field(
        None, description="Instead of inputs and layers; its leaves x and y take the data."
    )
    trainable: Names | None = Field(
        None, description="With a program: the leaves that are trained."
    )
    shapes: Annotated[dict[str, Shape] | None, Field(min_length=1), Few] = Field(
        None,
        description="With a program: the shapes of trained leaves that have no value, which "
        "`init` draws.",
    )
    loss: str | None = Field(
        None, description="The name of a loss. A program that has the leaf y ends with its own."
    )
    optimizer: Optimizer = Field(default_factory=dict)
    schedule: Schedule | None = None
    init: Init = "xavier_uniform"
    seed: Annotated[int, Field(ge=0, le=2**32 - 1)] = 0
    parameters: Annotated[dict[str, wire.Numbers], Few] = Field(
        {}, description="Values to begin with, by name; the rest comes from `init`."
    )
    data: Data = Field(default_factory=dict)
    batch_size: Batch | None = None
    shuffle: bool = False
    held_out: Share = Field(0.0, description="The share of the rows that is kept for testing.")
    standardise: bool = Field(
        False, description="Move and scale each input to mean 0 and variance 1 over its rows."
    )


class NetworkRequest(NetworkSettings):
    """A network to be trained: from layers, or from a program with the leaves x and y."""

    model_config = ConfigDict(json_schema_extra={"examples": [XOR]})

    optimizer: Optimizer
    data: Data


class NetworkPatch(Strict):
    """What is to be changed; fields that are not given stay as they are."""

    name: Label | None = None
    optimizer: (
        Annotated[Row, WithJsonSchema({"type": "object", "additionalProperties": {}})] | None
    ) = Field(None, description="Settings to change; another name begins with its own defaults.")
    schedule: Schedule | None = Field(None, description="null: a constant learning rate.")
    parameters: Annotated[dict[str, wire.Numbers] | None, Few] = None
    data: Data | None = None
    batch_size: Batch | None = None
    shuffle: bool | None = None
