"""Exercises from templates, drawn by seed: numbers and structures that can be done by hand."""

from .asked import asked
from .exercise import LEVELS, RATE, Exercise, exercise
from .forms import TEMPLATES, Template

__all__ = ["LEVELS", "RATE", "TEMPLATES", "Exercise", "Template", "asked", "exercise"]
