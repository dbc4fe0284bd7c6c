"""What a network can be exported as: the table of formats."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from app.training.exports import arrays, document, numpy_script, onnx_graph, torch_script
from engine.errors import ValueProblem
from engine.ops.row import Doc
from engine.sentence import say

if TYPE_CHECKING:
    from app.training.session import Session


class Format(NamedTuple):
    """A format: its media type, the end of a file's name, how it is written, and what it holds."""

    name: str
    media_type: str
    suffix: str
    write: Callable[[Session], bytes]
    doc: Doc


ROWS = (
    Format("json", "application/json", "json", document.write,
           Doc("Everything, to be imported again.", "Tudo, para importar de novo.")),
    Format("safetensors", "application/octet-stream", "safetensors", arrays.safetensors,
           Doc("The parameters, for most frameworks.",
               "Os parâmetros, para quase qualquer biblioteca.")),
    Format("npz", "application/octet-stream", "npz", arrays.npz,
           Doc("The parameters, for NumPy.", "Os parâmetros, para o NumPy.")),
    Format("pytorch", "text/x-python", "torch.py", torch_script.write,
           Doc("A script of PyTorch that trains on.", "Um script em PyTorch que segue o treino.")),
    Format("numpy", "text/x-python", "numpy.py", numpy_script.write,
           Doc("Forward, backward and update in NumPy alone, line by line.",
               "Forward, backward e atualização só com NumPy, linha por linha.")),
    Format("onnx", "application/octet-stream", "onnx", onnx_graph.write,
           Doc("The prediction, for runtimes that read ONNX.",
               "A predição, para programas que leem ONNX.")),
)  # fmt: skip
FORMATS = {row.name: row for row in ROWS}


def export(session: Session, name: str) -> tuple[Format, bytes]:
    """Return a format and the content of its file; raises ValueProblem for an unknown one."""
    row = FORMATS.get(name)
    if row is None:
        raise ValueProblem(
            say(
                "There is no format {name}; accepted are {accepted}.",
                name=name[:40],
                accepted=FORMATS,
            ),
            pointer="/format",
        )
    return row, row.write(session)
