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
OWN = "/api/v1/networks/{network}"
# What fits the description is never malformed, too large or in another form: it is done, or refused
# for one of these reasons, which no description of types can say.
FITS, REACHED, ABSENT = 422, 422, 404
# The version may have moved, and another write go on; and of a header with a pattern the tool makes
# a 0, which is no version.
MOVED, BUSY = 412, 409
NO_TAG = 400
DEPENDS: dict[str, tuple[str, tuple[int, ...]]] = {
    "POST /api/v1/answers": ("a program must parse and fit its values", (FITS,)),
    "POST /api/v1/graphs": ("a program must parse and fit its values", (FITS,)),
    "POST /api/v1/graphs/steps": ("a program must parse and fit its values", (FITS,)),
    "POST /api/v1/graphs/code": ("a program must parse and fit its values", (FITS,)),
    "POST /api/v1/graphs/variants": ("a program must have other numbers", (FITS,)),
    "POST /api/v1/players": ("a program must parse and fit its values", (FITS,)),
    "POST /api/v1/networks": ("layers and program must fit the data", (FITS,)),
    "POST /api/v1/networks/import": ("a file must hold a network that this server reads", (FITS,)),
    "POST /api/v1/comparisons": ("every network must fit the data", (FITS,)),
    "POST /api/v1/sweeps": ("every network must fit the data", (FITS,)),
    "POST /api/v1/datasets/preview": ("a table must have its columns", (FITS,)),
    f"PATCH {OWN}": ("changes must fit the network, at its version", (FITS, MOVED, BUSY, NO_TAG)),
    f"GET {OWN}": ("an iteration must have been reached", (REACHED,)),
    f"DELETE {OWN}": ("the version must be the present one", (MOVED, BUSY, NO_TAG)),
    f"POST {OWN}/step": ("2.0 is no whole number here, and the version may have moved",
                         (FITS, MOVED, BUSY, NO_TAG)),
    f"POST {OWN}/train": ("an end must be named, and the version may have moved",
                          (FITS, MOVED, BUSY, NO_TAG)),
    f"POST {OWN}/rewind": ("an iteration must have been reached", (REACHED, MOVED, BUSY, NO_TAG)),
    f"POST {OWN}/copies": ("an iteration must have been reached", (REACHED, MOVED, BUSY, NO_TAG)),
    f"POST {OWN}/predict": ("rows must be as wide as the inputs", (FITS,)),
    f"GET {OWN}/data": ("an iteration must have been reached", (REACHED,)),
    f"GET {OWN}/frame": ("an iteration must have been reached", (REACHED,)),
    f"GET {OWN}/graph": ("rows, nodes and layers must be there", (REACHED,)),
    f"GET {OWN}/histogram": ("a node must be there", (REACHED, ABSENT)),
    f"GET {OWN}/landscape": ("parameters must be there", (REACHED,)),
    f"GET {OWN}/rows": ("a parameter must be there", (REACHED,)),
    f"GET {OWN}/topology": ("an iteration must have been reached", (REACHED,)),
    f"GET {OWN}/nodes/{{node}}": ("a node must be there", (REACHED, ABSENT)),
    f"GET {OWN}/parameters/{{name}}": ("a parameter must be there", (REACHED, ABSENT)),
}  # fmt: skip
ALSO = """[[operations]]
include-name = "{}"
checks.positive_data_acceptance.expected-statuses = {}

"""


def also(operation: str, refusals: tuple[int, ...]) -> str:
    """Return the setting for an operation that may refuse, and may have no time: 503."""
    return ALSO.format(operation, ["2xx", "304", "404", "503", *map(str, sorted(set(refusals)))])


def test_no_answer_breaks_the_document(tmp_path: Path) -> None:
    with serving("--database", f"sqlite:///{tmp_path / 'store.sqlite'}") as server:
        network = httpx.post(f"{server.url}/api/v1/networks", json=XOR).json()["id"]
        environment = {
            **os.environ,
            "SCHEMATHESIS_HOOKS": "tests.hostile.fuzzing",
            "GRADWALK_FUZZED_NETWORK": network,
            "PYTHONPATH": str(Path(__file__).parents[2]),
        }
        (tmp_path / "schemathesis.toml").write_text(
            "".join(also(name, refusals) for name, (_, refusals) in DEPENDS.items())
        )
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
        assert "30 selected / 30 total" in found.stdout or "Tested" in found.stdout, said
        assert httpx.get(f"{server.url}/healthz").status_code == 200
