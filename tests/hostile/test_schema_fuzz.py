"""Schemathesis over the whole OpenAPI document, against a server's process: it finds nothing.

`GRADWALK_FUZZ_SECONDS=1800` makes it longer, `GRADWALK_FUZZ_SEED` another run.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import httpx

from tests.app.networks import XOR
from tests.app.process import serving

SECONDS = os.environ.get("GRADWALK_FUZZ_SECONDS", "30")
SEED = os.environ.get("GRADWALK_FUZZ_SEED", "7")
# Whether these accept what fits the description depends on more than types: a program must fit its
# values, an iteration have been reached, If-Match hold tags, and 2.0 is no whole number here.
OWN = "/api/v1/networks/{network}"
DEPENDS = (
    "POST /api/v1/answers", "POST /api/v1/graphs", "POST /api/v1/networks",
    "POST /api/v1/networks/import",
    "POST /api/v1/comparisons", "POST /api/v1/datasets/preview", f"PATCH {OWN}", f"GET {OWN}",
    f"DELETE {OWN}",
    *(f"POST {OWN}/{verb}" for verb in ("step", "train", "rewind", "copies", "predict")),
    *(f"GET {OWN}/{noun}" for noun in ("data", "frame", "graph", "histogram", "landscape", "rows",
                                       "topology", "nodes/{node}", "parameters/{name}")),
)  # fmt: skip
LEFT_OUT = """[[operations]]
include-name = "{}"
checks.positive_data_acceptance.enabled = false

"""


def test_no_answer_breaks_the_document(tmp_path: Path) -> None:
    with serving("--database", f"sqlite:///{tmp_path / 'store.sqlite'}") as server:
        network = httpx.post(f"{server.url}/api/v1/networks", json=XOR).json()["id"]
        environment = {
            **os.environ,
            "SCHEMATHESIS_HOOKS": "tests.hostile.fuzzing",
            "GRADWALK_FUZZED_NETWORK": network,
            "PYTHONPATH": str(Path(__file__).parents[2]),
        }
        (tmp_path / "schemathesis.toml").write_text("".join(map(LEFT_OUT.format, DEPENDS)))
        found = subprocess.run(
            [
                str(Path(sys.executable).with_name("schemathesis")), "run",
                f"{server.url}/openapi.json", "--phases", "examples,coverage,fuzzing",
                "--max-time", SECONDS, "--seed", SEED, "--max-examples", "100000",
                "--continue-on-failure", "--request-timeout", "15",
                "--no-color", "--output-truncate", "true", "--generation-database", "none",
            ],
            cwd=tmp_path, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        said = found.stdout[-6000:]
        assert found.returncode == 0, said
        assert "29 selected / 29 total" in found.stdout or "Tested" in found.stdout, said
        assert httpx.get(f"{server.url}/healthz").status_code == 200
