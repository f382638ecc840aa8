"""The shells that a step may name, and the default of its job."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.value import Value
from auditor.views.github.labels import labels_of, system_of_job
from auditor.views.github.names import nearest, one_of
from auditor.views.github.reading import Trail, down, entries, steps_in
from auditor.views.github.syntax.walk import Problem, node_at

EVERYWHERE = frozenset({"bash", "pwsh", "python"})
_OF = {
    "windows": EVERYWHERE | {"cmd", "powershell"},
    "linux": EVERYWHERE | {"sh"},
    "macos": EVERYWHERE | {"sh"},
    "": EVERYWHERE | {"sh", "cmd", "powershell"},
}


def problems(root: Value) -> Iterator[Problem]:
    """Shells that do not exist, or not on the system of their job."""
    yield from _of_shell(down(root, "defaults", "run", "shell"), ("defaults", "run", "shell"), "")
    for name, job in entries(root, "jobs"):
        trail: Trail = ("jobs", name)
        found = labels_of(job, trail)
        own = any("self-hosted" in label.text.lower() for label in found)
        system = "" if own else system_of_job(found)
        yield from _of_shell(down(job, "defaults", "run", "shell"), (*trail, "defaults", "run", "shell"), system)
        for below, step in steps_in(job):
            yield from _of_shell(down(step, "shell"), (*trail, *below, "shell"), system)


def _of_shell(shell: Value | None, trail: Trail, system: str) -> Iterator[Problem]:
    if shell is None or not isinstance(shell.data, str) or not shell.data or "${{" in shell.data or "{0}" in shell.data:
        return
    known = _OF[system]
    if shell.data.lower() not in known:
        on = f" on {system}" if shell.data.lower() in _OF[""] else ""
        yield Problem(
            "shell",
            node_at(shell, trail),
            f"there is no shell {shell.data!r}{on}{nearest(shell.data, known)}",
            f"{one_of(known)}, or a command with {{0}}",
        )
