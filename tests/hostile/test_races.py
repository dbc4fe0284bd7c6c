"""Many clients at once, and clients that leave: nothing is lost, doubled, mixed up or half done."""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from tests.app.networks import XOR
from tests.app.process import Server
from tests.app.sockets import wire

NETWORKS = "/api/v1/networks"
STEP = {"phase": "iteration", "count": 1}
ROUNDS = 12
T = TypeVar("T")
Answer = tuple[int, Any]


def at_once(work: Sequence[Callable[[], T]]) -> list[T]:
    """Do all at the same moment, each in a thread of its own, and return what came of them."""
    gate = threading.Barrier(len(work))
    found: list[Any] = [None] * len(work)

    def run(place: int) -> None:
        gate.wait()
        found[place] = work[place]()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(work))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def ask(server: Server, method: str, path: str, body: Any = None, **heads: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in heads.items()}
    given = named if body is None else {"Content-Type": "application/json", **named}
    content = None if body is None else json.dumps(body).encode()
    status, _, text = server.ask(method, f"{NETWORKS}{path}", content, given)
    return status, json.loads(text) if text else None


def made(server: Server, **changes: Any) -> str:
    status, answer = ask(server, "POST", "", {**XOR, **changes})
    assert status == 201
    return str(answer["id"])


def test_of_two_writers_at_one_version_one_wins(server: Server) -> None:
    network = made(server)
    patch, step = {"optimizer": {"learning_rate": 0.25}}, STEP
    for version in range(1, ROUNDS + 1):
        tag = f'"{version}"'
        answers = at_once([
            partial(ask, server, "POST", f"/{network}/step", step, If_Match=tag),
            partial(ask, server, "PATCH", f"/{network}", patch, If_Match=tag),
            partial(ask, server, "POST", f"/{network}/step", step, If_Match=tag),
        ])  # fmt: skip
        assert sorted(status for status, _ in answers) == [200, 412, 412]
        lost = [said for status, said in answers if status == 412]
        assert {said["version"] for said in lost} == {version + 1}
        assert ask(server, "GET", f"/{network}")[1]["version"] == version + 1


def test_a_network_made_twice_with_one_key_is_made_once(server: Server) -> None:
    for turn in range(ROUNDS):
        key = f"twice {turn}"
        make = [partial(ask, server, "POST", "", XOR, Idempotency_Key=key)] * 4
        answers = at_once(make)
        assert {status for status, _ in answers} <= {201, 409}
        assert len({said["id"] for status, said in answers if status == 201}) == 1
        again = ask(server, "POST", "", XOR, Idempotency_Key=key)
        assert again in answers
        assert ask(server, "POST", "", {**XOR, "seed": 1}, Idempotency_Key=key)[0] == 422


def test_a_step_and_a_deletion_at_once_leave_nothing_half_done(server: Server) -> None:
    for _ in range(ROUNDS):
        network = made(server)
        (step, said), (copy, copied), (gone, _) = at_once([
            partial(ask, server, "POST", f"/{network}/step", STEP),
            partial(ask, server, "POST", f"/{network}/copies", {}),
            partial(ask, server, "DELETE", f"/{network}"),
        ])  # fmt: skip
        assert gone == 204
        assert step == 404 or (step, said["iteration"]) == (200, 1)
        assert copy == 404 or (copy, ask(server, "GET", f"/{copied['id']}")[0]) == (201, 200)
        for method, path in (("GET", ""), ("POST", "/step"), ("GET", "/history"), ("DELETE", "")):
            body = STEP if method == "POST" else None
            assert ask(server, method, f"/{network}{path}", body)[0] == 404


def test_who_leaves_during_a_step_leaves_it_whole(server: Server) -> None:
    network, body = made(server), json.dumps({"phase": "iteration", "count": 1000}).encode()
    head = (
        f"POST {NETWORKS}/{network}/step HTTP/1.1\r\nHost: localhost\r\nIdempotency-Key: left\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode()
    for wait in (0.0, 0.005, 0.02, 0.05):
        with wire(server.url) as line:
            line.send(head + body)
            time.sleep(wait)
        # A write that begins now ends after the one that was left.
        assert ask(server, "GET", f"/{network}")[1]["iteration"] in {0, 1000}
    sent = {"phase": "iteration", "count": 1000}
    status = 409
    while status == 409:
        status, said = ask(server, "POST", f"/{network}/step", sent, Idempotency_Key="left")
    assert (status, said["iteration"], len(said["losses"])) == (200, 1000, 1000)
    assert ask(server, "GET", f"/{network}")[1]["iteration"] == 1000


def test_everyone_reads_their_own_network(server: Server) -> None:
    own = {made(server, name=f"secret {k}", seed=k): k for k in range(20)}
    chance = random.Random(5)
    orders = [chance.choices(list(own), k=40) for _ in range(8)]

    def read(order: list[str], leaves: bool) -> list[tuple[str, Any]]:
        found = []
        for network in order:
            if leaves:
                with wire(server.url) as line:
                    line.send(f"GET {NETWORKS}/{network} HTTP/1.1\r\nHost: l\r\n\r\n".encode())
            else:
                found.append((network, ask(server, "GET", f"/{network}")[1]))
        return found

    work = [partial(read, order, k == 0) for k, order in enumerate(orders)]
    answers = [one for found in at_once(work) for one in found]
    assert len(answers) == 7 * 40
    for network, said in answers:
        assert (said["id"], said["name"]) == (network, f"secret {own[network]}")
        assert said["spec"]["seed"] == own[network]
