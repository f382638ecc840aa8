"""A folder of raw replies as a door: files `<service>_<operation>[__<object>][__<region>].json`.

Each holds what `aws SERVICE OPERATION --output json` prints, or an error in place of it. `_index.json`, where it is there,
names for each call the service, operation, region, parameters and file, or the error code in place of a file.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from posixpath import basename, dirname, join
from typing import Any

from auditor.live import NOT_READ, Refused
from auditor.model.json_text import JsonFile
from auditor.model.node import Node
from auditor.model.span import Span
from auditor.model.value import from_plain

INDEX = "_index.json"

_REGION = r"[a-z]{2}(?:-[a-z]+)+-\d"
_NAME = re.compile(
    rf"(?P<service>[a-z][a-z0-9-]*)_(?P<operation>(?:describe|list|get|lookup|search|batch)[a-z0-9_-]*?)"
    rf"(?:__(?P<object>.+?))??(?:__(?P<region>{_REGION}))?\.json"
)
_ERROR = re.compile(r"An error occurred \((?P<code>[\w.:-]+)\)[^:]*: ?(?P<message>.*)", re.DOTALL)
_ARN_REGION = re.compile(rf"arn:aws[\w-]*:[\w-]+:({_REGION}):")
_SERVICES = {"s3api": "s3", "elb": "elb", "events": "events"}


def folders(paths: Iterable[str]) -> tuple[str, ...]:
    """The folders that hold raw replies, sorted."""
    return tuple(sorted({dirname(path) for path in paths if _NAME.fullmatch(basename(path))}))


@dataclass(frozen=True, slots=True)
class Entry:
    """One recorded call. `objects` are the words of the file's name where the parameters are not known."""

    service: str
    operation: str
    region: str
    file: str = ""
    parameters: Mapping[str, Any] | None = None
    objects: tuple[str, ...] = ()
    error: tuple[str, str] | None = None


@dataclass(frozen=True)
class Replies:
    """The replies in a folder. `read` gives a file's text, None when it cannot be read."""

    folder: str
    paths: tuple[str, ...]
    read: Callable[[str], str | None] = field(repr=False)

    @cached_property
    def entries(self) -> Mapping[tuple[str, str], tuple[Entry, ...]]:
        """(service, operation) -> the recorded calls."""
        indexed = self._index()
        known = {entry.file for entry in indexed}
        found: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry in (*indexed, *(self._named(path) for path in self.paths if dirname(path) == self.folder and path not in known)):
            if entry is not None:
                found[entry.service, entry.operation].append(entry)
        return {call: tuple(entries) for call, entries in found.items()}

    def _index(self) -> list[Entry]:
        path = join(self.folder, INDEX)
        try:
            calls = json.loads(self.read(path) or "[]") if path in self.paths else []
        except (ValueError, RecursionError):
            return []
        return [entry for call in (calls if isinstance(calls, list) else []) if (entry := self._listed(call))]

    def _listed(self, call: Any) -> Entry | None:
        if not isinstance(call, dict):
            return None
        service, operation, region, file = (_text(call.get(name)) for name in ("service", "operation", "region", "file"))
        error = (str(call["error"]), _text(call.get("message"))) if call.get("error") else None
        if not service or not operation or not (file or error):
            return None
        parameters = call.get("params")
        known = parameters if isinstance(parameters, dict) else {}
        return Entry(service, operation.replace("-", "_"), region, join(self.folder, file) if file else "", known, (), error)

    def _named(self, path: str) -> Entry | None:
        found = _NAME.fullmatch(basename(path))
        if found is None:
            return None
        objects = tuple(word for word in (found["object"] or "").split(".") if word)
        service = _SERVICES.get(found["service"], found["service"])
        return Entry(service, found["operation"].replace("-", "_"), found["region"] or self.home, path, None, objects)

    @cached_property
    def home(self) -> str:
        """The region of what names none: the one that most ARNs and zones of the replies are in."""
        counts: Counter[str] = Counter()
        for path in self.paths:
            name = _NAME.fullmatch(basename(path))
            if dirname(path) == self.folder and name and not name["region"] and (text := self.read(path)):
                counts.update(_ARN_REGION.findall(text))
                counts.update(zone[:-1] for zone in re.findall(rf'Zone": "({_REGION}[a-z])"', text))
        return min(counts, key=lambda region: (-counts[region], region), default="")

    @cached_property
    def regions(self) -> tuple[str, ...]:
        """The regions that were asked."""
        return tuple(sorted({entry.region for entries in self.entries.values() for entry in entries})) or ("",)

    @cached_property
    def account(self) -> str | None:
        """The account that answered, where somebody asked who it is."""
        try:
            found = self.call("sts", "get_caller_identity", {}, self.regions[0]).at("Account").data
        except Refused:
            return None
        return found if isinstance(found, str) else None

    @property
    def files(self) -> tuple[str, ...]:
        """The files that make up the facet."""
        return tuple(sorted({e.file for entries in self.entries.values() for e in entries if e.file} & {*self.paths}))

    @cached_property
    def _nodes(self) -> dict[str, Node | Refused]:
        return {}

    def call(self, service: str, operation: str, parameters: Mapping[str, Any], region: str) -> Node:
        """The recorded reply; raises `Refused`."""
        name = f"{service}.{operation}"
        entries = self.entries.get((service, operation), ())
        there = [entry for entry in entries if entry.region == region] or ([] if region else list(entries))
        entry = _choose(there, parameters)
        if entry is None:
            raise Refused(NOT_READ, f"there is no reply of {name}", Span(self.folder))
        if entry.error is not None:
            raise Refused(*entry.error, Span(join(self.folder, INDEX)))
        if entry.file not in self._nodes:
            self._nodes[entry.file] = self._load(entry.file)
        found = self._nodes[entry.file]
        if isinstance(found, Refused):
            raise found
        return found

    def _load(self, path: str) -> Node | Refused:
        text = self.read(path)
        if text is None:
            return Refused("Unreadable", "the file cannot be read", Span(path))
        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            found = _ERROR.search(text)
            code, message = (found["code"], found["message"].strip()) if found else ("NoReply", "the file holds no JSON")
            return Refused(code, message, Span(path))
        if not isinstance(data, dict):
            return Refused("NoReply", "the file holds no reply", Span(path))
        error = data.get("Error")
        if isinstance(error, dict) and isinstance(error.get("Code"), str):
            return Refused(error["Code"], _text(error.get("Message")), Span(path))
        return Node(from_plain(data, JsonFile(path, text).place))


def _text(data: Any) -> str:
    return data if isinstance(data, str) else ""


def _choose(entries: list[Entry], parameters: Mapping[str, Any]) -> Entry | None:
    """The entry of a call with these parameters: the same ones, else one that asked for more, else one whose name says so."""
    for fits in (_same, _wider):
        if found := [entry for entry in entries if fits(entry, parameters)]:
            return found[0]
    words = _words(parameters)
    for all_or_any in (all, any):
        found = [entry for entry in entries if entry.objects and all_or_any(word in words for word in entry.objects)]
        if len(found) == 1:
            return found[0]
    whole = [entry for entry in entries if entry.parameters is None and not entry.objects]
    return whole[0] if whole else None


def _same(entry: Entry, parameters: Mapping[str, Any]) -> bool:
    return entry.parameters is not None and entry.parameters == parameters


def _wider(entry: Entry, parameters: Mapping[str, Any]) -> bool:
    """Whether a call asked for these objects among others: lists may name more, and no parameter means all."""
    if entry.parameters is None:
        return False
    return all(_within(parameters.get(name), value) for name, value in entry.parameters.items())


def _within(wanted: Any, asked: Any) -> bool:
    if isinstance(wanted, list) and isinstance(asked, list):
        return all(item in asked for item in wanted)
    return bool(wanted == asked)


def _words(parameters: Mapping[str, Any]) -> set[str]:
    """The names by which a file may say which object its reply is about."""
    values = [item for value in parameters.values() for item in (value if isinstance(value, list) else [value])]
    texts = [value for value in values if isinstance(value, str)]
    return {word for text in texts for word in (text, *re.split(r"[/:]", text), text.strip("/").replace("/", "-")) if word}
