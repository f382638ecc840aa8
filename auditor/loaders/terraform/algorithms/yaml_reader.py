"""YAML as `yamldecode` reads it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from auditor.loaders.terraform.values.json_value import composed
from auditor.loaders.terraform.values.number import parse_number
from auditor.loaders.terraform.values.number_text import number_text
from auditor.loaders.terraform.values.types import EvaluationError, Typed
from auditor.model.value import Place

_TAG = "tag:yaml.org,2002:"
_WORDS: dict[str, bool | None] = {"": None, "~": None}
_WORDS |= dict.fromkeys(("null", "Null", "NULL"))
_WORDS |= {form: True for word in ("y", "yes", "true", "on") for form in (word, word.capitalize(), word.upper())}
_WORDS |= {form: False for word in ("n", "no", "false", "off") for form in (word, word.capitalize(), word.upper())}
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z", re.ASCII)
_INFINITE = re.compile(r"([-+]?)\.(inf|Inf|INF)\Z")
_MOST_NODES = 200_000


def from_yaml(text: str, place: Place) -> Typed:
    """The value of a YAML document that is written at `place`; raises `EvaluationError`."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        events = iter(list(yaml.parse(text, Loader=loader)))
    except yaml.YAMLError as error:
        raise EvaluationError(f"the text is not valid YAML: {' '.join(str(error).split())}") from None
    next(events)
    if type(next(events)).__name__ != "DocumentStartEvent":
        raise EvaluationError("the text has no YAML document")
    reader = _Reader(events, place)
    value = reader.node(next(events))
    next(events)
    if type(next(events)).__name__ != "StreamEndEvent":
        raise EvaluationError("only a single document is allowed")
    return value


class _Reader:
    """Builds values from the events of a parser; an anchor's value is shared by its aliases."""

    def __init__(self, events: Iterator[Any], place: Place) -> None:
        self.events = events
        self.place = place
        self.anchors: dict[str, tuple[Typed, int]] = {}
        self.nodes = 0

    def node(self, event: Any) -> Typed:
        """The value that starts with this event."""
        kind = type(event).__name__
        if kind == "AliasEvent":
            if event.anchor not in self.anchors:
                raise EvaluationError(f'reference to undefined anchor "{event.anchor}"')
            value, size = self.anchors[event.anchor]
            self._count(size)
            return value
        before = self.nodes
        self._count(1)
        value = _NODES[kind](self, event)
        if event.anchor:
            self.anchors[event.anchor] = (value, self.nodes - before)
        return value

    def _count(self, nodes: int) -> None:
        self.nodes += nodes
        if self.nodes > _MOST_NODES:
            raise EvaluationError("the YAML document is too large once its aliases are replaced")

    def scalar(self, event: Any) -> Typed:
        """A single value."""
        return Typed(_resolve(event), None, self.place)

    def sequence(self, event: Any) -> Typed:
        """A tuple."""
        _check_tag(event, "seq")
        items = []
        while type(item := next(self.events)).__name__ != "SequenceEndEvent":
            items.append(self.node(item))
        return Typed(items, None, self.place)

    def mapping(self, event: Any) -> Typed:
        """An object."""
        _check_tag(event, "map")
        items: dict[str, Typed] = {}
        while type(key := next(self.events)).__name__ != "MappingEndEvent":
            if type(key).__name__ != "ScalarEvent":
                raise EvaluationError("only strings are allowed as mapping keys")
            value = self.node(next(self.events))
            if key.value == "<<" and key.tag is None:
                if not isinstance(value.data, dict):
                    raise EvaluationError("map merge requires map or sequence of maps as the value")
                items.update(value.data)
                continue
            items[_key(_resolve(key))] = value
        return Typed(dict(sorted(items.items())), None, self.place)


def _key(data: Any) -> str:
    if data is None:
        raise EvaluationError("mapping key cannot be null")
    if isinstance(data, bool):
        return "true" if data else "false"
    return data if isinstance(data, str) else number_text(data)


def _check_tag(event: Any, name: str) -> None:
    if event.tag not in (None, _TAG + name):
        raise EvaluationError(f"can't interpret this as {event.tag}")


def _resolve(event: Any) -> Any:
    text: str = event.value
    tag = event.tag
    if tag is None:
        return _plain(text) if event.implicit[0] else composed(text)
    short = tag.removeprefix(_TAG)
    if short == tag or short not in _TAGGED:
        raise EvaluationError(f'unsupported tag "{tag}"')
    found = _TAGGED[short](text)
    if found is _NOTHING:
        raise EvaluationError(f'cannot parse "{text}" as !!{short}')
    return composed(text) if event.style in ("'", '"') else found


_NOTHING = object()


def _plain(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if text in (".nan", ".NaN", ".NAN"):
        raise EvaluationError("floating point NaN is not supported")
    for read in (_timestamp, _number):
        if (found := read(text)) is not _NOTHING:
            return found
    return composed(text)


def _number(text: str) -> Any:
    if _NUMBER.match(text):
        return parse_number(text)
    if found := _INFINITE.match(text):
        return parse_number(found[1] + "inf")
    if re.fullmatch(r"0x[0-9a-fA-F]+|0o[0-7]+", text, re.ASCII) and len(text) < 1000:
        return int(text, 0)
    return _NOTHING


def _timestamp(text: str) -> Any:
    found = _TIMESTAMP.match(text)
    if found is None:
        return _NOTHING
    year, month, day, hour, minute, second, offset = found.groups()
    from datetime import date

    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return _NOTHING
    if hour is None:
        return f"{year}-{int(month):02d}-{int(day):02d}T00:00:00Z"
    if int(hour) > 23 or int(minute) > 59 or int(second) > 59 or (offset is None) != (text[found.end(3)] == " "):
        return _NOTHING
    zone = "Z" if offset in (None, "Z", "+00:00", "-00:00") else offset
    return f"{year}-{int(month):02d}-{int(day):02d}T{int(hour):02d}:{int(minute):02d}:{int(second):02d}{zone}"


_TIMESTAMP = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?:[Tt ](\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?(Z|[+-]\d\d:\d\d)?)?\Z", re.ASCII)


def _base64(text: str) -> Any:
    from auditor.loaders.terraform.algorithms.base64_text import decode

    return _NOTHING if decode(text) is None else text


def _boolean(text: str) -> Any:
    return _WORDS[text] if _WORDS.get(text) is not None else _NOTHING


_TAGGED: dict[str, Callable[[str], Any]] = {
    "str": composed,
    "binary": _base64,
    "bool": _boolean,
    "int": _number,
    "float": _number,
    "null": lambda _: None,
    "timestamp": _timestamp,
}

_NODES: dict[str, Callable[[_Reader, Any], Typed]] = {
    "ScalarEvent": _Reader.scalar,
    "SequenceStartEvent": _Reader.sequence,
    "MappingStartEvent": _Reader.mapping,
}
