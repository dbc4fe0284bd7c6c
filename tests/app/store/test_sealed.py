"""What is sealed with a key tells nothing without it."""

from __future__ import annotations

import pytest

from app.store.sealed import SALT, named, opened, sealed

SECRET = "POST /api/v1/networks\nad7a9a1c-4b0e-4f4a-9d3c-0c2f8ad1f1a2"


@pytest.mark.parametrize(
    "content", [b"", b"\0\0", b'{"id":"AAAAAAAAAAAAAAAAAAAAAA"}', b"x" * 5_000_000]
)
def test_the_same_secret_opens_it(content: bytes) -> None:
    found = sealed(SECRET, content)
    assert len(found) == SALT + len(content)
    assert opened(SECRET, found) == content
    assert content == b"" or opened(SECRET + "x", found) != content


def test_nothing_shows_that_two_hold_the_same() -> None:
    content = b"\0" * 4_000
    first, second = sealed(SECRET, content), sealed(SECRET, content)
    assert first[:SALT] != second[:SALT] and first[SALT:] != second[SALT:]
    # As many bits are set as in random bytes, give or take seven standard deviations.
    for found in (first, second):
        bits = sum(byte.bit_count() for byte in found[SALT:])
        assert abs(bits - 16_000) < 7 * (4 * 4_000 / 2) ** 0.5


def test_the_name_of_a_secret_tells_it_apart_and_does_not_tell_it() -> None:
    assert len({named(SECRET), named(SECRET + "x"), SECRET}) == 3
    assert len(named(SECRET)) == 22
