"""Charts: rendered by whatever `app` hands in, and read back with the lines of their templates.

Every line of a template is marked with a comment that says where it stands; what comes out marked is used when it reads the same as
what comes out without marks. Then a value's line is that of its template. Otherwise findings point at the file alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from auditor.loaders import Loading, Release, Rendering, Settings
from auditor.loaders.files import Files, Unreadable
from auditor.loaders.kubernetes.chart_values import Histories, Values, tables
from auditor.loaders.kubernetes.marks import MARK, marked
from auditor.loaders.kubernetes.objects import objects
from auditor.loaders.kubernetes.variants import differences
from auditor.loaders.yaml import read_yaml
from auditor.loaders.yaml.comments import MARKER, blocks_of, comments_of
from auditor.loaders.yaml.dialect import KUBERNETES
from auditor.model.diagnostic import Diagnostic, Level
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.model.source import Block, Comment
from auditor.model.span import Span
from auditor.model.value import Value, plain
from auditor.model.written import Written
from auditor.views.kubernetes.lifecycle import NEWEST

_MAX_BYTES = 5_000_000
_COMMENT = re.compile(r"\{\{-?[ \t]*/\*(.*?)\*/[ \t]*-?\}\}")


@dataclass(frozen=True, slots=True)
class Given:
    """What a chart is rendered with beside its own values: values files, the same as tables, and the release.

    `others`: the same files with other values in place of those that are not known; what then comes out differently is not known.
    """

    release: Release
    texts: tuple[bytes, ...] = ()
    tables: tuple[Value, ...] = ()
    others: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class _Chart:
    """A chart in a tree: its folder, its files by their path in it, and what it is rendered with. `bundle` is where its objects belong."""

    folder: str
    files: Mapping[str, bytes]
    given: Given
    bundle: str
    meta: Node

    def path(self, rendered: str) -> str:
        """The file of a template that the renderer names `chart/templates/x.yaml`."""
        inside = rendered.partition("/")[2]
        return f"{self.folder}/{inside}" if self.folder else inside

    def text(self, path: str) -> str:
        """The text of a file of the chart, by its path in the tree."""
        return self.files.get(path.removeprefix(f"{self.folder}/") if self.folder else path, b"").decode("utf-8", "replace")


def load(files: Files, folder: str, settings: Settings, meta: Node) -> Loading:
    """The objects of a chart with the values that the user names; a gap when nothing can render it."""
    texts = tuple(files.read_bytes(path) for path in settings.values)
    named = tuple(table for path, text in zip(settings.values, texts, strict=True) for table in tables(text, path))
    return render(files, folder, settings, Given(Release(version_of(settings)), texts, named), folder or ".", meta)


def version_of(settings: Settings) -> str:
    """The version of Kubernetes that charts are rendered for: the user's, else the newest that is known."""
    parts = [part for part in settings.kubernetes_version.lstrip("v").split(".") if part.isdigit()] or [str(part) for part in NEWEST]
    return ".".join([*parts, "0", "0"][:3])


def render(files: Files, folder: str, settings: Settings, given: Given, bundle: str, meta: Node) -> Loading:
    """The objects of a chart as a part of a bundle; a gap when nothing can render it."""
    manifest = f"{folder}/Chart.yaml".lstrip("/")
    if settings.render_chart is None:
        return _gap(manifest, f"the chart {folder or '.'} is not rendered, so its manifests are not looked at", ())
    chart = _Chart(folder, dict(_read(files, folder)), given, bundle, meta)
    rendered = settings.render_chart(chart.files, given.texts, given.release)
    used = tuple(sorted(f"{folder}/{path}".lstrip("/") for path in chart.files))
    if rendered.problem:
        return _gap(manifest, f"the chart {folder or '.'} cannot be rendered: {rendered.problem}", used)
    files_with_marks, names = marked(chart.files)
    lined = settings.render_chart(files_with_marks, given.texts, given.release)
    other = settings.render_chart(chart.files, given.others, given.release) if given.others else rendered
    return _loading(chart, (rendered, lined, other), names, used)


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


def _loading(chart: _Chart, outputs: tuple[Rendering, Rendering, Rendering], names: list[str], used: tuple[str, ...]) -> Loading:
    rendered, lined, other = outputs
    values = Values.of(chart.folder, chart.files, chart.given.tables)
    resources: list[Resource] = []
    problems: list[Diagnostic] = []
    comments: list[Comment] = []
    blocks: list[Block] = []
    for name, text in sorted(rendered.texts.items()):
        path = chart.path(name)
        if not path.endswith((".yaml", ".yml", ".json")) or not text.strip():
            continue
        documents, wrong = read_yaml(text, path, KUBERNETES)
        problems += (Diagnostic(Span(path), p.code, f"as rendered, {p.message}", p.level, p.gap) for p in wrong)
        plainly: list[Value] = [document.root for document in documents]
        roots = _lined(lined.texts.get(name, ""), path, plainly, names, chart)
        for root in () if roots else plainly:
            _place(root, lambda _: 1, {}, 0)
        doubt = differences(roots or plainly, other, name) if chart.given.others else ""
        found = [it for root in roots or plainly for it in objects(root, chart.bundle, chart.meta)]
        template = chart.text(path)
        if roots:
            found = [replace(it, history=Histories(it.body, name.partition("/")[2], template.split("\n"), values)) for it in found]
        resources += (replace(it, doubt=doubt) for it in found) if doubt else found
        if roots and MARKER.search(template):
            comments += comments_of(_COMMENT.sub(r"#\1", template), path)
            blocks += (block for it in found for block in blocks_of(it))
    gaps = tuple(problem.message for problem in problems if problem.gap)
    return Loading(tuple(resources), tuple(problems), used, gaps=gaps, comments=tuple(comments), blocks=tuple(blocks))


# -- places


def _lined(text: str, path: str, roots: list[Value], names: list[str], chart: _Chart) -> list[Value] | None:
    """The documents of a marked text with the lines of their template; None when they are not the same documents."""
    if not text:
        return None
    documents, problems = read_yaml(text, path, KUBERNETES)
    found: list[Value] = [document.root for document in documents]
    if problems or [plain(root) for root in found] != [plain(root) for root in roots]:
        return None
    origin: list[int] = [1]
    for line in text.split("\n"):
        at = MARK.search(line)
        origin.append(int(at[2]) if at and _is(names, int(at[1]), path, chart) else origin[-1])
    first = next((line for line in origin[1:] if line > 1), 1)
    indents = _indents(chart, path)

    def template_line(line: int) -> int:
        return max(origin[min(line, len(origin) - 1)], 1) if line < len(origin) else first

    for root in found:
        _place(root, template_line, indents, 0)
    return found


def _is(names: list[str], number: int, path: str, chart: _Chart) -> bool:
    full = f"{chart.folder}/{names[number]}".lstrip("/") if number < len(names) else ""
    return full == path


def _indents(chart: _Chart, path: str) -> dict[int, int]:
    lines = chart.text(path).split("\n")
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
