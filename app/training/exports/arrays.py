"""Parameters alone, as files of arrays; with them the optimizer's slots and count."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np

from app.training import blobs

if TYPE_CHECKING:
    from app.training.session import Session


def safetensors(session: Session) -> bytes:
    """Return the parameters as safetensors."""
    return blobs.write(blobs.parameters(session.arrays))


def npz(session: Session) -> bytes:
    """Return the parameters as an archive of .npy files."""
    content = io.BytesIO()
    np.savez(content, **blobs.parameters(session.arrays))
    return content.getvalue()


def npy(array: object) -> bytes:
    """Return one array as a .npy file."""
    content = io.BytesIO()
    np.save(content, np.asarray(array), allow_pickle=False)
    return content.getvalue()
