"""Every kind of bad input is held: by requests of the corpus, by a test, or by there being none."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

from engine.grammar import BINARY, REFUSED
from engine.limits import DEFAULT as ENGINE
from tests.app.networks import XOR
from tests.app.process import Server
from tests.hostile.entries import entries
from tests.hostile.rows import FILES, ROWS, Row

ROOT = Path(__file__).parents[2]
NETWORKS = "/api/v1/networks"
CORPUS = tuple(entries())
IDS = {row.id for row in ROWS}
POINTERS = [(row.id, test) for row in ROWS for test in row.tests]
# The mathematics among Python's constructs; every other one is refused.
ACCEPTED = {
    ast.Assign, ast.Attribute, ast.BinOp, ast.Call, ast.Constant, ast.Expr, ast.List, ast.Name,
    ast.Subscript, ast.UnaryOp, ast.USub, *BINARY,
}  # fmt: skip
CONSTRUCTS = (ast.expr, ast.stmt, ast.operator, ast.unaryop)
# Kinds of constants that older versions of Python had of their own.
OLD = {"Num", "Str", "Bytes", "NameConstant", "Ellipsis"}


@pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])
def test_every_row_is_held(row: Row) -> None:
    tried = any(entry.row == row.id for entry in CORPUS)
    assert bool(row.absent) != (tried or bool(row.tests)), row


def test_rows_have_ids_of_their_own_and_entries_belong_to_them() -> None:
    assert len(IDS) == len(ROWS)
    assert {entry.row for entry in CORPUS} <= IDS
    wrong = [entry.id for entry in CORPUS if entry.id.split("-")[0] != entry.row]
    assert not wrong


@pytest.mark.parametrize(("row", "test"), POINTERS, ids=[f"{row} {test}" for row, test in POINTERS])
def test_the_tests_that_rows_name_exist(row: str, test: str) -> None:
    file, name = test.split("::")
    tree = ast.parse((ROOT / FILES[file]).read_text(encoding="utf-8"))
    assert name in {part.name for part in tree.body if isinstance(part, ast.FunctionDef)}, row


def test_what_is_absent_stays_absent(server: Server) -> None:
    _, _, document = server.ask("GET", "/openapi.json")
    nouns = {part for path in json.loads(document)["paths"] for part in path.split("/")}
    assert not nouns & {"rooms", "tokens", "shares", "login", "pictures", "svg"}


def test_every_construct_of_python_is_tried() -> None:
    known = {kind for parent in CONSTRUCTS for kind in parent.__subclasses__()}
    assert {kind for kind in known if kind.__name__ not in OLD} <= ACCEPTED | set(REFUSED)
    bodies = [entry.body for entry in CORPUS if entry.row.startswith("E")]
    programs = [json.loads(body)["program"] for body in bodies if b'"program"' in body[:20]]
    short = [one for one in programs if len(one) <= ENGINE.program_characters]
    tried = {type(part) for program in short for part in parts(program)}
    assert set(REFUSED) - tried == set()


def parts(program: str) -> list[ast.AST]:
    """Return the parts of a program's syntax tree, none if Python itself cannot read it."""
    try:
        return list(ast.walk(ast.parse(program)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


@pytest.mark.parametrize(
    ("head", "value"),
    [
        ("X-Forwarded-Host", "evil.example"), ("Forwarded", "host=evil.example;proto=gopher"),
        ("X-Forwarded-Proto", "gopher"), ("X-Forwarded-Prefix", "/evil"),
        ("X-Host", "evil.example"), ("X-Original-URL", "/evil"), ("X-Forwarded-Port", "666"),
    ],
)  # fmt: skip
def test_no_head_moves_our_address(server: Server, head: str, value: str) -> None:
    given = {"Content-Type": "application/json", head: value}
    status, heads, _ = server.ask("POST", NETWORKS, json.dumps(XOR).encode(), given)
    assert status == 201
    assert heads["location"].startswith(f"{server.url}{NETWORKS}/")
