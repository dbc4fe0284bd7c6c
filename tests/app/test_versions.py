"""Versions, and requests that are sent twice."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from app.main import create_app
from app.settings import Settings
from tests.app.client import API, Client, problem, running, strict
from tests.app.networks import XOR, Networks

STEP = {"phase": "iteration"}


@pytest.fixture(scope="module")
def networks(client: Client) -> Networks:
    return Networks(client)


@pytest.mark.parametrize("tag", ['"1"', 'W/"1"', "*", '"9", "1"', ' W/"7" ,"1"'])
def test_a_write_with_the_present_version_is_done(networks: Networks, tag: str) -> None:
    network = networks.make()["id"]
    answer = networks.ask("POST", f"/{network}/step", STEP, If_Match=tag)
    assert answer.status_code == 200
    assert answer.headers["etag"] == '"2"'


@pytest.mark.parametrize("tag", ['"2"', 'W/"0"', '"x"', '"1.0"', '""'])
@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/step", STEP),
        ("POST", "/train", {"iterations": 5}),
        ("POST", "/rewind", {"iteration": 0}),
        ("POST", "/copies", {}),
        ("PATCH", "", {"batch_size": 2}),
        ("DELETE", "", None),
    ],
)
def test_another_version_is_refused_with_the_present_one(
    networks: Networks, method: str, path: str, body: Any, tag: str
) -> None:
    network = networks.make()
    answer = networks.ask(method, f"/{network['id']}{path}", body, If_Match=tag)
    said = problem(answer, 412)
    assert (said["version"], answer.headers["etag"]) == (1, '"1"')
    assert networks.get(network["id"]) == network


@pytest.mark.parametrize("tag", ["1", '"1', "W/1", '"1""2"', "", "* , *"])
def test_a_header_that_names_no_version_is_refused(networks: Networks, tag: str) -> None:
    network = networks.make()["id"]
    problem(networks.ask("POST", f"/{network}/step", STEP, If_Match=tag), 400)
    assert networks.get(network)["version"] == 1


def test_what_has_not_changed_is_not_sent_again(networks: Networks) -> None:
    network = networks.make()["id"]
    for tag in ('"1"', 'W/"1"', '"x", "1"', "*"):
        answer = networks.ask("GET", f"/{network}", If_None_Match=tag)
        assert (answer.status_code, answer.content) == (304, b"")
    networks.step(network)
    for tag in ('"1"', '"12"', "2", '"'):
        assert networks.ask("GET", f"/{network}", If_None_Match=tag).status_code == 200


def test_what_is_noticed_is_told_in_the_language_that_is_asked_for_now(networks: Networks) -> None:
    softmax = [{"units": 3, "activation": "softmax"}]
    changes: dict[str, Any] = {
        "layers": softmax,
        "loss": "cross_entropy",
        "data": {"name": "blobs"},
    }
    made = networks.make(**changes)
    answer = networks.ask("GET", f"/{made['id']}", If_None_Match='"1"', Accept_Language="pt-BR")
    assert (answer.status_code, len(made["notices"])) == (200, 1)
    assert "lhe dá pontuações" in answer.json()["notices"][0]


def test_a_retry_gets_the_stored_answer(networks: Networks) -> None:
    network = networks.make()["id"]
    first = networks.ask("POST", f"/{network}/step", STEP, Idempotency_Key="a")
    networks.step(network)
    # The same JSON in other words, and a version that has moved since.
    again = networks.ask(
        "POST", f"/{network}/step", dict(STEP), Idempotency_Key="a", If_Match='"1"'
    )
    assert (again.status_code, again.content) == (200, first.content)
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["idempotency-replayed"] == "true"
    assert networks.get(network)["iteration"] == 2


def test_a_key_with_another_body_is_refused(networks: Networks) -> None:
    network = networks.make()["id"]
    networks.done("POST", f"/{network}/step", STEP, Idempotency_Key="a")
    answer = networks.ask("POST", f"/{network}/step", {"phase": "loss"}, Idempotency_Key="a")
    assert "another body" in problem(answer, 422)["detail"]
    assert networks.get(network)["iteration"] == 1


def test_a_key_counts_for_its_address_alone(networks: Networks) -> None:
    first, second = networks.make()["id"], networks.make()["id"]
    for network in (first, second):
        assert networks.done("POST", f"/{network}/step", STEP, Idempotency_Key="a")
        assert networks.done("POST", f"/{network}/rewind", {"iteration": 0}, Idempotency_Key="a")


def test_a_new_network_is_made_once(networks: Networks) -> None:
    first = networks.ask("POST", "", XOR, Idempotency_Key="new")
    again = networks.ask("POST", "", XOR, Idempotency_Key="new")
    assert again.status_code == 201
    assert again.content == first.content
    assert again.headers["location"] == first.headers["location"]


def test_what_failed_may_be_tried_again_with_its_key(networks: Networks) -> None:
    network = networks.make()["id"]
    problem(networks.ask("POST", f"/{network}/step", {"phase": "x"}, Idempotency_Key="k"), 422)
    networks.done("POST", f"/{network}/step", STEP, Idempotency_Key="k")


def test_a_deletion_can_be_retried(networks: Networks) -> None:
    network = networks.make()["id"]
    for _ in range(2):
        assert networks.ask("DELETE", f"/{network}", Idempotency_Key="d").status_code == 204
    problem(networks.ask("DELETE", f"/{network}"), 404)


@pytest.mark.parametrize("key", ["", " ", "é".encode("latin-1").decode("latin-1"), "k" * 201])
def test_a_key_that_is_none_is_refused(networks: Networks, key: str) -> None:
    network = networks.make()["id"]
    path = f"{API}/networks/{network}/step"
    headers = {"Content-Type": "application/json", "Idempotency-Key": key.encode("latin-1")}
    answer = networks.client.ask("POST", path, content=b'{"phase": "loss"}', headers=headers)
    problem(answer, 400)


def together(networks: Networks, network: str, many: int, **headers: str) -> list[httpx.Response]:
    """Send the same step many times at once."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    client = networks.client

    async def ask() -> list[httpx.Response]:
        path = f"{API}/networks/{network}/step"
        return await asyncio.gather(
            *(client.send("POST", path, json=STEP, headers=named) for _ in range(many))
        )

    return client.wait(ask())


def test_racing_writes_run_one_after_the_other(networks: Networks) -> None:
    network = networks.make()["id"]
    answers = together(networks, network, 20)
    assert {answer.status_code for answer in answers} == {200}
    assert sorted(strict(answer)["iteration"] for answer in answers) == list(range(1, 21))
    assert networks.get(network)["version"] == 21


def test_of_racing_writes_to_one_version_one_is_done(networks: Networks) -> None:
    network = networks.make()["id"]
    answers = together(networks, network, 10, If_Match='"1"')
    assert sorted(answer.status_code for answer in answers) == [200] + [412] * 9
    assert networks.get(network)["iteration"] == 1


def test_racing_retries_are_done_once(networks: Networks) -> None:
    network = networks.make()["id"]
    answers = together(networks, network, 10, Idempotency_Key="race")
    codes = [answer.status_code for answer in answers]
    assert set(codes) <= {200, 409}
    assert len({answer.content for answer in answers if answer.status_code == 200}) == 1
    assert networks.get(network)["iteration"] == 1


def test_stored_answers_survive_a_restart(runner: asyncio.Runner, tmp_path: Any) -> None:
    settings = Settings(database=f"sqlite:///{tmp_path / 'store.sqlite'}")
    with running(create_app(settings), runner) as client:
        networks = Networks(client)
        network = networks.make()["id"]
        first = networks.ask("POST", f"/{network}/step", STEP, Idempotency_Key="a")
        shown = networks.get(network)
    with running(create_app(settings), runner) as client:
        networks = Networks(client)
        again = networks.ask("POST", f"/{network}/step", STEP, Idempotency_Key="a")
        assert again.content == first.content
        assert networks.get(network) == shown
        assert networks.step(network)["iteration"] == 2
