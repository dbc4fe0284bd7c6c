"""Bent requests of the corpus: none breaks the server, and none that is refused changes anything.

`EXAMPLES=20000` makes it longer.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hostile.entries import Entry, entries, entry
from tests.hostile.mutations import bent
from tests.hostile.victim import Victim, attacked, check_answer

LONGEST = 20_000
# Of each kind a few bodies that are accepted, or nearly so; and the rest of the corpus.
HEADS = {"Content-Type": "application/json"}
OWN = "/api/v1/networks/{network}"
DATA = b'"loss":"mse","optimizer":{"name":"sgd"},"data":{"name":"and"}'
SMALL = b'{"inputs":2,"layers":[{"units":1}],' + DATA + b"}"
SEEDS = (
    ("POST", "/api/v1/graphs",
     b'{"program":"f = sum(x @ w) * 2","values":{"x":[[1,2]],"w":[[1],[3]]},"constants":["x"],'
     b'"labels":{"f":"L"},"update":{"learning_rate":0.1,"parameters":["w"]},"explain":"en",'
     b'"check":true,"detail":"scalar","nudge":{"node":"w","h":0.1,"index":[0,0]}}'),
    ("POST", "/api/v1/graphs",
     b'{"program":"a = x*y; f = exp(a)","values":{"x":1,"y":2},"mode":"forward",'
     b'"tangent":{"x":1},"expand":["a"],"chain":{"node":"x","most":4}}'),
    ("POST", "/api/v1/answers",
     b'{"graph":{"program":"f = x*w","values":{"x":[[1,2]],"w":3}},"answer":[["3","6,0"]],'
     b'"question":{"kind":"value","node":"f","cell":null},"attempt":2,"digits":3,"show":false}'),
    ("POST", "/api/v1/programs", b'{"program":"q = x + y; f = q * z"}'),
    ("POST", "/api/v1/graphs/code",
     b'{"program":"f = x*w","values":{"x":2,"w":[[3]]},"constants":["x"],"format":"jax"}'),
    ("POST", "/api/v1/graphs/variants",
     b'{"program":"f = x*w","values":{"x":2,"w":[[3]]},"constants":["x"],"seed":7}'),
    ("POST", "/api/v1/players",
     b'{"program":"f = x*w","values":{"x":2,"w":3},"labels":{"f":"L"},"lang":"pt-BR","step":1,'
     b'"update":{"learning_rate":0.1,"parameters":["w"]},"detail":"scalar","title":"a"}'),
    ("POST", "/api/v1/players", b'{"lesson":"matrices","lang":"en"}'),
    ("POST", "/api/v1/networks",
     b'{"inputs":2,"layers":[{"units":2,"activation":"tanh","bias":true},{"units":1}],'
     b'"loss":"mse","optimizer":{"name":"adam","betas":[0.9,0.99]},"name":"n","seed":3,'
     b'"init":{"name":"normal","scale":0.1},"schedule":{"name":"step","every":5},'
     b'"data":{"x":[[0,1],[1,1]],"y":[[1],[0]]},"batch_size":1,"shuffle":true,'
     b'"parameters":{"b2":[1]}}'),
    ("POST", "/api/v1/networks",
     b'{"program":"L = mse(x @ w, y)","trainable":["w"],"shapes":{"w":[2,1]},'
     b'"optimizer":{"name":"sgd","learning_rate":0.1},"data":{"name":"xor"}}'),
    ("POST", "/api/v1/networks/import",
     b'{"format":"gradwalk-network","version":1,"network":' + SMALL + b',"updates":0,'
     b'"place":{"batches":0,"iterations":0}}'),
    ("POST", "/api/v1/datasets/preview",
     b'{"data":{"csv":"a;b;k\\n1,5;2;p\\n2;3;q\\n","x":["a","b"],"y":["k"],"delimiter":";",'
     b'"decimal":",","header":true},"rows":2}'),
    ("POST", "/api/v1/datasets/preview", b'{"data":{"name":"moons","noise":0.1,"seed":1}}'),
    ("POST", "/api/v1/comparisons",
     b'{"network":' + SMALL + b',"settings":[{},{"seed":1}],"iterations":2}'),
    ("POST", "/api/v1/sweeps",
     b'{"network":' + SMALL + b',"grid":{"optimizer.learning_rate":[0.1,1]},"seeds":[1,2],'
     b'"iterations":2}'),
    ("POST", f"{OWN}/step", b'{"phase":"iteration","count":2}'),
    ("POST", f"{OWN}/rewind", b'{"iteration":0}'),
    ("POST", f"{OWN}/copies", b'{"iteration":0,"name":"copy"}'),
    ("POST", f"{OWN}/predict", b'{"x":[[0,1],[1,0]],"iteration":0}'),
    ("POST", f"{OWN}/train", b'{"iterations":2,"until_loss":0.01,"frames":"float32"}'),
    ("PATCH", OWN,
     b'{"optimizer":{"learning_rate":0.1},"batch_size":2,"parameters":{"b1":[0,0,0]}}'),
)  # fmt: skip
KNOWN = [entry("seed", method, path, HEADS, body, []) for method, path, body in SEEDS]
CORPUS = [one for one in entries() if one.method in {"POST", "PATCH"} and len(one.body) < LONGEST]
# Trainings that could last.
LASTING = ("/train", "/comparisons", "/sweeps")
DIGITS = re.compile(rb"\d{2,9}")


@st.composite
def requests(draw: st.DrawFn) -> Entry:
    """Draw a request whose body is bent; half of them from bodies that are accepted."""
    known = draw(st.sampled_from(KNOWN) | st.sampled_from(CORPUS))
    body = bent(draw, known.body)
    return entry(known.id, known.method, known.path, HEADS, body, [])


@pytest.fixture(scope="module")
def victim(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Victim]:
    with attacked(tmp_path_factory.mktemp("attacked")) as victim:
        for one in KNOWN:
            answer = victim.send(one)
            assert answer.status < 300, (one.path, answer)
        victim.settle()
        yield victim
        victim.check_log()


@settings(
    max_examples=int(os.environ.get("EXAMPLES", "400")),
    deadline=None,
    derandomize="EXAMPLES" not in os.environ,
    suppress_health_check=list(HealthCheck),
)
@given(request=requests())
def test_no_bent_request_breaks_the_server(victim: Victim, request: Entry) -> None:
    if request.path.endswith(LASTING):
        request = lasting(request)
    found = victim.tried(request)
    check_answer(found)
    assert found.status < 500 or found.status in {503, 507}, (request.body[:2000], found)
    if found.status < 300 and "{network}" in request.path:
        victim.settle()
    victim.check_others()


def lasting(request: Entry) -> Entry:
    """Return a training that ends soon: refused for its version, or with few iterations."""
    if request.path.endswith("/train"):
        heads = {**HEADS, "If-Match": '"0"'}
        return entry(request.id, request.method, request.path, heads, request.body, [])
    body = DIGITS.sub(b"9", request.body)
    return entry(request.id, request.method, request.path, HEADS, body, [])
