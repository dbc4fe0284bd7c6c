"""Ids as permissions, at a server as it is run: none is stored, and no hash of one opens it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.store.ids import of_network, of_sweep
from tests.app.networks import XOR, events
from tests.app.process import serving

KEY = "0d9f5c1e-6d8b-4d6e-8f5e-5f0f3f1f5b52"
GRID = {"network": XOR, "settings": [{"seed": 1}], "iterations": 5}


def made(client: httpx.Client) -> tuple[list[str], str]:
    """Make networks in every way there is, and a sweep; return their ids."""
    keyed = {"Idempotency-Key": KEY}
    first = client.post("/networks", json=XOR, headers=keyed)
    again = client.post("/networks", json=XOR, headers=keyed)
    assert again.json() == first.json() and again.headers["idempotency-replayed"] == "true"
    assert again.headers["location"] == first.headers["location"]
    own = f"/networks/{first.json()['id']}"
    step = client.post(f"{own}/step", json={"phase": "iteration", "count": 250}, headers=keyed)
    assert step.status_code == 200
    copy = client.post(f"{own}/copies", json={}, headers=keyed).json()["id"]
    document = client.get(f"{own}/export/json").json()
    imported = client.post("/networks/import", json=document, headers=keyed).json()["id"]
    body = {**GRID, "keep": True}
    done = events(client.post("/comparisons", json=body).text)[-1][1]
    swept = {"network": XOR, "grid": {"optimizer.learning_rate": [0.1]}, "seeds": [0],
             "iterations": 5}  # fmt: skip
    sweep = client.post("/sweeps", json=swept, headers=keyed)
    assert sweep.status_code == 202, sweep.text
    return [first.json()["id"], copy, imported, done["runs"][0]["network"]], sweep.json()["id"]


def test_the_store_holds_no_id_and_what_it_holds_opens_nothing(tmp_path: Path) -> None:
    file, log = tmp_path / "store.sqlite", tmp_path / "log"
    arguments = ("--database", f"sqlite:///{file}", "--log", "json")
    with (
        log.open("wb") as written,
        serving(*arguments, log=written) as server,
        httpx.Client(base_url=f"{server.url}/api/v1", timeout=30) as client,
    ):
        networks, sweep = made(client)
        for one in networks:
            assert client.get(f"/networks/{one}").json()["id"] == one
            assert client.get(f"/networks/{of_network(one)}").status_code == 404
        assert client.get(f"/sweeps/{sweep}").json()["id"] == sweep
        assert client.get(f"/sweeps/{of_sweep(sweep)}").status_code == 404
        parts = [part.read_bytes() for part in tmp_path.glob("store.sqlite*")]
    content = b"".join([*parts, file.read_bytes(), log.read_bytes()])
    for secret in (*networks, sweep, KEY):
        assert secret.encode() not in content
    with closing(sqlite3.connect(file)) as base:
        stored = {name for (name,) in base.execute("SELECT id FROM networks")}
    assert stored == {of_network(one) for one in networks}


@pytest.mark.parametrize("table", ["networks", "sweeps"])
def test_every_id_that_opens_nothing_is_answered_alike(tmp_path: Path, table: str) -> None:
    with serving("--database", f"sqlite:///{tmp_path / 's.sqlite'}") as server:
        said: list[Any] = []
        for one in ("A" * 22, "A" * 21, "view-" + "A" * 22, "null", "%00"):
            status, _, text = server.ask("GET", f"/api/v1/{table}/{one}")
            said.append((status, json.loads(text)))
    assert said[0][0] == 404
    assert all(one == said[0] for one in said)
