"""Limits can be set, are listed as they are set, and are documented as they are by default."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from app.limit_words import MEANING
from app.limits import table
from tests.app.process import GRADWALK, Server, serving
from tools.limits_page import PAGE, limits_page


def test_every_limit_is_explained_and_the_page_is_up_to_date() -> None:
    assert list(MEANING) == list(table())
    assert PAGE.read_text("utf-8") == limits_page()


def check_set(server: Server) -> None:
    body = {"program": "f = a * b + c", "values": {"a": 1, "b": 2, "c": 3}}
    status, problem = server.post("/api/v1/graphs", body)
    assert (status, problem["limit"]["name"], problem["limit"]["value"]) == (422, "nodes", 3)
    rows = json.loads(server.ask("GET", "/api/v1/limits")[2])["items"]
    values = {row["name"]: row["value"] for row in rows}
    assert (values["nodes"], values["network_burst"]) == (3, 5)
    assert values["rows"] == table()["rows"]
    # One more is allowed in each second that passes meanwhile, so a slow machine asks a few more.
    statuses = [server.ask("GET", f"/api/v1/networks/{'0' * 22}")[0] for _ in range(30)]
    assert statuses[:5] == [404] * 5
    assert {404, 429} == set(statuses)


def test_limits_are_set_by_variable_and_by_file(tmp_path: Path) -> None:
    set_limits = {"nodes": 3, "network_burst": 5, "network_per_second": 1}
    with serving("--hosted", GRADWALK_LIMITS=json.dumps(set_limits)) as server:
        check_set(server)
    lines = [f"{name} = {value}" for name, value in set_limits.items()]
    (tmp_path / "gradwalk.toml").write_text("\n".join(["[limits]", *lines]), "utf-8")
    with serving("--hosted", cwd=tmp_path) as server:
        check_set(server)


@pytest.mark.parametrize(
    ("limits", "said"),
    [('{"nods": 3}', "There is no limit 'nods' to be set; accepted are address_burst,"),
     ('{"name_characters": 3}', "There is no limit 'name_characters' to be set"),
     ('{"nodes": 0}', "The setting limits is wrong"),
     ('{"nodes": "many"}', "The setting limits is wrong")],
)  # fmt: skip
def test_a_limit_that_cannot_be_set_is_said(tmp_path: Path, limits: str, said: str) -> None:
    database = f"sqlite:///{tmp_path}/store.sqlite"
    done = subprocess.run(
        [str(GRADWALK), "serve", "--port", "0", "--database", database],
        capture_output=True, text=True, timeout=30, check=False,
        env={**os.environ, "GRADWALK_LIMITS": limits},
    )  # fmt: skip
    assert (done.returncode, done.stderr[: len(said)]) == (1, said)
