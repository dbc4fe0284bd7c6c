"""What a request may be refused for, said as the commands say it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from app.catalogues.problems import translated
from app.complaints import complaint
from app.errors import Refused
from app.export.figure import NoFigure
from engine.errors import EngineError
from engine.sentence import say


@contextmanager
def refused(language: str) -> Iterator[None]:
    """Raise NoFigure with a sentence of the language for what an endpoint would refuse."""
    try:
        yield
    except ValidationError as error:
        first = RequestValidationError(error.errors()).errors()[0]
        place = "/".join(map(str, first["loc"]))
        wrong = say("At {pointer}: {what}.", pointer=place, what=complaint(first))
        raise NoFigure(translated(wrong, language)) from None
    except EngineError as error:
        raise NoFigure(translated(error.message, language)) from None
    except Refused as error:
        raise NoFigure(translated(error.sentence, language)) from None
