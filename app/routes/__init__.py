"""The routes: one file per noun, gathered here. They do not import each other."""

from app.routes import (
    answers,
    comparisons,
    datasets,
    docs,
    graphs,
    health,
    initializers,
    lessons,
    limits,
    networks,
    networks_data,
    networks_files,
    networks_frames,
    networks_health,
    networks_landscape,
    networks_rows,
    networks_training,
    networks_views,
    ops,
    optimizers,
    pages,
    previews,
    programs,
    schedules,
)

# The first match is taken, so what is asked for most often stands first.
ROUTERS = tuple(
    module.router
    for module in (
        graphs,
        programs,
        answers,
        networks_files,
        networks,
        networks_training,
        networks_views,
        networks_data,
        networks_frames,
        networks_landscape,
        comparisons,
        networks_health,
        networks_rows,
        ops,
        datasets,
        previews,
        optimizers,
        initializers,
        schedules,
        lessons,
        limits,
        health,
        docs,
        pages,
    )
)
