"""The routes: one file per noun, gathered here. They do not import each other."""

from app.routes import graphs, health, lessons, limits, ops, pages, programs

ROUTERS = tuple(module.router for module in (programs, graphs, ops, lessons, limits, health, pages))
