"""The application: settings in, ASGI application out."""

from __future__ import annotations

import os

from anyio import CapacityLimiter
from fastapi import FastAPI

from app import __version__, errors
from app.assets import FOREVER, REVALIDATE, Assets, build
from app.base_path import BasePath
from app.embedders import ancestors, embedders
from app.guard import Guard
from app.heads import Heads
from app.hosts import Hosts
from app.lessons.own import OwnLessons
from app.lifespan import lifespan
from app.limits import check
from app.observing.metrics import Metrics
from app.observing.observers import observers
from app.observing.request_ids import RequestIds
from app.observing.requests import Requests
from app.rates import RateLimits
from app.routes import ROUTERS
from app.schema import install_schema
from app.security import SecureHeaders
from app.settings import Settings
from app.shortcuts import Shortcuts
from app.spoken import Spoken


def create_app(settings: Settings | None = None) -> FastAPI:
    """Return the application; raises ValueError for a limit that there is not."""
    settings = settings or Settings()
    check(settings.limits)
    app = FastAPI(
        title="Gradwalk",
        version=__version__,
        summary="Backpropagation on computation graphs, shown step by step.",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        # What is measured is at /metrics; to ask at each request who else would hear takes time.
        telemetry={"tracing": False, "metrics": False, "logs": False},
        generate_unique_id_function=lambda route: route.name,
    )
    built = f"/static/{build()}"
    app.state.settings = settings
    app.state.static = "/static" if settings.development else built
    app.state.workers = CapacityLimiter(os.cpu_count() or 1)
    app.state.own_lessons = OwnLessons(settings.lessons)
    app.state.stopping = lambda: False
    app.add_middleware(Shortcuts)
    app.add_middleware(Heads)
    app.add_middleware(Guard, public_url=settings.public_url)
    if settings.hosted:
        app.add_middleware(RateLimits)
    app.add_middleware(Hosts, settings=settings)
    app.add_middleware(Spoken)
    app.add_middleware(SecureHeaders, ancestors=ancestors(embedders(settings.embedders)))
    app.add_middleware(BasePath, base_path=settings.base_path)
    told = observers(settings)
    app.state.metrics = next((one for one in told if isinstance(one, Metrics)), None)
    if told:
        app.add_middleware(Requests, told=told)
    app.add_middleware(RequestIds)
    errors.install(app)
    for router in ROUTERS:
        app.include_router(router)
    app.mount(built, Assets(FOREVER, as_written=False))
    app.mount("/static", Assets(REVALIDATE, as_written=True))
    install_schema(app)
    return app
