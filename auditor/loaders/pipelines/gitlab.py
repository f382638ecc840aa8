"""GitLab's configuration as GitLab puts it together: includes, inputs, `extends`, `!reference`. Every value keeps its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import normpath

from auditor.loaders.files import Files, Unreadable
from auditor.loaders.yaml import read_yaml
from auditor.loaders.yaml.dialect import GITLAB
from auditor.model.diagnostic import Diagnostic
from auditor.model.node import Node
from auditor.model.value import MISSING, Data, Unknown, Value
from auditor.model.written import Table, Written

MAX_EXTENDS = 11
"""How many levels of `extends` GitLab follows."""
_MAX_INCLUDES = 150
_MAX_REFERENCES = 10
_INPUT = re.compile(r"\$\[\[\s*inputs\.([\w-]+)\s*((?:\|[^\]]*)?)\]\]")
NOWHERE = Node(Value(MISSING))
_ELSEWHERE = ("project", "remote", "template", "component", "artifact")


@dataclass(slots=True)
class Configuration:
    """What GitLab sees. `doubts`: what is included from elsewhere; `missing`: local files that are named and not there."""

    root: Value
    texts: dict[str, str] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)
    doubts: list[Value] = field(default_factory=list)
    missing: list[Value] = field(default_factory=list)
    cycles: list[Value] = field(default_factory=list)


def assemble(files: Files, repository: str, path: str) -> Configuration:
    """The configuration that begins in `path`, a path of the tree."""
    made = Configuration(Value({}))
    reader = _Includes(files, "" if repository == "." else f"{repository}/", made)
    merged = reader.read(path, {})
    if merged is None:
        return made
    jobs = _Extends(merged, made)
    made.root = _with(merged, {name: _resolved(jobs.job(name), merged) for name in merged.data} if isinstance(merged.data, dict) else {})
    return made


def _resolved(value: Value, root: Value) -> Value:
    return _References(root).value(value, 0)


class _Includes:
    """Reads a file with all that it includes."""

    def __init__(self, files: Files, prefix: str, made: Configuration) -> None:
        self.files = files
        self.prefix = prefix
        self.made = made
        self.count = 0
        self.open: list[str] = []

    def read(self, path: str, inputs: Mapping[str, Value]) -> Value | None:
        """The merged table of a file; None when it cannot be read."""
        try:
            text = self.made.texts.get(path) or self.files.read(path)
        except Unreadable as error:
            self.made.problems.append(error.diagnostic)
            return None
        first = path not in self.made.texts
        self.made.texts[path] = text
        documents, problems = read_yaml(text, path, GITLAB)
        if first:
            self.made.problems += problems
        roots = [document.root for document in documents]
        declared: Mapping[str, Value] = {}
        if len(roots) > 1 and isinstance(roots[0].data, dict) and "spec" in roots[0].data:
            declared = dict(Node(roots.pop(0)).at("spec.inputs").data or {})
        if not roots or not isinstance(roots[0].data, dict):
            return None
        root = _interpolated(roots[0], _arguments(declared, inputs)) if "$[[" in text else roots[0]
        self.open.append(path)
        merged = self.included(root)
        self.open.pop()
        return root if merged is None else _merge(merged, root)

    def included(self, root: Value) -> Value | None:
        """What a file includes, merged in order."""
        merged: Value | None = None
        for item in _listed(Node(root).at("include")):
            for path, inputs in self.local(item):
                self.count += 1
                if path in self.open or self.count > _MAX_INCLUDES:
                    self.made.cycles.append(item.value_)
                    continue
                part = self.read(path, inputs)
                if part is not None:
                    merged = part if merged is None else _merge(merged, part)
        return merged

    def local(self, item: Node) -> Iterator[tuple[str, Mapping[str, Value]]]:
        """(path of the tree, inputs) of each file that an entry of `include` names in this repository."""
        entry = item
        if isinstance(item.data, dict):
            if any(key in item.data for key in _ELSEWHERE):
                self.made.doubts.append(item.value_)
                return
            entry = item.at("local")
        name = entry.data
        if not isinstance(name, str) or "$" in name or "://" in name:
            self.made.doubts.append(item.value_)
            return
        inputs = item.at("inputs").data if isinstance(item.data, dict) else None
        given = inputs if isinstance(inputs, dict) else {}
        path = normpath(self.prefix + name.lstrip("/"))
        if "*" in name:
            shape = re.compile(_glob(path))
            yield from ((found, given) for found in self.files.paths if shape.match(found))
        elif self.files.exists(path):
            yield path, given
        else:
            self.made.missing.append(entry.value_)


def _glob(pattern: str) -> str:
    """A pattern of paths as a regular expression: `**` goes through folders, `*` does not."""
    words = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*"}
    return "".join(words.get(part, re.escape(part)) for part in re.split(r"(\*\*/|\*\*|\*)", pattern)) + r"\Z"


def _listed(node: Node) -> list[Node]:
    if isinstance(node.data, list):
        return [Node(item) for item in node.data]
    return [node] if isinstance(node.data, (str, dict)) else []


def _arguments(declared: Mapping[str, Value], given: Mapping[str, Value]) -> Mapping[str, Value]:
    found: dict[str, Value] = {}
    for name, spec in declared.items():
        default = Node(spec).at("default")
        if name in given:
            found[name] = given[name]
        elif isinstance(default.data, (str, int, float, bool, list, dict)):
            found[name] = default.value_
        else:
            found[name] = Value(Unknown(f"the input {name} is given by whoever includes this"), spec.place)
    return found


def _interpolated(value: Value, inputs: Mapping[str, Value]) -> Value:
    """A value with its `$[[ inputs.x ]]` filled in."""
    data = value.data
    if isinstance(data, dict):
        return _with(value, {_text(name, inputs): _interpolated(part, inputs) for name, part in data.items()})
    if isinstance(data, list):
        return _of(value, [_interpolated(part, inputs) for part in data])
    if not isinstance(data, str) or "$[[" not in data:
        return value
    whole = _INPUT.fullmatch(data.strip())
    if whole and not whole[2].strip():
        argument = inputs.get(whole[1])
        return _of(value, argument.data) if argument is not None else _of(value, Unknown(f"the input {whole[1]} is not known"))
    text = _text(data, inputs)
    return _of(value, Unknown("an input is not known") if "$[[" in text else text)


def _text(text: str, inputs: Mapping[str, Value]) -> str:
    def fill(found: re.Match[str]) -> str:
        argument = inputs.get(found[1])
        known = argument is not None and isinstance(argument.data, (str, int, float)) and not found[2].strip()
        return str(argument.data) if known and argument is not None else found[0]

    return _INPUT.sub(fill, text)


def _of(value: Value, data: Data) -> Value:
    """The same place with other data."""
    if not isinstance(value, Written):
        return Value(data, value.place, value.marks)
    made = Written(data, value.file, value.line, value.column, value.end_line, value.end_column, value.raw)
    made.style, made.tag, made.indent = value.style, value.tag, value.indent
    return made


def _with(value: Value, entries: Mapping[str, Value]) -> Value:
    """The same table with other entries; its keys keep their places."""
    table = Table()
    table.update(entries)
    if isinstance(value.data, Table):
        table.keys_at.update(value.data.keys_at)
        table.duplicates.extend(value.data.duplicates)
    return _of(value, table)


def _merge(under: Value, over: Value) -> Value:
    """As GitLab merges: tables entry by entry, anything else is replaced."""
    if not isinstance(under.data, dict) or not isinstance(over.data, dict):
        return over
    entries = dict(under.data)
    for name, value in over.data.items():
        entries[name] = _merge(entries[name], value) if name in entries else value
    made = _with(over, entries)
    if isinstance(under.data, Table) and isinstance(made.data, Table):
        made.data.keys_at = {**under.data.keys_at, **made.data.keys_at}
    return made


class _Extends:
    """Jobs with what they extend."""

    def __init__(self, root: Value, made: Configuration) -> None:
        self.jobs: Mapping[str, Value] = root.data if isinstance(root.data, dict) else {}
        self.done: dict[str, Value] = {}
        self.made = made

    def job(self, name: str, depth: int = 0) -> Value:
        """A top-level entry, with its parents' keys below its own."""
        if name in self.done:
            return self.done[name]
        value = self.jobs[name]
        parents = (
            [item for item in _listed(Node(value).at("extends")) if isinstance(item.data, str)] if isinstance(value.data, dict) else []
        )
        if not parents:
            return value
        if depth > MAX_EXTENDS:
            self.made.cycles.append(parents[0].value_)
            return value
        merged: Value | None = None
        for parent in parents:
            if parent.data in self.jobs:
                part = self.job(str(parent.data), depth + 1)
                merged = part if merged is None else _merge(merged, part)
        self.done[name] = value if merged is None else _merge(merged, value)
        return self.done[name]


class _References:
    """Values with their `!reference [job, key]` replaced; one that leads nowhere stays as it is written."""

    def __init__(self, root: Value) -> None:
        self.root = Node(root)

    def value(self, value: Value, depth: int) -> Value:
        """A value without references that can be followed."""
        data = value.data
        if isinstance(data, dict):
            parts = {name: self.value(part, depth) for name, part in data.items()}
            return value if all(parts[name] is data[name] for name in data) else _with(value, parts)
        if isinstance(data, list):
            if _is_reference(value):
                return self.target(value, depth)
            items = [made for item in data for made in self.item(item, depth)]
            return value if len(items) == len(data) and all(a is b for a, b in zip(items, data, strict=True)) else _of(value, items)
        return value

    def item(self, item: Value, depth: int) -> list[Value]:
        """An item of a list; a reference to a list stands for its items."""
        made = self.value(item, depth)
        if _is_reference(item) and made is not item and isinstance(made.data, list):
            return list(made.data)
        return [made]

    def target(self, value: Value, depth: int) -> Value:
        """What a reference names."""
        found = self.root
        for step in Node(value).each():
            found = found.at(f'["{step.text}"]') if isinstance(found.data, dict) else NOWHERE
        if found.data is MISSING:
            return value
        return value if depth >= _MAX_REFERENCES else self.value(found.value_, depth + 1)


def _is_reference(value: Value) -> bool:
    return isinstance(value, Written) and value.tag == "!reference"
