"""Parameters alone, as files of arrays: float64, bit for bit, under their names."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import numpy as np

from app.training import blobs

if TYPE_CHECKING:
    from app.training.session import Session


def safetensors(session: Session) -> bytes:
    """Return the parameters as safetensors."""
    return blobs.write(blobs.parameters(session.arrays))


def npz(session: Session) -> bytes:
    """Return the parameters as an archive of .npy files; equal parameters give equal bytes.

    `np.savez` takes names as keywords, and so cannot write a parameter that is called `file`.
    """
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, value in blobs.parameters(session.arrays).items():
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), npy(value))
    return content.getvalue()


def npy(array: object) -> bytes:
    """Return one array as a .npy file."""
    content = io.BytesIO()
    np.save(content, np.asarray(array), allow_pickle=False)
    return content.getvalue()
