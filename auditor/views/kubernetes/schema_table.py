"""The fields of Kubernetes' types in several of its versions, as `api_schema.txt` has them; the file is read when it is first needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Table:
    """Types by number, each as it is written, and (apiVersion, kind) -> (number, first version, last version); versions are minor ones."""

    types: list[str]
    kinds: Mapping[tuple[str, str], tuple[tuple[str, int, int], ...]]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Shape:
    """A type in one version: its fields with the letters of their types, and which of them must be given."""

    fields: Mapping[str, str]
    required: tuple[str, ...]


@cache
def table() -> Table:
    """Everything, read once."""
    text = (files(__package__) / "api_schema.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    first, last = map(int, lines[0].removeprefix("versions ").split("-"))
    middle = lines.index("kinds")
    kinds: dict[tuple[str, str], tuple[tuple[str, int, int], ...]] = {}
    for line in lines[middle + 1 :]:
        version, kind, number, *spans = line.split(" ")
        kinds[version, kind] = (*kinds.get((version, kind), ()), *((number, *span) for span in _spans(spans, first, last)))
    return Table(lines[1:middle], kinds, first, last)


def known_kinds() -> str:
    """The kinds that the table knows, as a rule's target."""
    return " ".join(sorted({kind for _, kind in table().kinds if not kind.endswith("List")}))


@cache
def shape(number: str, minor: int) -> Shape:
    """A type in a version."""
    now = [(name, kind) for name, kind, first, last in _fields(number) if first <= minor <= last]
    return Shape({name: kind.removeprefix("!") for name, kind in now}, tuple(name for name, kind in now if kind[0] == "!"))


def lifetime(number: str, field: str) -> tuple[int, int] | None:
    """The first and the last version in which a type has a field; None when it never had it."""
    spans = [(first, last) for name, _, first, last in _fields(number) if name == field]
    return (min(first for first, _ in spans), max(last for _, last in spans)) if spans else None


def _fields(number: str) -> Iterator[tuple[str, str, int, int]]:
    it = table()
    line = it.types[int(number)]
    for part in line.split("\t") if line else ():
        name, kind, *spans = part.split(" ")
        yield from ((name, kind, *span) for span in _spans(spans, it.first, it.last))


def _spans(spans: list[str], first: int, last: int) -> Iterator[tuple[int, int]]:
    for span in spans[0].split(",") if spans else (f"{first}-{last}",):
        start, _, end = span.partition("-")
        yield int(start), int(end)
