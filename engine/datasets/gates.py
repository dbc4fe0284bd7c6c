"""Data sets small enough for the board: logical gates, and the identity of the lecture."""

from __future__ import annotations

import numpy as np

from ..ops.row import Doc
from .row import OWN, Dataset, Draw, Source

_INPUTS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])


def _gate(outputs: str) -> Draw:
    """Return the four rows of a gate, from what it answers to 00, 01, 10 and 11."""
    return lambda _rng, _s: (_INPUTS.copy(), np.array([int(bit) for bit in outputs]))


_PERCEPTRONS = Source("Minsky and Papert, Perceptrons, MIT Press, 1969.", OWN)
_TABLE = Source("Truth table.", OWN)

ROWS = (
    Dataset(
        name="xor", features=("x1", "x2"), classes=("0", "1"), source=_PERCEPTRONS,
        title=Doc("XOR", "XOR"), draw=_gate("0110"),
        doc=Doc("True where exactly one input is; no line separates it, so a layer is hidden.",
                "Verdadeiro se só uma entrada o é; nenhuma reta o separa: é preciso uma camada "
                "oculta."),
    ),
    Dataset(
        name="and", features=("x1", "x2"), classes=("0", "1"), source=_TABLE,
        title=Doc("AND", "E (AND)"), draw=_gate("0001"),
        doc=Doc("True where both inputs are; one line separates it.",
                "Verdadeiro se ambas as entradas o são; uma reta o separa."),
    ),
    Dataset(
        name="or", features=("x1", "x2"), classes=("0", "1"), source=_TABLE,
        title=Doc("OR", "OU (OR)"), draw=_gate("0111"),
        doc=Doc("True where an input is; one line separates it.",
                "Verdadeiro se alguma entrada o é; uma reta o separa."),
    ),
    Dataset(
        name="identity", features=("x1",), classes=("0", "1"),
        source=Source("The lecture on backpropagation: o = X₁, by a chain of neurons.", OWN),
        title=Doc("Identity", "Identidade"),
        draw=lambda _rng, _s: (np.array([[0.0], [1.0]]), np.array([0, 1])),
        doc=Doc("The output is the input: the lecture's task for two neurons in a chain.",
                "A saída é a entrada: a tarefa da aula para dois neurônios em cadeia."),
    ),
)  # fmt: skip
