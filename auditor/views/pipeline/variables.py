"""Variables that a script finds set when it starts, and which one a misspelt name means."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.model.node import Node
from auditor.views.github.names import closest
from auditor.views.pipeline.earlier import earlier
from auditor.views.pipeline.model import Platform, Step
from auditor.views.pipeline.reading import entries, items, text
from auditor.views.pipeline.shell import commands
from auditor.views.shell.environment_file import entries as written
from auditor.views.shell.variables import assignments

_SHORTEST = 5
"""Letters below which two names are near each other by chance."""


def set_before(step: Step) -> frozenset[str] | None:
    """The names that the files set for a step; None when something sets names that cannot be seen (a file of variables)."""
    job = step.job
    found: set[str] = set()
    for table in (job.pipeline.variables, job.variables, step.variables):
        found |= set(_names(table))
    for rule in items(job.condition) if job.pipeline.platform is Platform.GITLAB else ():
        found |= set(_names(rule.at("variables")))
    handed = earlier(step, _handed_on)
    return None if _UNSEEN in handed else frozenset(found | handed)


_UNSEEN = "?"
"""Stands for names that cannot be seen."""


def _handed_on(step: Step) -> frozenset[str]:
    """The names that a step sets for the later ones."""
    made = commands(step)
    if made is None:
        return frozenset()
    lines = [written(made.tree, variable) for variable in ("GITHUB_ENV", "BASH_ENV")]
    found = {entry.name for it in lines for entry in it.found}
    if step.job.pipeline.platform is not Platform.GITHUB:
        found |= {it.name for it in assignments(made.tree)}
    return frozenset(found if all(it.complete for it in lines) else {_UNSEEN})


def _names(table: Node) -> Iterable[str]:
    """The names of a table, or of a list of `name: value` (Azure, Kubernetes) or of assignments (Jenkins)."""
    if isinstance(table.value, dict):
        body = table.at("body")
        return [text(it.at("name")) for it in items(body)] if isinstance(body.data, list) else [name for name, _ in entries(table)]
    return [text(it.at("name")) for it in items(table) if isinstance(it.data, dict)]


def meant(name: str, known: Iterable[str]) -> str:
    """The known name that this one nearly is; empty when none is near, or when it may be a name of its own."""
    if len(name) < _SHORTEST:
        return ""
    near = closest(name, [it for it in known if len(it) >= _SHORTEST and it.isupper() == name.isupper()])
    return "" if not near or _plural(name, near) else near


def _plural(one: str, other: str) -> bool:
    """Whether they differ by a digit or an ending that makes another name of it: `NODE_1` and `NODE_2`, `IMAGE` and `IMAGES`."""
    longer, shorter = sorted((one, other), key=len, reverse=True)
    if longer.startswith(shorter):
        return True
    return len(one) == len(other) and all(a == b or a.isdigit() or b.isdigit() for a, b in zip(one, other, strict=True))
