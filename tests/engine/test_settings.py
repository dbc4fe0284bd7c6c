"""Settings of calls: what each kind takes, and the sentences for what it does not."""

from __future__ import annotations

from typing import Any

import pytest

from engine import EngineError, Position, evaluate, labels, parse

READ: list[tuple[str, dict[str, Any]]] = [
    ("clip(x, 0, 1)", {"min": 0.0, "max": 1.0}),
    ("clip(x, max=-1e3)", {"min": None, "max": -1000.0}),
    ("clip(x, None, 2)", {"min": None, "max": 2.0}),
    ("dropout(x, m)", {"p": 0.5}),
    ("dropout(x, m, 0.2)", {"p": 0.2}),
    ("var(x)", {"axis": None, "keepdims": False, "correction": 0}),
    ("var(x, 0, True, 1)", {"axis": 0, "keepdims": True, "correction": 1}),
    ("conv2d(x, w)", {"stride": (1, 1), "padding": (0, 0)}),
    ("conv2d(x, w, 2, padding=(1, 0))", {"stride": (2, 2), "padding": (1, 0)}),
    ("conv2d(x, w, stride=[2, 3])", {"stride": (2, 3), "padding": (0, 0)}),
    ("max_pool2d(x, 3)", {"kernel_size": (3, 3), "stride": None}),
    ("avg_pool2d(x, kernel_size=2, stride=None)", {"kernel_size": (2, 2), "stride": None}),
    ("embedding(x, [2, 0])", {"rows": (2, 0)}),
    ("embedding(x, rows=[[0, 1], [1, 1]])", {"rows": ((0, 1), (1, 1))}),
    ("layer_norm(x, 1e-3)", {"eps": 1e-3}),
]


@pytest.mark.parametrize(("text", "params"), READ)
def test_settings_are_read(text: str, params: dict[str, Any]) -> None:
    graph = parse(text)
    assert graph[graph.output].params == params


REFUSED = [
    ("clip(x, y, 1)", "min is a finite number, or None.", 9),
    ("clip(x, 1e999)", "min is a finite number, or None.", 9),
    ("sum(x, axis=0.5)", "axis is a whole number such as 0 or -1.", 13),
    ("sum(x, keepdims=1)", "keepdims is True or False.", 17),
    ("var(x, correction=0.5)", "correction is a whole number such as 0 or 1.", 19),
    ("softmax(x, axis=None)", "axis is a whole number such as 0 or -1.", 17),
    ("conv2d(x, w, (1, 2, 3))", "stride is a whole number or two of them, as 2 or (2, 1).", 14),
    ("conv2d(x, w, padding=p)", "padding is a whole number or two of them, as 2 or (2, 1).", 22),
    ("embedding(x, [])", "rows is a list of row numbers, as [0, 2, 1].", 14),
    ("embedding(x, [0, [1]])", "rows is a list of row numbers, as [0, 2, 1].", 14),
    ("embedding(x, [[0], [1, 2]])", "rows is a list of row numbers, as [0, 2, 1].", 14),
    ("embedding(x, i)", "rows is a list of row numbers, as [0, 2, 1].", 14),
    ("embedding(x)", "embedding needs rows as well: a list of row numbers, as [0, 2, 1].", 1),
    ("where(c, x)", "where takes 3 arguments, and 2 were given.", 1),
    ("norm(x, 0, True, 2)", "norm takes 1 argument and, if wanted, axis and keepdims, and 4 were "
     "given.", 1),
    ("norm(x, ord=1)", "norm was given ord twice or takes no such setting; its settings are: axis, "
     "keepdims.", 13),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sentence", "column"), REFUSED)
def test_settings_of_another_kind_are_refused(text: str, sentence: str, column: int) -> None:
    with pytest.raises(EngineError) as caught:
        parse(text)
    assert caught.value.message == sentence
    assert caught.value.position == Position(1, column)


IMAGE, VECTOR = [[[[1.0, 2.0], [3.0, 4.0]]]], [1.0, 2.0]
MISFITS: list[tuple[str, dict[str, Any], str]] = [
    ("clip(x)", {"x": 1}, "at least one bound"),
    ("clip(x, 2, 1)", {"x": 1}, "must be in order"),
    ("dropout(x, x, p=1)", {"x": 1}, "less than 1"),
    ("dropout(x, x, p=-0.1)", {"x": 1}, "from 0 to less than 1"),
    ("var(x, correction=-1)", {"x": VECTOR}, "from 0 on"),
    ("std(x, correction=2)", {"x": VECTOR}, "more than 2 elements"),
    ("dot(x, y)", {"x": VECTOR, "y": [1]}, "two vectors of one length"),
    ("outer(x, y)", {"x": VECTOR, "y": 1}, "two vectors"),
    ("embedding(x, [0])", {"x": VECTOR}, "rows of a matrix"),
    ("embedding(x, [2])", {"x": [VECTOR, VECTOR]}, "row 2, and the matrix has the rows 0 to 1"),
    ("embedding(x, [-1])", {"x": [VECTOR, VECTOR]}, "row -1"),
    ("layer_norm(x)", {"x": 1}, "along the last axis"),
    ("conv2d(x, w)", {"x": IMAGE, "w": VECTOR}, "images [N, C, H, W]"),
    ("conv2d(x, w)", {"x": IMAGE, "w": [[[[1, 2, 3]]]]}, "does not fit"),
    ("conv2d(x, x, stride=0)", {"x": IMAGE}, "from 1 on"),
    ("conv2d(x, x, padding=-1)", {"x": IMAGE}, "from 0 on"),
    ("max_pool2d(x, 3)", {"x": IMAGE}, "does not fit"),
    ("max_pool2d(x)", {"x": VECTOR}, "last two axes"),
    ("avg_pool2d(x, 0)", {"x": IMAGE}, "from 1 on"),
]


@pytest.mark.parametrize(("text", "values", "part"), MISFITS)
def test_settings_that_do_not_fit_are_refused(text: str, values: Any, part: str) -> None:
    with pytest.raises(EngineError) as caught:
        evaluate(parse(f"f = sum({text})"), values)
    assert part in caught.value.message
    assert caught.value.message.endswith(".")
    assert caught.value.position == Position(1, 9)
    assert caught.value.node == "%1"


LABELS = [
    ("clip(x, 0, 1.5)", r"\operatorname{clip}(x, 0, 1.5)"),
    ("clip(x, max=1)", r"\operatorname{clip}(x, -\infty, 1)"),
    ("embedding(x, [1, 0])", "{x}_{[1, 0]}"),
    ("embedding(x, [[1, 0]])", "{x}_{[(1, 0)]}"),
    ("where(x, y, 1)", r"\operatorname{where}(x, y, 1)"),
]


@pytest.mark.parametrize(("text", "latex"), LABELS)
def test_settings_are_typeset(text: str, latex: str) -> None:
    graph = parse(f"f = ({text}) * 2")
    node = next(node for node in graph.nodes if node.op not in (None, "mul"))
    assert labels(graph)[node.id].latex == latex
