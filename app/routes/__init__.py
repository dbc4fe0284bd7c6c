"""The routes: one file per noun, gathered here. They do not import each other."""

from app.routes import (
    datasets,
    docs,
    graphs,
    health,
    lessons,
    limits,
    networks,
    networks_data,
    networks_files,
    networks_frames,
    networks_training,
    networks_views,
    ops,
    optimizers,
    pages,
    programs,
)

ROUTERS = tuple(
    module.router
    for module in (
        programs,
        graphs,
        networks_files,
        networks,
        networks_training,
        networks_views,
        networks_data,
        networks_frames,
        ops,
        datasets,
        optimizers,
        lessons,
        limits,
        health,
        docs,
        pages,
    )
)
