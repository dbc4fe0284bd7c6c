"""What `POST /graphs` answers: an engine's run, written row by row for the wire."""

from __future__ import annotations

from typing import Any

import numpy as np

import engine
from app import details, known, tangents, wire
from app.catalogues.coded import in_words_and_code
from app.details import Shown
from app.explain import Explainer
from app.graph_models import ChainRequest, GraphRequest, NudgeRequest
from engine import Run
from engine.check import relative_error
from engine.deadline import look

Row = dict[str, Any]
# An element of a leaf at a kink counts as standing there if its gradients differ by more than this.
KINK = 1e-6


def graph(asked: GraphRequest) -> Row:
    """Evaluate what is asked for, and return the answer without its links."""
    return written(asked, details.shown(asked))


def written(asked: GraphRequest, view: Shown, mark: str | None = None) -> Row:
    """Return the answer to a request that has been evaluated; of the mark, see Explainer."""
    run, told = view.run, _told(asked, view)
    explainer = Explainer(
        run, view.labels, asked.explain, _said(asked, view), mark, told if asked.told else None
    )
    answer = {
        "program": asked.program,
        "output": run.graph.output,
        "value": wire.numbers(view.whole.value),
        "detail": asked.detail,
        "nodes": [_node(view, node.id, explainer) for node in run.graph.nodes],
        "edges": [_edge(run, index, explainer) for index in range(len(run.edges))],
        "steps": [_step(run, index, explainer) for index in range(len(run.steps))],
        "updates": [_update(update) for update in run.updates],
        "check": _check(asked, view) if asked.check else None,
        "nudge": _nudge(asked, view, asked.nudge) if asked.nudge else None,
        "chain": _chain(run, asked.chain, explainer) if asked.chain else None,
    }
    if asked.explain is not None and len(told) == len(run.steps):
        answer["paths"] = _paths(run)
    answer |= tangents.answer(asked, view, explainer)
    return {**answer, **in_words_and_code("notices", view.whole.notices)}


def steps(asked: GraphRequest) -> Row:
    """Return of the answer the steps that are told, and nothing else."""
    view = details.shown(asked)
    run, told = view.run, _told(asked, view)
    # Tangents have steps of their own, which are told whole and cut afterwards.
    moved = bool(asked.tangent) and asked.mode == "forward"
    explainer = Explainer(
        run, view.labels, asked.explain, _said(asked, view), told=None if moved else told
    )
    found = tangents.answer(asked, view, explainer).get("steps")
    if found is None:
        rows, of = [_step(run, index, explainer) for index in told], len(run.steps)
    else:
        told, of = _part(asked, len(found)), len(found)
        rows = found[told.start : told.stop]
    return {"start": told.start, "of": of, "steps": rows}


def _told(asked: GraphRequest, view: Shown) -> range:
    """Return the steps that say something: as many as are wanted, if there are."""
    return _part(asked, len(view.run.steps))


def _part(asked: GraphRequest, count: int) -> range:
    if asked.told is None:
        return range(count)
    start = max(0, min(asked.told.start, count - asked.told.count))
    return range(start, min(count, start + asked.told.count))


def _said(asked: GraphRequest, view: Shown) -> dict[int, Row] | None:
    """Return what the edges say where that depends on the program alone, not on shapes."""
    plain = view.run is view.whole and known.is_known(view.run.graph)
    if not plain or any(map(np.ndim, view.run.values.values())):
        return None
    if sum(map(len, (*view.labels, *view.labels.values()))) > known.SHORT:
        return None
    wording = known.Wording(asked.program, frozenset(view.labels.items()), asked.explain)
    return known.edges(wording)


def _node(view: Shown, name: str, explainer: Explainer) -> Row:
    look()
    run = view.run
    node = run.graph[name]
    value = run.values[name]
    return {
        "id": name,
        "label": explainer.plain(name),
        "latex": explainer.latex(name),
        "kind": view.kinds[name],
        "op": node.op,
        "args": list(node.args),
        "shape": list(np.shape(value)),
        "value": wire.numbers(value),
        "grad": wire.numbers(run.grads[name]),
        "group": None,
        "summary": wire.summary(value),
        "sign": explainer.sign(name),
        "folded": explainer.folded(name),
        "element": _element(view, name),
    }


def _element(view: Shown, name: str) -> Row | None:
    """Return of which array a number is an element, and where."""
    origin = view.expansion and view.expansion.origins.get(name)
    return {"node": origin[0], "index": list(origin[1])} if origin and origin[1] else None


def _edge(run: Run, index: int, explainer: Explainer) -> Row:
    look()
    edge = run.edges[index]
    return {
        "source": edge.source,
        "target": edge.target,
        "slot": edge.slot,
        "local": wire.numbers(edge.local),
        "local_kind": edge.local_kind,
        "contribution": wire.numbers(edge.contribution),
        "factors": _factors(run, index, explainer),
        **explainer.edge(index),
    }


def _step(run: Run, index: int, explainer: Explainer) -> Row:
    look()
    step = run.steps[index]
    row: Row = {"index": index, "phase": step.phase, "node": step.node}
    if step.source is not None:
        total = None if step.edge is None else run.totals[step.edge]
        row |= {"source": step.source, "slot": step.slot, "total": wire.numbers(total)}
    return {**row, **explainer.step(index)}


def _update(update: engine.Update) -> Row:
    return {
        "parameter": update.parameter,
        "old": wire.numbers(update.old),
        "gradient": wire.numbers(update.gradient),
        "change": wire.numbers(update.change),
        "new": wire.numbers(update.new),
    }


def _check(asked: GraphRequest, view: Shown) -> Row:
    """Compare leaf by leaf; a leaf that was taken apart is compared element by element."""
    checks = engine.check_gradients(view.whole.graph, asked.values, asked.constants)
    rows = {}
    for leaf, check in checks.items():
        apart = view.expansion.elements.get(leaf) if view.expansion else None
        if apart is None:
            rows[leaf] = _compared(check)
            continue
        for place in np.ndindex(apart.shape):
            analytic, numeric = check.analytic[place], check.numeric[place]
            error = relative_error(analytic, numeric)
            kink = check.kink and error > KINK
            rows[apart[place]] = _compared(engine.Check(analytic, numeric, error, kink))
    return rows


def _compared(check: engine.Check) -> Row:
    return {
        "analytic": wire.numbers(check.analytic),
        "numeric": wire.numbers(check.numeric),
        "max_relative_error": wire.numbers(check.max_relative_error),
        "kink": check.kink,
    }


def _nudge(asked: GraphRequest, view: Shown, wish: NudgeRequest) -> Row:
    """Move an element of a node that is shown, or of one that was taken apart."""
    if wish.node in view.run.graph and np.size(view.whole.value) == 1:
        run, constants = view.run, view.constants
    else:
        run, constants = view.whole, tuple(asked.constants)
    leaves = {name: run.values[name] for name in run.graph.leaves}
    found = engine.nudge(run.graph, leaves, wish.node, wish.h, tuple(wish.index), constants)
    return {
        "node": found.node,
        "h": found.h,
        "minus": wire.numbers(found.minus),
        "plus": wire.numbers(found.plus),
        "slope": wire.numbers(found.slope),
        "gradient": wire.numbers(found.gradient),
        "kink": found.kink,
    }


def _paths(run: Run) -> Row:
    """Return for each leaf that has a gradient the paths from the output to it."""
    routes = engine.Routes(run)
    found = {
        leaf: engine.paths(run.graph, run, leaf, routes=routes)
        for leaf in run.graph.leaves
        if run.grads[leaf] is not None
    }
    return {
        leaf: {"paths": some.paths, "more": some.more, "ways": _count(some.ways)}
        for leaf, some in found.items()
    }


def _chain(run: Run, wish: ChainRequest, explainer: Explainer) -> Row:
    found = engine.chain(run, wish.node, wish.top, wish.most)
    return {
        "top": found.top,
        "node": found.node,
        "paths": [
            {
                "edges": list(path),
                "factors": [explainer.printed(factor) for factor in factors],
                "product": wire.numbers(product),
            }
            for path, factors, product in zip(
                found.paths, found.factors, found.products, strict=True
            )
        ],
        "ways": _count(found.ways),
        "more": found.more,
        "total": wire.numbers(found.total),
        "lines": [
            {"name": line.name, "latex": explainer.printed(line.latex)} for line in found.lines
        ],
    }


def _count(ways: int) -> int | float:
    """Return a number of paths as JSON's readers can hold it: exactly up to 2⁵³."""
    return ways if ways <= 2**53 else float(min(ways, 2**1023))


def _factors(run: Run, index: int, explainer: Explainer) -> list[Row] | None:
    found = engine.factors(run, index)
    if found is None:
        return None
    return [
        {
            "latex": explainer.printed(factor.latex),
            "shape": list(np.shape(factor.value)),
            "value": wire.numbers(factor.value),
            "role": factor.role,
            "transposed": factor.transposed,
            "sign": factor.sign,
        }
        for factor in found
    ]
