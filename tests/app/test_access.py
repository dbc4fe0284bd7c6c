"""Ids as permissions, at a server as it is run: none is stored, and no hash of one opens it."""

from __future__ import annotations

import json
import re
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi.routing import APIRoute

from app.routes import ROUTERS
from app.store.ids import of_network, of_sweep, view_of
from tests.app.client import Client, problem
from tests.app.networks import XOR, Networks, events
from tests.app.process import Server, serving

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


READ = {
    "graph": "rows=0&detail=scalar", "nodes/a1": "", "parameters/W1": "", "history": "",
    "topology": "explain=en", "frame": "", "landscape": "a=W1[0,0]&b=W2[0,0]&size=3", "rows": "",
    "data": "", "histogram": "node=W1", "diagnosis": "", "export/json": "", "export/npz": "",
    "export/pytorch": "", "export/numpy": "", "export/safetensors": "",
}  # fmt: skip
WRITTEN: dict[tuple[str, str], Any] = {
    ("POST", "/step"): {"phase": "iteration"}, ("POST", "/train"): {"iterations": 1},
    ("POST", "/rewind"): {"iteration": 0}, ("PATCH", ""): {"name": "x"}, ("DELETE", ""): None,
}  # fmt: skip
ASKED: dict[tuple[str, str], Any] = {
    ("POST", "/predict"): {"x": [[0, 1]]}, ("POST", "/copies"): {"name": "mine"},
}  # fmt: skip


@pytest.fixture(scope="module")
def networks(client: Client) -> Networks:
    return Networks(client)


@pytest.fixture(scope="module")
def pair(networks: Networks) -> tuple[str, str]:
    """The ids that edit and that view one network, which has run a little."""
    made = networks.make()
    networks.step(made["id"], count=3)
    page = urlsplit(made["links"]["view"])
    assert page.path == "/lab"
    return made["id"], parse_qs(page.query)["network"][0]


def test_a_view_follows_from_the_edit_and_is_told_to_who_may_edit(
    networks: Networks, pair: tuple[str, str]
) -> None:
    edit, view = pair
    assert view == view_of(edit)
    seen, own = networks.get(view), networks.get(edit)
    assert (own["access"], seen["access"]) == ("edit", "view")
    assert own["links"].pop("view").endswith(f"/lab?network={view}")
    assert json.dumps(seen).replace(view, edit).replace('"access": "view"', '"access": "edit"') == (
        json.dumps(own)
    )


# Those that are of the network as it stands, and of no earlier iteration.
STANDING = ("export", "history", "diagnosis")
LOOKS = [(path, at) for path in ("", *READ) for at in (None, 1)
         if at is None or not path.startswith(STANDING)]  # fmt: skip


@pytest.mark.parametrize(("path", "at"), LOOKS)
def test_all_can_be_looked_at_and_nothing_tells_the_edit(
    networks: Networks, pair: tuple[str, str], path: str, at: int | None
) -> None:
    edit = pair[0]
    query = "&".join(filter(None, (READ.get(path, ""), "" if at is None else f"iteration={at}")))
    # First asked for by who may edit, so that what is kept for the next is of that one.
    answers = [networks.ask("GET", f"/{one}{path and '/' + path}?{query}") for one in pair]
    assert [one.status_code for one in answers] == [200, 200], answers[1].text
    told = answers[1].content + repr(answers[1].headers.raw).encode()
    assert edit.encode() not in told and of_network(edit).encode() not in told
    if path.startswith(("frame", "parameters", "export/s", "history")):
        assert answers[0].content == answers[1].content
    assert answers[0].headers.get("etag") == answers[1].headers.get("etag")


@pytest.mark.parametrize(("method", "path"), WRITTEN)
def test_no_write_goes_through_a_view(
    networks: Networks, pair: tuple[str, str], method: str, path: str
) -> None:
    edit, view = pair
    before = networks.get(edit)
    for headers in ({}, {"Idempotency_Key": "mine"}, {"If_Match": "*"}):
        answer = networks.ask(method, f"/{view}{path}", WRITTEN[method, path], **headers)
        said = problem(answer, 403)["detail"]
        assert "copies" in said and "link to edit" in said
    portuguese = networks.ask(method, f"/{view}{path}", WRITTEN[method, path],
                              Accept_Language="pt-BR")  # fmt: skip
    assert "não muda nada" in problem(portuguese, 403)["detail"]
    assert networks.get(edit) == before


def test_who_views_may_ask_and_copy(networks: Networks, pair: tuple[str, str]) -> None:
    edit, view = pair
    asked = [networks.done("POST", f"/{one}/predict", {"x": [[0, 1]]}) for one in pair]
    assert asked[0] == asked[1]
    copy = networks.done("POST", f"/{view}/copies", {"name": "mine"})
    assert copy["access"] == "edit" and copy["iteration"] == 3
    assert view_of(copy["id"]) != view and edit not in json.dumps(copy)
    networks.step(copy["id"])
    assert networks.get(edit)["iteration"] == 3


def test_every_endpoint_of_a_network_is_held_to_look_or_to_write() -> None:
    """A new endpoint that changes something has its row above, and asks for `EditedId`."""
    found = {
        (method, route.path.removeprefix("/api/v1/networks/{network}"))
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute) and route.path.startswith("/api/v1/networks/{network}")
        for method in route.methods or ()
    }
    assert {one for one in found if one[0] != "GET"} == WRITTEN.keys() | ASKED.keys()
    kinds = {re.sub(r"/\{.*", "", path) for method, path in found if method == "GET"}
    assert kinds == {"", *(f"/{path.split('/')[0]}" for path in READ)}


@pytest.mark.parametrize(
    "given", ["view-", "view-" + "A" * 21, "view-" + "A" * 23, "VIEW-" + "A" * 22]
)
def test_what_only_resembles_a_view_is_no_network(networks: Networks, given: str) -> None:
    assert problem(networks.ask("GET", f"/{given}"), 404) == problem(
        networks.ask("GET", "/" + "A" * 22), 404
    )


def test_a_view_cut_to_the_form_of_an_edit_opens_nothing(
    networks: Networks, pair: tuple[str, str]
) -> None:
    cut = pair[1].removeprefix("view-")
    assert networks.ask("GET", f"/{cut}").status_code == 404
    assert networks.ask("POST", f"/{cut}/step", {"phase": "loss"}).status_code == 404


def test_no_page_or_answer_sends_its_address_on(networks: Networks, pair: tuple[str, str]) -> None:
    for one in pair:
        for path in (f"/lab?network={one}", f"/api/v1/networks/{one}", f"/nothing/{one}"):
            headers = networks.client.get(path, accept="text/html").headers
            assert headers["referrer-policy"] == "no-referrer"


def test_who_views_sees_a_training_as_it_goes(server: Server) -> None:
    status, made = server.post("/api/v1/networks", XOR)
    assert status == 201
    own = f"{server.url}/api/v1/networks/{made['id']}"
    view = f"{server.url}/api/v1/networks/{view_of(made['id'])}"
    with httpx.stream("POST", f"{own}/train", json={"iterations": 10_000_000}) as training:
        # Kept: a stream that nobody holds is closed.
        lines = training.iter_lines()
        next(lines)
        seen: list[int] = []
        until = time.monotonic() + 20
        while len(seen) < 3 and time.monotonic() < until:
            found = httpx.get(view).json()["iteration"]
            if not seen or found > seen[-1]:
                seen.append(found)
            time.sleep(0.05)
    assert len(seen) == 3
