from __future__ import annotations

import gzip
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import brotli
import pytest

from app.assets import STATIC, build
from tests.app.client import Client

VENDOR = STATIC / "vendor"
MANIFEST = json.loads((VENDOR / "manifest.json").read_text(encoding="utf-8"))
ROOT = Path(__file__).parents[2]


def test_files_of_a_build_are_kept_for_a_year(client: Client) -> None:
    answer = client.get(f"/static/{build()}/icon.svg")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["access-control-allow-origin"] == "*"


def test_files_without_a_build_are_asked_for_again(client: Client) -> None:
    answer = client.get("/static/icon.svg")
    assert answer.headers["cache-control"] == "no-cache"
    again = client.get("/static/icon.svg", if_none_match=answer.headers["etag"])
    assert again.status_code == 304
    assert again.headers["cache-control"] == "no-cache"
    assert not again.content


SHRINKS: dict[str, Any] = {"br": brotli.compress, "gzip": lambda text: gzip.compress(text, 9)}


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [("br;q=1, gzip;q=0.5", "br"), ("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"),
     ("gzip, br;q=0", "gzip"), ("*", "gzip"), ("x-none, *;q=0.1", "gzip")],
)  # fmt: skip
def test_a_text_is_compressed_for_who_takes_it(client: Client, accepted: str, coding: str) -> None:
    plain = client.get("/static/main.js", accept_encoding="identity")
    small = client.get("/static/main.js", accept_encoding=accepted)
    assert "content-encoding" not in plain.headers
    assert small.headers["content-encoding"] == coding
    assert plain.headers["vary"] == small.headers["vary"] == "Accept-Encoding"
    assert plain.content == (STATIC / "main.js").read_bytes()
    assert int(small.headers["content-length"]) == len(SHRINKS[coding](plain.content))
    assert small.headers["content-type"] == plain.headers["content-type"]
    assert plain.headers["content-type"].startswith("text/javascript")


def test_each_encoding_has_a_tag_of_its_own(client: Client) -> None:
    tags = {}
    for coding in ("identity", "gzip", "br", "gzip;q=0"):
        tags[coding] = client.get("/static/main.js", accept_encoding=coding).headers["etag"]
    assert tags["identity"] == tags["gzip;q=0"] != tags["gzip"]
    assert tags["br"] not in (tags["gzip"], tags["identity"])
    for coding, tag in tags.items():
        again = client.get("/static/main.js", accept_encoding=coding, if_none_match=tag)
        assert again.status_code == 304
        assert again.headers["etag"] == tag
        assert again.headers["vary"] == "Accept-Encoding"
    other = client.get("/static/main.js", accept_encoding="gzip", if_none_match=tags["identity"])
    assert other.status_code == 200


def test_what_is_compressed_already_goes_out_as_it_is(client: Client) -> None:
    font = client.get("/static/vendor/inter/inter-latin.woff2", accept_encoding="gzip")
    assert "content-encoding" not in font.headers
    assert font.content == (VENDOR / "inter/inter-latin.woff2").read_bytes()


def test_modules_of_a_build_come_without_their_comments(client: Client) -> None:
    ours = client.get(f"/static/{build()}/main.js").text
    assert "@param" not in ours
    assert len(ours.splitlines()) == len((STATIC / "main.js").read_text().splitlines())
    theirs = client.get(f"/static/{build()}/vendor/temml/temml.mjs").content
    assert theirs == (VENDOR / "temml/temml.mjs").read_bytes()


@pytest.mark.parametrize(
    "path",
    [
        "/static/nope.js", "/static/", "/static/vendor", "/static/vendor/", "/static/icon.svg/",
        "/static/../app/main.py", "/static/%2e%2e/app/main.py", "/static/..%2fapp/main.py",
        "/static//etc/hostname", "/static/icon.svg%00", "/static/%ff", "/static/" + "a" * 5_000,
        "/static/vendor/refresh.py", "/static/000000000000/icon.svg",
    ],
)  # fmt: skip
def test_nothing_else_is_served(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_build_names_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.assets.STATIC", tmp_path)
    (tmp_path / "a.js").write_text("1")
    first = build()
    assert re.fullmatch("[0-9a-f]{12}", first)
    (tmp_path / "a.js").write_text("2")
    second = build()
    (tmp_path / "a.js").rename(tmp_path / "b.js")
    assert len({first, second, build()}) == 3


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry["file"])
def test_a_vendored_file_is_what_the_manifest_says(entry: dict[str, str]) -> None:
    content = (VENDOR / entry["file"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == entry["sha256"]
    assert entry["licence"]


def test_the_manifest_names_every_vendored_file_in_the_version_of_package_json() -> None:
    present = {
        path.relative_to(VENDOR).as_posix()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc"}
    }
    assert present - {"manifest.json"} == {entry["file"] for entry in MANIFEST}
    wanted = json.loads((ROOT / "package.json").read_text())["devDependencies"]
    assert {entry["name"]: entry["version"] for entry in MANIFEST}.items() <= wanted.items()


@pytest.mark.parametrize("name", ["constraints.txt", "package-lock.json", ".npmrc", "package.json"])
def test_lock_files_record_no_addresses(name: str) -> None:
    assert not re.search(r"https?://|file:", (ROOT / name).read_text(encoding="utf-8"))
