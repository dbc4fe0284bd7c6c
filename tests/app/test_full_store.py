"""A store that is full refuses what would grow it, and loses nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx

from tests.app.networks import XOR
from tests.app.process import serving

CAP = 1_000_000
BIG: dict[str, Any] = {**XOR, "layers": [{"units": 100, "activation": "tanh"}, *XOR["layers"]]}


def test_a_full_store_answers_507_reads_deletes_and_has_room_again(tmp_path: Path) -> None:
    file = tmp_path / "store.sqlite"
    with (
        serving("--database", f"sqlite:///{file}", GRADWALK_DATABASE_BYTES=str(CAP)) as server,
        httpx.Client(base_url=f"{server.url}/api/v1", timeout=10) as client,
    ):
        made, refused = [], None
        for _ in range(2_000):
            answer = client.post("/networks", json=BIG)
            if answer.status_code != 201:
                refused = answer
                break
            made.append(answer.json())
        assert refused is not None, "a million bytes hold fewer than 2,000 networks"
        assert refused.status_code == 507, refused.text
        assert refused.headers["content-type"] == "application/problem+json"
        assert "deleted" in refused.json()["detail"]
        assert file.stat().st_size <= CAP

        for network in made[:5]:
            assert client.get(f"/networks/{network['id']}").json() == network
        state = client.get(f"/networks/{made[0]['id']}").json()
        step = client.post(f"/networks/{made[0]['id']}/step", json={"phase": "iteration"})
        if step.status_code != 200:
            assert step.status_code == 507
            assert client.get(f"/networks/{made[0]['id']}").json() == state

        for network in made[1:]:
            gone = client.delete(f"/networks/{network['id']}", headers={"If-Match": "*"})
            assert gone.status_code == 204, gone.text
        assert client.post("/networks", json=BIG).status_code == 201
        assert (
            client.post(f"/networks/{made[0]['id']}/step", json={"phase": "epoch"}).status_code
            == 200
        )
