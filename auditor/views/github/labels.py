"""The labels of GitHub's own runners: which exist, which were switched off and when (state: November 2026)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.model.value import Value
from auditor.views.github.expression import Mistake, fences, is_whole, parse
from auditor.views.github.expression.tree import path_of
from auditor.views.github.names import closest, nearest
from auditor.views.github.reading import Trail, down, entries, is_open, items
from auditor.views.github.syntax.walk import Problem, node_at

_UBUNTU = ("latest", "slim", "24.04", "24.04-arm", "22.04", "22.04-arm", "latest-4-cores", "latest-8-cores", "latest-16-cores")
_WINDOWS = ("latest", "latest-8-cores", "2025", "2025-vs2026", "2022", "11-arm")
HOSTED: dict[str, str] = {
    **{f"ubuntu-{version}": "linux" for version in _UBUNTU},
    **{f"windows-{version}": "windows" for version in _WINDOWS},
    **{f"macos-{version}{size}": "macos" for version in ("latest", "26", "15", "14") for size in ("", "-large", "-xlarge")},
    "macos-26-intel": "macos",
    "macos-15-intel": "macos",
}
"""Label -> the system that it runs."""

RETIRED: dict[str, tuple[str, str]] = {
    "ubuntu-16.04": ("2021-09-20", "ubuntu-24.04"),
    "ubuntu-18.04": ("2023-04-03", "ubuntu-24.04"),
    "ubuntu-20.04": ("2025-04-15", "ubuntu-24.04"),
    "windows-2016": ("2022-03-15", "windows-2025"),
    "windows-2019": ("2025-06-30", "windows-2025"),
    "macos-10.15": ("2022-12-01", "macos-15"),
    "macos-11": ("2024-06-28", "macos-15"),
    "macos-11-large": ("2024-06-28", "macos-15-large"),
    "macos-12": ("2024-12-03", "macos-15"),
    "macos-12-large": ("2024-12-03", "macos-15-large"),
    "macos-12-xlarge": ("2024-12-03", "macos-15-xlarge"),
    "macos-13": ("2025-12-04", "macos-15"),
    "macos-13-large": ("2025-12-04", "macos-15-large"),
    "macos-13-xlarge": ("2025-12-04", "macos-15-xlarge"),
}
"""Label -> (the day it was switched off, what takes its place)."""

OWN: dict[str, str] = {
    "self-hosted": "",
    "x64": "",
    "x86": "",
    "arm": "",
    "arm64": "",
    "linux": "linux",
    "macos": "macos",
    "windows": "windows",
}
"""Labels that every runner of one's own carries -> its system."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label that a job's runner must carry; `group` numbers those that one runner must carry together."""

    text: str
    where: Node
    group: int


def labels_of(job: Value, trail: Trail) -> list[Label]:
    """Every label that a job asks for, also through its matrix; what is computed otherwise is left out."""
    written = down(job, "runs-on")
    place: Trail = (*trail, "runs-on")
    if written is not None and isinstance(written.data, dict):
        written, place = down(written, "labels"), (*place, "labels")
    if written is None:
        return []
    found: list[Label] = []
    listed = isinstance(written.data, list)
    for number, item in items(written):
        here: Trail = (*place, number) if listed else place
        if not isinstance(item.data, str):
            continue
        if "${{" not in item.data:
            found.append(Label(item.data, node_at(item, here), 0))
        else:
            found += _of_matrix(job, item.data, trail, listed)
    return found


def _of_matrix(job: Value, text: str, trail: Trail, listed: bool) -> Iterator[Label]:
    name = matrix_key(text)
    if not name:
        return
    matrix = down(job, "strategy", "matrix")
    place: Trail = (*trail, "strategy", "matrix")
    group = 1
    for row, values in entries(matrix):
        if row.lower() == name and isinstance(values.data, list):
            for number, value in enumerate(values.data):
                yield from _value(value, (*place, row, number), 0 if listed and len(values.data) == 1 else group)
                group += 1
    for number, item in items(matrix, "include"):
        for key, value in entries(item):
            if key.lower() == name:
                yield from _value(value, (*place, "include", number, key), group)
                group += 1


def _value(value: Value, trail: Trail, group: int) -> Iterator[Label]:
    if isinstance(value.data, str) and "${{" not in value.data:
        yield Label(value.data, node_at(value, trail), group)
    elif isinstance(value.data, list):
        for number, item in enumerate(value.data):
            if isinstance(item.data, str) and "${{" not in item.data:
                yield Label(item.data, node_at(item, (*trail, number)), group)


def matrix_key(text: str) -> str:
    """The name that a text takes from the matrix when it is `${{ matrix.name }}` and nothing else; empty otherwise."""
    if not is_whole(text):
        return ""
    tree = parse(fences(text)[0].source)
    path = () if isinstance(tree, Mistake) else path_of(tree)
    return path[1] if len(path) == 2 and path[0] == "matrix" else ""


def problems(root: Value) -> Iterator[Problem]:
    """Labels that no hosted runner carries, that none carries any more, and that no one runner carries together."""
    for name, job in entries(root, "jobs"):
        found = labels_of(job, ("jobs", name))
        own = {label.group for label in found if label.text.lower() == "self-hosted"}
        if _may_be_own(down(job, "runs-on")):
            own.add(0)
        for label in found:
            text = label.text.lower()
            if text in RETIRED:
                day, instead = RETIRED[text]
                message = f"GitHub switched {label.text} off on {day}: the job waits for a runner for a day and is cancelled"
                yield Problem("label-retired", label.where, message, instead)
            elif text and text not in HOSTED and text not in OWN and not own & {0, label.group}:
                message = f"no runner of GitHub's carries {label.text!r}{nearest(label.text, [*HOSTED, *OWN])}"
                yield Problem("label-near" if closest(label.text, HOSTED) else "label-unknown", label.where, message)
        yield from _conflicts(found)


def _may_be_own(runs_on: Value | None) -> bool:
    """Whether a label that is computed, or a group, may stand for a runner of one's own."""
    if runs_on is not None and isinstance(runs_on.data, dict):
        if "group" in runs_on.data:
            return True
        runs_on = down(runs_on, "labels")
    texts = [item.data for _, item in items(runs_on)]
    return is_open(runs_on) or any(isinstance(text, str) and "${{" in text and not matrix_key(text) for text in texts)


def _conflicts(found: list[Label]) -> Iterator[Problem]:
    """Two systems asked of one runner: in one list, or in a list beside each value of a matrix."""
    fixed: Label | None = None
    first: dict[int, Label] = {}
    for label in sorted(found, key=lambda it: it.group):
        system = _system(label)
        if not system:
            continue
        if label.group == 0 and fixed is None:
            fixed = label
            continue
        other = fixed or first.setdefault(label.group, label)
        if _system(other) != system:
            yield Problem(
                "label-conflict", label.where, f"one runner is asked to be {other.text} and {label.text}", "a matrix", (other.where,)
            )


def _system(label: Label) -> str:
    return HOSTED.get(label.text.lower()) or OWN.get(label.text.lower(), "")


def combinations_without_label(resource: Resource, graph: Graph) -> list[Problem]:
    """A place function: the combinations of a matrix made of `include` alone that lack what `runs-on` reads."""
    found: list[Problem] = []
    for name, job in entries(resource.body.value_, "jobs"):
        matrix = down(job, "strategy", "matrix")
        runs_on = down(job, "runs-on")
        text = runs_on.data if runs_on is not None else None
        wanted = matrix_key(text) if isinstance(text, str) else ""
        include = down(matrix, "include")
        if (
            not wanted
            or matrix is None
            or not isinstance(matrix.data, dict)
            or set(matrix.data) - {"include", "exclude"}
            or is_open(include)
        ):
            continue
        for number, item in items(include):
            table = item.data
            if isinstance(table, dict) and wanted not in {key.lower() for key in table} and "<<" not in table:
                where = node_at(item, ("jobs", name, "strategy", "matrix", "include", number))
                found.append(Problem("label-missing", where, f"this combination has no {wanted!r}, which runs-on reads", wanted))
    return found


def system_of_job(found: list[Label]) -> str:
    """The system that every runner of a job has; empty when that differs or is not known."""
    systems: dict[int, set[str]] = {label.group: set() for label in found}
    for label in found:
        systems[label.group].add(label.text)
    known = {system_of(list(texts)) for texts in systems.values()}
    return known.pop() if len(known) == 1 else ""


def system_of(labels: list[str]) -> str:
    """linux, macos or windows, where the labels say it; empty otherwise."""
    known = {HOSTED.get(label.lower()) or OWN.get(label.lower(), "") for label in labels} - {""}
    return known.pop() if len(known) == 1 else ""
