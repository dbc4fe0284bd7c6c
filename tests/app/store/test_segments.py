"""The specs that a network has had, as one text: a table of data stands in it once."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import httpx
import orjson
from hypothesis import given
from hypothesis import strategies as st

from app.store.segments import Segment, packed, unpacked
from tests.app.networks import XOR
from tests.app.process import serving

NAMES = st.sampled_from(["data", "loss", "name", "optimizer"])
FIELDS = st.dictionaries(
    NAMES,
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(0, 1)
        | st.sampled_from([0.0, -0.0, 1.0])
        | st.lists(st.integers(0, 3), max_size=2),
        lambda inner: st.dictionaries(NAMES, inner, max_size=3),
    ),
)
SEGMENTS = st.lists(st.builds(Segment, st.integers(0, 9), FIELDS, st.none() | FIELDS), max_size=6)


@given(SEGMENTS)
def test_what_is_packed_is_read_again(segments: list[Segment]) -> None:
    assert _written(list(unpacked(packed(segments)))) == _written(segments)


@given(SEGMENTS)
def test_whole_specs_of_an_earlier_release_are_read(segments: list[Segment]) -> None:
    whole = [(part.begins, part.spec, part.changed) for part in segments]
    assert list(unpacked(orjson.dumps(whole).decode())) == segments


def test_a_table_is_stored_once_however_often_settings_change(tmp_path: Path) -> None:
    rows = "".join(f"{i / 7:.6f};{i % 2}\n" for i in range(5_000))
    spec = {**XOR, "inputs": 1, "batch_size": 10,
            "data": {"csv": rows, "x": [0], "y": [1], "header": False}}  # fmt: skip
    with (
        serving("--database", f"sqlite:///{tmp_path}/s") as server,
        httpx.Client(base_url=f"{server.url}/api/v1", timeout=20) as client,
    ):
        network = client.post("/networks", json=spec).json()["id"]
        begun = _length(tmp_path / "s")
        for i in range(20):
            assert client.post(f"/networks/{network}/step", json={"phase": "iteration"}).is_success
            change = {"optimizer": {"learning_rate": 0.1 + i / 100}}
            assert client.patch(f"/networks/{network}", json=change).is_success
        assert client.get(f"/networks/{network}").json()["spec"]["data"]["csv"] == rows
        earlier = client.get(f"/networks/{network}", params={"iteration": 7}).json()["spec"]
        assert earlier["data"]["csv"] == rows
        assert earlier["optimizer"]["learning_rate"] == 0.1 + 5 / 100
    assert begun > len(rows)
    assert _length(tmp_path / "s") - begun < len(rows) / 4


def _length(path: Path) -> int:
    with closing(sqlite3.connect(path)) as database:
        (found,) = database.execute("SELECT length(segments) FROM networks").fetchone()
    return int(found)


def _written(segments: list[Segment]) -> bytes:
    return orjson.dumps(segments, option=orjson.OPT_SORT_KEYS)
