"""The order of jobs: what they need, and whether it can ever be met."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.node import Node
from auditor.model.value import Value
from auditor.model.written import Table
from auditor.views.github.names import nearest, one_of
from auditor.views.github.reading import Trail, down, entries, is_open, items
from auditor.views.github.syntax.walk import Problem, node_at


def problems(root: Value) -> Iterator[Problem]:
    """Needs that name no job, name one twice, or lead in a circle."""
    jobs = down(root, "jobs")
    if jobs is None or not isinstance(jobs.data, dict):
        return
    known = {name.lower(): name for name in jobs.data}
    edges: dict[str, list[tuple[str, Node]]] = {}
    for name, job in entries(jobs):
        needs = down(job, "needs")
        single = needs is not None and not isinstance(needs.data, list)
        seen: set[str] = set()
        for number, item in items(needs):
            if not isinstance(item.data, str) or not item.data or "${{" in item.data:
                continue
            trail: Trail = ("jobs", name, "needs") if single else ("jobs", name, "needs", number)
            where = node_at(item, trail)
            wanted = item.data.lower()
            if wanted in seen:
                yield Problem("need-twice", where, f"the job {item.data!r} stands here twice")
            seen.add(wanted)
            if wanted in known:
                edges.setdefault(name, []).append((known[wanted], where))
            elif not is_open(jobs):
                message = f"there is no job {item.data!r}{nearest(item.data, jobs.data)}"
                yield Problem("need-unknown", where, message, one_of(jobs.data))
    yield from _cycles(jobs, edges)


def _cycles(jobs: Value, edges: dict[str, list[tuple[str, Node]]]) -> Iterator[Problem]:
    """Every circle once, at the job of it that stands first."""
    done: set[str] = set()
    for start in edges:
        if start in done:
            continue
        path: list[str] = []
        stack: list[tuple[str, Iterator[tuple[str, Node]]]] = [(start, iter(edges.get(start, ())))]
        path.append(start)
        inside = {start}
        while stack:
            name, rest = stack[-1]
            step = next(rest, None)
            if step is None:
                stack.pop()
                inside.discard(path.pop())
                done.add(name)
            elif step[0] in inside:
                yield _cycle(jobs, path[path.index(step[0]) :], edges)
            elif step[0] not in done:
                path.append(step[0])
                inside.add(step[0])
                stack.append((step[0], iter(edges.get(step[0], ()))))


def _cycle(jobs: Value, circle: list[str], edges: dict[str, list[tuple[str, Node]]]) -> Problem:
    order = {name: number for number, name in enumerate(jobs.data if isinstance(jobs.data, dict) else {})}
    first = min(range(len(circle)), key=lambda number: order.get(circle[number], 0))
    names = circle[first:] + circle[:first]
    shown = " needs ".join([*names, names[0]])
    related = [where for name, following in zip(names, [*names[1:], names[0]], strict=True) for to, where in edges[name] if to == following]
    key = jobs.data.keys_at.get(names[0]) if isinstance(jobs.data, Table) else None
    where = node_at(key or down(jobs, names[0]) or jobs, ("jobs", names[0]))
    return Problem("need-cycle", where, f"the jobs wait for each other: {shown}", related=tuple(related))
