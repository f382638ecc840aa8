"""The values that a chart is rendered with, and where each of them was written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from auditor.loaders.yaml import read_yaml
from auditor.loaders.yaml.dialect import KUBERNETES
from auditor.model.node import Node
from auditor.model.redaction import secret_name
from auditor.model.resource import Origin
from auditor.model.value import MISSING, Value, plain

_TOKEN = re.compile(r"\{\{[^}]*?\}\}")
_VALUE = re.compile(r"\.Values((?:\.[A-Za-z_]\w*)+)")
_STEP = re.compile(r'[^.\[\]"]+|\[\d+\]|\["(?:[^"\\]|\\.)*"\]')
_SUBCHART = re.compile(r"(?:^|/)charts/([^/]+)/")
SENSITIVE = "(sensitive)"
"""What stands in a history for a value that must not be shown."""
_MOST = 4
"""Values named on one line that a history lists."""


@dataclass(frozen=True, slots=True)
class Values:
    """Tables of values; later ones win. `defaults` are those of the subcharts, by their path in the chart."""

    tables: tuple[Value, ...]
    defaults: Mapping[str, Value]

    @classmethod
    def of(cls, folder: str, files: Mapping[str, bytes], given: Sequence[Value]) -> Values:
        """The values of a chart: its own, then those that are given."""
        paths = [path for path in files if path.endswith("values.yaml")]
        own = {path: table for path in paths for table in tables(files[path], f"{folder}/{path}".lstrip("/"))}
        return cls((*([own["values.yaml"]] if "values.yaml" in own else []), *given), own)

    def find(self, path: str, template: str) -> Value | None:
        """The value that `.Values.path` means in a template of the chart; None when nothing writes it."""
        chart = "".join(f"charts/{name}/" for name in _SUBCHART.findall(template))
        inner = "".join(f"{name}." for name in _SUBCHART.findall(template))
        own = [self.defaults[f"{chart}values.yaml"]] if inner and f"{chart}values.yaml" in self.defaults else []
        for table, full in (*((table, inner + path) for table in reversed(self.tables)), *((table, path) for table in own)):
            found = Node(table).at(full).value_
            if found.data is not MISSING:
                return found
        return None


def tables(data: bytes, path: str) -> Sequence[Value]:
    """The tables of a values file: one, or none."""
    documents, _ = read_yaml(data.decode("utf-8-sig", "replace"), path, KUBERNETES)
    return [document.root for document in documents if isinstance(document.root.data, dict)][:1]


@dataclass(frozen=True, slots=True)
class Histories:
    """Where the values of an object come from: the line of its template, and what that line names. `template` is its path in the chart."""

    body: Node
    template: str
    lines: Sequence[str]
    values: Values

    def __call__(self, path: str) -> tuple[Origin, ...]:
        """The history of the value at a path of the object; nothing when its line names no values."""
        node = self.body.at(path)
        span = node.span
        line = self.lines[span.line - 1].strip() if span.line <= len(self.lines) else ""
        steps = list(self._named(line, path, node))
        return (Origin("expression", line, span), *steps) if steps else ()

    def _named(self, line: str, path: str, node: Node) -> Iterator[Origin]:
        names = dict.fromkeys(name[1:] for action in _TOKEN.findall(line) for name in _VALUE.findall(action))
        for name in list(names)[:_MOST]:
            full = self._inside(name, path, node)
            value = self.values.find(full, self.template)
            if value is not None:
                hidden = value.marks.sensitive or secret_name(full.rpartition(".")[2])
                shown = SENSITIVE if hidden and isinstance(value.data, str) else plain(value)
                yield Origin("values", f"{full} = {json.dumps(shown, ensure_ascii=False)}", value.place.span(), shown)

    def _inside(self, name: str, path: str, node: Node) -> str:
        """The value itself, when the line puts in a whole table of values and the path leads into it."""
        steps = _STEP.findall(path)
        for start in range(len(steps)):
            full = name + "".join(step if step.startswith("[") else f".{step}" for step in steps[start:])
            value = self.values.find(full, self.template)
            if value is not None and plain(value) == node.plain():
                return full
        return name
