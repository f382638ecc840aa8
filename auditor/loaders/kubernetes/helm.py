"""Charts: rendered by whatever `app` hands in, and read back with the lines of their templates.

Every line of a template is marked with a comment that says where it stands; what comes out marked is used when it reads the same as
what comes out without marks. Then a value's line is that of its template. Otherwise findings point at the file alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from auditor.loaders import Loading, Rendering, Settings
from auditor.loaders.files import Files, Unreadable
from auditor.loaders.kubernetes.objects import objects
from auditor.loaders.yaml import read_yaml
from auditor.loaders.yaml.dialect import KUBERNETES
from auditor.model.diagnostic import Diagnostic, Level
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.model.span import Span
from auditor.model.value import Value, plain
from auditor.model.written import Written

_MARK = re.compile(r"[ \t]*#@@(\d+):(\d+)[ \t]*$")
_CONTROL = re.compile(r"\{\{-?\s*(?:if|else|end|range|with|define|template|block|/\*|\$[\w.]+\s*:?=|break|continue)\b|\{\{-?\s*/\*")
_ACTION = re.compile(r"\{\{.*?\}\}")
_BLOCK_SCALAR = re.compile(r"(?:^|[\s:])[|>][+-]?\d?[+-]?\s*(?:#.*)?$")
_OPENS = re.compile(r"\{\{-?\s*(?:if|range|with|define|block)\b")
_ENDS = re.compile(r"\{\{-?\s*end\b")
_DEFINES = re.compile(r"\{\{-?\s*(?:define|block)\b")
_MAX_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart in a tree: its folder, and its files by their path in it."""

    folder: str
    files: Mapping[str, bytes]

    def path(self, rendered: str) -> str:
        """The file of a template that the renderer names `chart/templates/x.yaml`."""
        inside = rendered.partition("/")[2]
        return f"{self.folder}/{inside}" if self.folder else inside


def load(files: Files, folder: str, settings: Settings, meta: Node) -> Loading:
    """The objects of a chart; a gap when nothing can render it."""
    manifest = f"{folder}/Chart.yaml".lstrip("/")
    if settings.render_chart is None:
        return _gap(manifest, f"the chart {folder or '.'} is not rendered, so its manifests are not looked at", ())
    chart = Chart(folder, dict(_read(files, folder)))
    values = tuple(files.read_bytes(path) for path in settings.values)
    rendered = settings.render_chart(chart.files, values)
    used = tuple(sorted(f"{folder}/{path}".lstrip("/") for path in chart.files))
    if rendered.problem:
        return _gap(manifest, f"the chart {folder or '.'} cannot be rendered: {rendered.problem}", used)
    marked_files, names = _marked(chart.files)
    marked = settings.render_chart(marked_files, values)
    return _loading(chart, rendered, marked, names, meta, used)


def _gap(path: str, message: str, files: tuple[str, ...]) -> Loading:
    problem = Diagnostic(Span(path), "helm-not-rendered", message, Level.WARNING, gap=True)
    return Loading(diagnostics=(problem,), files=files, gaps=(message,))


def _read(files: Files, folder: str) -> Iterator[tuple[str, bytes]]:
    for path in files.below(folder or "."):
        full = f"{folder}/{path}".lstrip("/")
        if files.size(full) <= _MAX_BYTES:
            try:
                yield path, files.read_bytes(full)
            except Unreadable:  # a link that leads out of the repository is no part of the chart
                continue


def _loading(chart: Chart, rendered: Rendering, marked: Rendering, names: list[str], meta: Node, used: tuple[str, ...]) -> Loading:
    resources: list[Resource] = []
    problems: list[Diagnostic] = []
    for name, text in sorted(rendered.texts.items()):
        path = chart.path(name)
        if not path.endswith((".yaml", ".yml", ".json")) or not text.strip():
            continue
        documents, wrong = read_yaml(text, path, KUBERNETES)
        problems += (Diagnostic(Span(path), p.code, f"as rendered, {p.message}", p.level, p.gap) for p in wrong)
        roots: list[Value] = [document.root for document in documents]
        lined = _lined(marked.texts.get(name, ""), path, roots, names, chart)
        if lined is None:
            for root in roots:
                _place(root, lambda _: 1, {}, 0)
        resources += (it for root in lined or roots for it in objects(root, chart.folder or ".", meta))
    gaps = tuple(problem.message for problem in problems if problem.gap)
    return Loading(tuple(resources), tuple(problems), used, gaps=gaps)


# -- marks


def _marked(files: Mapping[str, bytes]) -> tuple[dict[str, bytes], list[str]]:
    """(the files with marks in their templates, the names that the marks count)."""
    found: dict[str, bytes] = {}
    names: list[str] = []
    for path, data in files.items():
        found[path] = data
        if re.search(r"(?:^|/)templates/", path) and path.endswith((".yaml", ".yml")) and not path.rpartition("/")[2].startswith("_"):
            try:
                text = data.decode()
            except UnicodeDecodeError:
                continue
            names.append(path)
            found[path] = mark(text, len(names) - 1).encode()
    return found, names


def mark(text: str, number: int) -> str:
    """A template with a comment at the end of each line that can bear one."""
    lines: list[str] = []
    open_action = False
    depth = 0
    block: int | None = None
    for index, line in enumerate(text.split("\n"), 1):
        was_open, open_action = open_action, _still_open(line, open_action=open_action)
        if depth or _DEFINES.search(line):
            depth = max(0, depth + len(_OPENS.findall(line)) - len(_ENDS.findall(line)))
            lines.append(line)
            continue
        indent = len(line) - len(line.lstrip())
        if block is not None and line.strip() and not line.lstrip().startswith("{{") and indent <= block:
            block = None
        inside = block is not None
        bare = _ACTION.sub("", line)
        if not inside and _BLOCK_SCALAR.search(bare):
            block = indent
        bears = not (was_open or open_action or inside) and _can_bear(line, bare)
        lines.append(f"{line} #@@{number}:{index}" if bears else line)
    return "\n".join(lines)


def _can_bear(line: str, bare: str) -> bool:
    text = line.strip()
    if not text or text.startswith("#") or text in ("---", "...") or text.endswith(("-}}", "\\", "\r")):
        return False
    if _CONTROL.match(text) and not bare.strip():
        return False
    return bare.count('"') % 2 == 0 and (bare.count("'") % 2 == 0 or '"' in bare)


def _still_open(line: str, *, open_action: bool) -> bool:
    start = 0
    while True:
        found = line.find("}}" if open_action else "{{", start)
        if found < 0:
            return open_action
        open_action = not open_action
        start = found + 2


# -- places


def _lined(text: str, path: str, roots: list[Value], names: list[str], chart: Chart) -> list[Value] | None:
    """The documents of a marked text with the lines of their template; None when they are not the same documents."""
    if not text:
        return None
    documents, problems = read_yaml(text, path, KUBERNETES)
    found: list[Value] = [document.root for document in documents]
    if problems or [plain(root) for root in found] != [plain(root) for root in roots]:
        return None
    origin: list[int] = [1]
    for line in text.split("\n"):
        at = _MARK.search(line)
        origin.append(int(at[2]) if at and _is(names, int(at[1]), path, chart) else origin[-1])
    first = next((line for line in origin[1:] if line > 1), 1)
    indents = _indents(chart, path)

    def template_line(line: int) -> int:
        return max(origin[min(line, len(origin) - 1)], 1) if line < len(origin) else first

    for root in found:
        _place(root, template_line, indents, 0)
    return found


def _is(names: list[str], number: int, path: str, chart: Chart) -> bool:
    full = f"{chart.folder}/{names[number]}".lstrip("/") if number < len(names) else ""
    return full == path


def _indents(chart: Chart, path: str) -> dict[int, int]:
    data = chart.files.get(path.removeprefix(f"{chart.folder}/") if chart.folder else path, b"")
    lines = data.decode("utf-8", "replace").split("\n")
    return {number: len(line) - len(line.lstrip()) + 1 for number, line in enumerate(lines, 1)}


def _place(value: Any, line: Any, columns: Mapping[int, int], depth: int) -> None:
    """Move a tree to the lines of its template."""
    if not isinstance(value, Written) or depth > 100:
        return
    value.line, value.end_line = line(value.line), max(line(value.line), line(value.end_line))
    value.column = columns.get(value.line, 1)
    value.end_column = value.column + 1 if value.end_line == value.line else columns.get(value.end_line, 1) + 1
    data = value.data
    if isinstance(data, dict):
        for key in getattr(data, "keys_at", {}).values():
            _place(key, line, columns, depth + 1)
        for part in data.values():
            _place(part, line, columns, depth + 1)
    elif isinstance(data, list):
        for part in data:
            _place(part, line, columns, depth + 1)
