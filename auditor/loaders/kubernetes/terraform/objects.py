"""From the blocks of Terraform's provider to Kubernetes objects: the same values at the places where they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from auditor.loaders.kubernetes.terraform.vocabulary import (
    DROPPED,
    INLINE,
    KINDS,
    LISTS,
    MAPS,
    NUMBERS,
    TEXTS,
    ZERO_IS_NOTHING,
    is_list,
    spelled,
)
from auditor.model.value import MISSING, Unknown, Value
from auditor.views.kubernetes.namespace import CLUSTER_WIDE

_LAST = re.compile(r'(?:\.?[^.\[\]"]+|\[\d+\]|\["(?:[^"\\]|\\.)*"\])\Z')


@dataclass(slots=True)
class Translation:
    """An object, and the path in the Terraform block of each part that has another one there."""

    kind: str
    body: Value
    paths: dict[str, str] = field(default_factory=dict)

    def source(self, path: str) -> str:
        """The path in the Terraform block of what stands at `path`; empty when nothing does."""
        rest = ""
        while path:
            if path in self.paths:
                return self.paths[path] + rest
            last = _LAST.search(path)
            if last is None:
                return ""
            path, rest = path[: last.start()], (last[0] if last[0][0] in ".[" else f".{last[0]}") + rest
        return f"{self.paths['']}{rest}" if "" in self.paths else ""


def translate(type_: str, block: Value) -> Translation | None:
    """The object that a resource of the provider makes; None for a type that makes none."""
    found = KINDS.get(type_)
    if found is None or not isinstance(block.data, dict):
        return None
    version, kind = found
    made = Translation(kind, block)
    table = _Walk(kind, made.paths).table(block.data, "", "", "")
    if kind == "HorizontalPodAutoscaler" and version == "autoscaling/v1" and "metrics" in _inside(table.get("spec")):
        version = "autoscaling/v2"
    _name(table, kind, block, default=type_.startswith("kubernetes_default_"))
    head = {"apiVersion": Value(version, block.place), "kind": Value(kind, block.place)}
    made.body = Value({**head, **table}, block.place, block.marks)
    return made


def _inside(value: Value | None) -> dict[str, Value]:
    return value.data if value is not None and isinstance(value.data, dict) else {}


def _name(table: dict[str, Value], kind: str, block: Value, *, default: bool) -> None:
    """What the provider adds: its namespace is `default` where none is named, and so is the name of the default account."""
    metadata = table.get("metadata")
    place = metadata.place if metadata else block.place
    entries = _inside(metadata)
    if metadata is not None and not isinstance(metadata.data, dict):
        return
    if default:
        entries = {"name": Value("default", place), **entries}
    if kind not in CLUSTER_WIDE and "namespace" not in entries:
        entries = {**entries, "namespace": Value("default", place)}
    table["metadata"] = Value(entries, place)


@dataclass(slots=True)
class _Walk:
    kind: str
    paths: dict[str, str]

    def table(self, block: Any, parent: str, here: str, there: str) -> dict[str, Value]:
        """The entries of a block. `here` is its path in the object, `there` in the Terraform block."""
        found: dict[str, Value] = {}
        for name, value in block.items():
            if not parent and (name in DROPPED or name.startswith("wait_")):
                continue
            inner = f"{there}.{name}" if there else name
            if (parent, name) in INLINE:
                for index, item in enumerate(_blocks(value)):
                    found |= self.table(item.data, name, here, f"{inner}[{index}]")
                continue
            self.entry(found, parent, name, value, here, inner)
        return found

    def entry(self, found: dict[str, Value], parent: str, name: str, value: Value, here: str, there: str) -> None:
        if isinstance(value.data, dict) and is_list(parent, name) and not _is_map(name, value.data):
            value = Value([value], value.place, value.marks)  # one block, written as an attribute
        data = value.data
        blocks = isinstance(data, list) and any(isinstance(item.data, dict) or _open(item) for item in data)
        if data is None or data is MISSING or (isinstance(data, list) and not data):
            return
        if isinstance(data, list) and blocks and is_list(parent, name):
            word = LISTS[name]
            path = f"{here}.{word}" if here else word
            self.paths[path] = there
            items = [self.item(item, name, f"{path}[{index}]", f"{there}[{index}]") for index, item in enumerate(data)]
            found[word] = Value([*_inside_list(found.get(word)), *items], value.place, value.marks)
            return
        word = spelled(self.kind, parent, name)
        path = f"{here}.{word}" if here else word
        self.paths[path] = there
        if blocks:
            assert isinstance(data, list)
            found[word] = self.item(data[0], name, path, f"{there}[0]")
        elif isinstance(data, dict) and not _is_map(name, data):
            found[word] = self.item(value, name, path, there)
        else:
            made = _typed(parent, name, value)
            if made is not None:
                found[word] = made

    def item(self, value: Value, name: str, here: str, there: str) -> Value:
        self.paths[here] = there
        if not isinstance(value.data, dict):
            return value
        if name in ("limits", "requests"):  # blocks in the provider's first versions, maps since
            return _texts(value)
        return Value(self.table(value.data, name, here, there), value.place, value.marks)


def _blocks(value: Value) -> list[Value]:
    items = value.data if isinstance(value.data, list) else [value]
    return [item for item in items if isinstance(item.data, dict)]


def _inside_list(value: Value | None) -> list[Value]:
    return value.data if value is not None and isinstance(value.data, list) else []


def _open(value: Value) -> bool:
    return isinstance(value.data, Unknown) and value.data.many


def _is_selector(data: Any) -> bool:
    return "match_labels" in data or "match_expressions" in data


def _is_map(name: str, data: Any) -> bool:
    return name in MAPS and not _is_selector(data)


def _typed(parent: str, name: str, value: Value) -> Value | None:
    """An attribute in the type that the provider sends; None for what it leaves out."""
    data = value.data
    if name in TEXTS:
        return _texts(value)
    if name == "value" and parent in ("env", "http_header", "option"):
        return _text(value)
    if data == "" and isinstance(data, str):
        return None
    if data == 0 and not isinstance(data, bool) and name in ZERO_IS_NOTHING:
        return None
    if isinstance(data, str) and name in NUMBERS and re.fullmatch(r"\d{1,18}", data):
        return Value(int(data), value.place, value.marks)
    if name in ("default_mode", "mode") and isinstance(data, str) and re.fullmatch(r"[0-7]{1,6}", data):
        return Value(int(data, 8), value.place, value.marks)
    return value


def _texts(value: Value) -> Value:
    data = value.data
    if isinstance(data, dict):
        return Value({key: _text(item) for key, item in data.items() if item.data is not None}, value.place, value.marks)
    if isinstance(data, list):
        return Value([_text(item) for item in data], value.place, value.marks)
    return value


def _text(value: Value) -> Value:
    """A number or truth value as the text that Terraform makes of it."""
    data = value.data
    match data:
        case bool():
            return Value("true" if data else "false", value.place, value.marks)
        case int():
            return Value(str(data), value.place, value.marks)
        case Fraction() | float():
            return Value(f"{float(data):g}", value.place, value.marks)
        case _:
            return value
