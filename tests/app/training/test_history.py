from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from app.training import history
from app.training.records import Record
from tests.app.training.networks import begun


def test_records_come_back_from_chunks() -> None:
    session = begun(batch_size=3, held_out=0.25)
    chunks, records = [], list[Record]()
    for count in (1, 3, 2):
        found = session.step("iteration", count).records
        chunks.append(history.pack(found, session.model))
        records += found
    columns = history.join(chunks)
    assert columns["iteration"].tolist() == [1, 2, 3, 4, 5, 6]
    assert columns["loss"].tolist() == [record.loss for record in records]
    assert columns["norm.layer2"].tolist() == [record.norms[1] for record in records]
    assert history.digests(columns) == {record.iteration: record.digest for record in records}
    assert history.join(chunks, last=4)["iteration"].tolist() == [1, 2, 3, 4]


def test_what_came_later_counts() -> None:
    session = begun()
    first = session.step("iteration", 3).records
    again = [record._replace(loss=9.0) for record in first[1:2]]
    chunks = [history.pack(part, session.model) for part in (first, again)]
    assert history.join(chunks)["loss"].tolist() == [first[0].loss, 9.0, first[2].loss]


@pytest.mark.parametrize("points", [20, 100, 1000])
def test_thinning_loses_no_peak(points: int) -> None:
    rng = np.random.default_rng(3)
    n = 5000
    columns: dict[str, Any] = {name: rng.random(n) for name in ("loss", "norm.layer1")}
    columns |= {"iteration": np.arange(n), "accuracy": np.full(n, np.nan)}
    columns["loss"][1234], columns["norm.layer1"][4321] = 100.0, -50.0
    few = history.thin(columns, points)
    assert len(few["iteration"]) <= points
    for name in ("loss", "norm.layer1"):
        assert (few[name].min(), few[name].max()) == (columns[name].min(), columns[name].max())
    assert few["iteration"][0] == 0
    assert few["iteration"][-1] == n - 1
    kept = few["iteration"]
    assert (few["loss"] == columns["loss"][kept]).all()


@pytest.mark.parametrize("points", [2, 3, 4, 10])
def test_with_few_points_the_ends_and_then_the_peaks_of_the_loss_stay(points: int) -> None:
    rng = np.random.default_rng(4)
    n = 500
    layers = {f"norm.layer{i}": rng.random(n) for i in range(8)}
    columns: dict[str, Any] = {**layers, "iteration": np.arange(n), "loss": rng.random(n)}
    columns["loss"][[321, 432]] = -1.0, 2.0
    kept = history.thin(columns, points)["iteration"].tolist()
    assert kept == sorted(kept)
    assert (kept[0], kept[-1], len(kept)) == (0, n - 1, points)
    assert {321, 432} <= set(kept) or points < 4


def test_an_answer_has_one_number_per_iteration_and_null_where_there_is_none() -> None:
    session = begun(layers=[{"units": 2, "activation": "relu"}, {"units": 1}])
    records = session.step("iteration", 4).records
    found = history.answer(history.join([history.pack(records, session.model)]))
    assert found["iterations"] == [1, 2, 3, 4]
    assert found["loss"] == [record.loss for record in records]
    assert found["metrics"]["held_out_loss"] == [None] * 4
    assert list(found["gradient_norm"]) == ["layer1", "layer2"]
    assert list(found["dead_units"]) == ["layer1"]
    assert (found["total"], found["thinned"]) == (4, False)


def test_before_the_first_iteration_there_is_nothing() -> None:
    found = history.answer(history.join([]))
    assert (found["iterations"], found["loss"], found["total"]) == ([], [], 0)
    assert history.digests({}) == {}


def test_a_number_that_is_not_finite_is_a_word() -> None:
    record = Record(
        1, 2.0, 0.1, math.nan, math.inf, math.nan, (math.inf, 1.0), (), (0.0, 0.0), b"12345678"
    )
    found = history.answer(history.unpack(history.pack([record], begun().model)))
    assert found["metrics"]["held_out_loss"] == ["Infinity"]
    assert found["gradient_norm"]["layer1"] == ["Infinity"]
