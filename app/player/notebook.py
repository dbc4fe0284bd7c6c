"""A run of the engine as a frame that plays it, for notebooks: the entry point of the engine's."""

from __future__ import annotations

from markupsafe import Markup
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from app import wire
from app.graph_models import UpdateRequest
from app.player.page import player
from app.player.request import PlayerRequest
from engine import Run
from engine.errors import EngineError

# Pixels: the stage, the ledger beside it and the controls.
HEIGHT = 600
_FRAME = Markup(
    '<iframe sandbox="allow-scripts" title="Gradwalk" width="100%" height="{height}" '
    'style="border:0" srcdoc="{page}"></iframe>'
)


def shown(run: Run) -> str | None:
    """Return the frame of a run; None for a graph without a program and one too large to draw."""
    if not run.graph.program:
        return None
    try:
        page = player(_asked(run)).content.decode()
    except (EngineError, HTTPException, ValidationError):
        return None
    return str(_FRAME.format(height=HEIGHT, page=page))


def _asked(run: Run) -> PlayerRequest:
    leaves = run.graph.leaves
    derived = any(run.grads[name] is not None for name in leaves)
    update = None
    if run.updates and run.learning_rate is not None:
        names = [one.parameter for one in run.updates]
        update = UpdateRequest(learning_rate=run.learning_rate, parameters=names)
    return PlayerRequest(
        program=run.graph.program,
        values={name: wire.numbers(run.values[name]) for name in leaves},
        constants=[name for name in leaves if derived and run.grads[name] is None],
        update=update,
    )
