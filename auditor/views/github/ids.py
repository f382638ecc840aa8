"""The ids of jobs and steps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from auditor.model.node import Node
from auditor.model.value import Value
from auditor.model.written import Table
from auditor.views.github.names import nearest
from auditor.views.github.reading import Trail, down, entries, items, steps_in
from auditor.views.github.syntax.walk import Problem, node_at

_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*\Z")
_WANTED = "a letter or _, then letters, digits, - and _"


def problems(root: Value) -> Iterator[Problem]:
    """Ids that cannot be ids, and ids of steps that stand twice in a job."""
    jobs = down(root, "jobs")
    keys = jobs.data.keys_at if jobs is not None and isinstance(jobs.data, Table) else {}
    for name, job in entries(jobs):
        if not _ID.match(name) and "${{" not in name and name != "<<":
            yield Problem("id", node_at(keys.get(name, job), ("jobs", name)), f"{name!r} cannot be the id of a job", _WANTED)
        yield from of_steps(job, ("jobs", name))


def of_steps(holder: Value | None, trail: Trail) -> Iterator[Problem]:
    """The faults in the ids of steps."""
    seen: dict[str, Node] = {}
    for below, step in steps_in(holder):
        yield from _awaited(step, (*trail, *below), seen)
        found = down(step, "id")
        if found is None or not isinstance(found.data, str) or not found.data or "${{" in found.data:
            continue
        where = node_at(found, (*trail, *below, "id"))
        if not _ID.match(found.data):
            yield Problem("id", where, f"{found.data!r} cannot be the id of a step", _WANTED)
        first = seen.setdefault(found.data.lower(), where)
        if first is not where:
            yield Problem("id-twice", where, f"a step before has the id {found.data!r} too (case does not count)", related=(first,))


def _awaited(step: Value, trail: Trail, seen: Mapping[str, Node]) -> Iterator[Problem]:
    """Steps that wait for, or cancel, a step that no step before is."""
    for key in ("wait", "cancel"):
        single = not isinstance(getattr(down(step, key), "data", None), list)
        for number, item in items(step, key):
            if isinstance(item.data, str) and item.data and "${{" not in item.data and item.data.lower() not in seen:
                where = node_at(item, (*trail, key) if single else (*trail, key, number))
                yield Problem("undefined-step", where, f"no step before has the id {item.data!r}{nearest(item.data, seen)}")
