"""What `POST /sweeps` takes, and what the status of a sweep is."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from app import wire
from app.complaints import WORDS
from app.strict import Label, Strict
from app.training.limits import TRAINING
from app.training.requests import XOR, NetworkRequest, NetworkSettings

RATES: JsonDict = {
    "network": XOR,
    "grid": {"optimizer.learning_rate": [0.1, 1], "layers.0.units": [2, 4]},
    "seeds": [0, 1, 2],
    "iterations": 100,
}
State = Literal["queued", "running", "done", "cancelled"]
Seed = Annotated[int, Field(ge=0, le=2**32 - 1)]
Values = Annotated[list[Any], Field(min_length=1, max_length=TRAINING.sweep_runs)]
Whole = Annotated[int, Field(ge=-(2**53), le=2**53)]
Real = Annotated[float, Field(allow_inf_nan=False)]


def _one_complaint(given: Any, read: ValidatorFunctionWrapHandler) -> Any:
    try:
        return read(given)
    except ValidationError:
        raise PydanticCustomError("label_type", "{about}", {"about": WORDS["label_type"]}) from None


Value = Annotated[bool | Whole | Real | Label, WrapValidator(_one_complaint)]
Labels = Annotated[dict[Label, Value], Field(min_length=1, max_length=10)]


class SweepRequest(Strict):
    """One network, settings for it as a list or a grid, and seeds: each with each is a run."""

    model_config = ConfigDict(json_schema_extra={"examples": [RATES]})

    network: NetworkRequest
    settings: list[NetworkSettings] | None = Field(
        None,
        min_length=1,
        max_length=TRAINING.sweep_runs,
        description="Fields that take the place of the network's, for each of the runs.",
    )
    grid: dict[str, Values] | None = Field(
        None,
        min_length=1,
        max_length=10,
        description="Instead of settings: values for fields of the network, whose names may lead "
        "inwards, as in `optimizer.learning_rate` and `layers.0.units`; each goes with each.",
    )
    labels: list[Labels] | None = Field(
        None,
        min_length=1,
        max_length=TRAINING.sweep_runs,
        description="With settings: what the table says of each of them instead of its fields, "
        'such as `{"depth": 2, "rate": 0.1}`.',
    )
    seeds: list[Seed] | None = Field(
        None,
        min_length=1,
        max_length=TRAINING.sweep_runs,
        description="Each of the settings is trained from each of these; by default the network's.",
    )
    iterations: Annotated[int, Field(ge=1, le=TRAINING.compared_iterations)]


class Best(BaseModel):
    iteration: int
    loss: float


class SweptCurve(BaseModel):
    iterations: list[int]
    loss: list[float]


class SweepRun(BaseModel):
    """A row of the table; what is not known yet, or does not apply, is null."""

    number: int
    settings: dict[str, Any] = Field(
        description="As asked for, or the labels; null stands for what is long."
    )
    seed: int
    state: Literal["waiting", "done", "diverged", "failed"]
    iterations: int | None = Field(None, description="Updates done.")
    loss: wire.Numbers | None = Field(None, description="Over all rows, with the last parameters.")
    best: Best | None = Field(None, description="The smallest loss of a batch on the way.")
    accuracy: float | None = Field(None, description="Over all rows trained on.")
    held_out_loss: float | None = None
    held_out_accuracy: float | None = None
    diverged_at: int | None = Field(None, description="The iteration that left the numbers.")
    node: str | None = Field(None, description="Where it did.")
    seconds: float | None = None
    parameters: str | None = Field(None, description="SHA-256 of the last parameters.")
    curve: SweptCurve | None = Field(None, description="Only with `curves`.")


class SweepAnswer(BaseModel):
    """A sweep as it stands."""

    id: str
    state: State
    done: int = Field(description="Runs that have ended.")
    total: int
    iterations: int
    runs: list[SweepRun]
    links: dict[str, str]


class SweptNetwork(BaseModel):
    """What one run of a sweep trains, and for how long."""

    network: dict[str, Any] = Field(description="As `POST /networks` takes it, with the seed.")
    iterations: int
