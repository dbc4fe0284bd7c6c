"""Every data set has the shape it states, is drawn again from its settings, and is what it says."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine.datasets import DATASETS, make
from engine.datasets.digits import scanned
from engine.datasets.glyphs import picture
from engine.datasets.iris import measured
from engine.datasets.row import Dataset
from engine.errors import ValueProblem

ALL = pytest.mark.parametrize("row", DATASETS.values(), ids=DATASETS)
SEEDED = [row for row in DATASETS.values() if row.settings]


@ALL
def test_data_have_the_shapes_that_the_row_states(row: Dataset) -> None:
    data = make(row.name)
    n = len(data.x)
    assert data.x.shape == (n, len(row.features))
    assert data.y.shape == (n, len(data.targets))
    assert data.features == row.features
    for array in (data.x, data.y):
        assert array.dtype == np.float64
        assert not array.flags.writeable
        assert np.isfinite(array).all()


@ALL
def test_classes_are_a_column_of_bits_or_one_hot_rows(row: Dataset) -> None:
    data = make(row.name)
    assert (data.classes is not None) == (row.kind == "classification")
    if data.classes is None:
        return
    assert set(np.unique(data.y)) == {0.0, 1.0}
    if len(data.classes) == 2:
        assert data.y.shape[1] == 1
        assert data.targets == data.classes[1:]
    else:
        assert (data.y.sum(axis=1) == 1).all()
        assert (data.y.sum(axis=0) > 0).all()
        assert data.targets == data.classes


@ALL
def test_each_row_is_documented_in_both_languages(row: Dataset) -> None:
    for doc in (row.doc, *(setting.doc for setting in row.settings)):
        assert doc.en.endswith(".") and doc.pt.endswith(".")
    assert row.title.en and row.title.pt and row.source.licence
    assert row.source.text.endswith(".")
    assert bool(row.classes) != bool(row.targets)


@pytest.mark.parametrize("row", SEEDED, ids=lambda row: row.name)
def test_settings_decide_everything(row: Dataset) -> None:
    one, same, other = (make(row.name, samples=60, seed=seed) for seed in (3, 3, 4))
    assert len(one.x) == 60
    np.testing.assert_array_equal(one.x, same.x)
    np.testing.assert_array_equal(one.y, same.y)
    assert not np.array_equal(one.x, other.x)


@pytest.mark.parametrize("row", SEEDED, ids=lambda row: row.name)
def test_noise_moves_the_points_and_chooses_no_others(row: Dataset) -> None:
    still, moved = (make(row.name, noise=noise) for noise in (0, 0.01))
    change = np.hstack([moved.x - still.x, moved.y - still.y])
    assert 0 < np.abs(change).max() < 0.1


@pytest.mark.parametrize("row", DATASETS.values(), ids=DATASETS)
def test_every_setting_can_be_at_both_ends(row: Dataset) -> None:
    for setting in row.settings:
        for end in (setting.low, setting.high):
            value = type(setting.default)(end)
            data = make(row.name, **{"samples": 100} | {setting.name: value})
            assert np.isfinite(data.x).all()
            assert len(data.x) == (value if setting.name == "samples" else 100)


@pytest.mark.parametrize(
    ("name", "answers"), [("xor", [0, 1, 1, 0]), ("and", [0, 0, 0, 1]), ("or", [0, 1, 1, 1])]
)
def test_gates_are_their_truth_tables(name: str, answers: list[int]) -> None:
    data = make(name)
    assert data.x.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert data.y.ravel().tolist() == answers


def test_the_identity_answers_what_it_is_given() -> None:
    data = make("identity")
    np.testing.assert_array_equal(data.x, data.y)


def test_circles_and_spirals_have_their_radii() -> None:
    data = make("circles", noise=0, factor=0.3)
    radius = np.hypot(*data.x.T)
    np.testing.assert_allclose(radius, np.where(data.y[:, 0] == 1, 0.3, 1.0))
    data = make("spiral", noise=0, turns=2)
    radius, angle = np.hypot(*data.x.T), np.arctan2(data.x[:, 1], data.x[:, 0])
    off = (angle - 4 * np.pi * radius - np.pi * data.y[:, 0]) / (2 * np.pi)
    np.testing.assert_allclose(off, np.round(off), atol=1e-9)


def test_moons_reach_into_each_other() -> None:
    data = make("moons", noise=0)
    lower = data.y[:, 0] == 1
    np.testing.assert_allclose(np.hypot(*data.x[~lower].T), 1)
    np.testing.assert_allclose(np.hypot(*(data.x[lower] - [1, 0.5]).T), 1)
    assert data.x[lower, 1].max() > 0.4 > data.x[~lower, 1].min()


def test_a_board_of_two_squares_is_xor() -> None:
    data = make("checkerboard", squares=2)
    expected = (data.x[:, 0] > 0) != (data.x[:, 1] > 0)
    np.testing.assert_array_equal(data.y[:, 0], expected)


def test_blobs_lie_around_their_corners() -> None:
    data = make("blobs", samples=3000, noise=0.2)
    for k in range(3):
        cloud = data.x[data.y[:, k] == 1]
        assert np.hypot(*cloud.mean(axis=0)) == pytest.approx(1, abs=0.03)
        assert cloud.std() == pytest.approx(cloud.std(), rel=0.05)
        np.testing.assert_allclose(cloud.std(axis=0), 0.2, rtol=0.08)


def test_curves_lie_on_their_formula() -> None:
    data = make("line", noise=0, slope=-3, intercept=2)
    np.testing.assert_allclose(data.y, 2 - 3 * data.x)
    data = make("sine", noise=0, periods=2)
    np.testing.assert_allclose(data.y, np.sin(2 * np.pi * data.x), atol=1e-12)


def test_glyphs_are_ten_different_pictures_shifted() -> None:
    drawn = {picture(digit).tobytes() for digit in range(10)}
    assert len(drawn) == 10
    data = make("glyphs", samples=50, noise=0, shift=0)
    for x, y in zip(data.x, data.y, strict=True):
        np.testing.assert_array_equal(x.reshape(8, 8), picture(int(y.argmax())))
    moved = make("glyphs", samples=50, noise=0, shift=1)
    ink = [picture(digit).sum() for digit in range(10)] * 5
    np.testing.assert_array_equal(moved.x.sum(axis=1), ink)
    noisy = make("glyphs", noise=0.5)
    still = make("glyphs", noise=0)
    assert np.unique(noisy.x[still.x == 1]).size > 1000
    assert noisy.x.min() >= 0
    assert noisy.x.max() <= 1


REFUSED: list[tuple[Any, dict[str, Any], str]] = [
    ("mnist", {}, "/data/name"),
    (None, {}, "/data/name"),
    (["xor"], {}, "/data/name"),
    ("xor", {"samples": 4}, "/data/samples"),
    ("moons", {"samples": 1}, "/data/samples"),
    ("moons", {"samples": 5_001}, "/data/samples"),
    ("moons", {"samples": 10.0}, "/data/samples"),
    ("moons", {"samples": True}, "/data/samples"),
    ("moons", {"noise": -0.1}, "/data/noise"),
    ("moons", {"noise": float("nan")}, "/data/noise"),
    ("moons", {"noise": "0.1"}, "/data/noise"),
    ("moons", {"seed": -1}, "/data/seed"),
    ("moons", {"seed": 2**32}, "/data/seed"),
    ("moons", {"factor": 0.5}, "/data/factor"),
]


@pytest.mark.parametrize(("name", "settings", "pointer"), REFUSED)
def test_what_is_not_accepted_is_said_in_a_sentence_with_its_place(
    name: Any, settings: dict[str, Any], pointer: str
) -> None:
    with pytest.raises(ValueProblem) as caught:
        make(name, **settings)
    assert caught.value.pointer == pointer
    assert caught.value.message.endswith(".")


# Means, and covariances within a species, of Fisher's table II and of every textbook since.
_MEANS = [[5.006, 3.428, 1.462, 0.246], [5.936, 2.770, 4.260, 1.326], [6.588, 2.974, 5.552, 2.026]]
_SPREADS = [
    [[0.124249, 0.099216, 0.016355, 0.010331], [0.143690, 0.011698, 0.009298],
     [0.030159, 0.006069], [0.011106]],
    [[0.266433, 0.085184, 0.182898, 0.055780], [0.098469, 0.082653, 0.041204],
     [0.220816, 0.073102], [0.039106]],
    [[0.404343, 0.093763, 0.303290, 0.049094], [0.104004, 0.071380, 0.047629],
     [0.304588, 0.048824], [0.075433]],
]  # fmt: skip


@pytest.mark.parametrize("species", range(3))
def test_irises_have_the_published_means_and_covariances(species: int) -> None:
    table, named = measured()
    flowers = table[named == species]
    assert len(flowers) == 50
    np.testing.assert_allclose(flowers.mean(axis=0), _MEANS[species], rtol=0, atol=1e-12)
    upper = np.concatenate(_SPREADS[species])
    np.testing.assert_allclose(np.cov(flowers.T)[np.triu_indices(4)], upper, rtol=0, atol=6e-7)


def test_each_iris_comes_once_and_small_samples_hold_every_species() -> None:
    data, (table, species) = make("iris", seed=7), measured()
    assert sorted(map(tuple, data.x)) == sorted(map(tuple, table))
    for number in range(3):
        mine = data.x[data.y[:, number] == 1]
        assert sorted(map(tuple, mine)) == sorted(map(tuple, table[species == number]))
    assert make("iris", samples=6).y.sum(axis=0).tolist() == [2, 2, 2]


def test_the_digits_are_the_published_test_set() -> None:
    x, digits = scanned()
    # How many of each there are, as the repository's description of the test set counts them.
    counts = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert np.bincount(digits).tolist() == counts
    assert set(np.unique(x)) == set(range(17))
    assert len(np.unique(x, axis=0)) == len(x)


def test_each_picture_comes_once_and_every_digit_in_turn() -> None:
    data, (x, _) = make("digits", samples=1797, seed=1), scanned()
    assert sorted(map(tuple, data.x)) == sorted(map(tuple, x))
    assert data.y[:1740].sum(axis=0).tolist() == [174] * 10
    assert data.y[:20].argmax(axis=1).tolist() == [*range(10)] * 2


def test_digits_are_told_apart_by_their_nearest_neighbours() -> None:
    data = make("digits", samples=1200, seed=1)
    known, new = slice(0, 1000), slice(1000, None)
    distance = ((data.x[new, None] - data.x[None, known]) ** 2).sum(axis=2)
    told = data.y[known][distance.argmin(axis=1)]
    assert (told == data.y[new]).all(axis=1).mean() > 0.95
