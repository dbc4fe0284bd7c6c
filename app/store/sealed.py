"""Texts that only who asked for them can read again, such as an answer that holds an id.

What is asked with an `Idempotency-Key` is answered again from the store. The answer to `POST
/networks` is the one place where an id stands, and whoever reads the store must not read it. The
store does not hold the key either: a hash of it names the row, and the answer is combined with a
stream of bytes that follows from the key (SHAKE-256, and a salt of its own each time). A key that
can be guessed, such as `1`, protects its answer as little; clients take a UUID.
"""

from __future__ import annotations

import hashlib
import secrets
from base64 import urlsafe_b64encode

SALT = 16


def named(secret: str) -> str:
    """Return the name of what is sealed with a secret, which does not tell the secret."""
    found = hashlib.sha256(f"gradwalk answer's name\0{secret}".encode()).digest()[:16]
    return urlsafe_b64encode(found).rstrip(b"=").decode()


def sealed(secret: str, content: bytes) -> bytes:
    """Return content in a form that tells nothing of it without the secret."""
    salt = secrets.token_bytes(SALT)
    return salt + _combined(secret, salt, content)


def opened(secret: str, given: bytes) -> bytes:
    """Return the content of what was sealed with the same secret."""
    return _combined(secret, given[:SALT], given[SALT:])


def _combined(secret: str, salt: bytes, content: bytes) -> bytes:
    stream = hashlib.shake_256(b"gradwalk answer\0" + salt + secret.encode()).digest(len(content))
    return (int.from_bytes(content) ^ int.from_bytes(stream)).to_bytes(len(content))
