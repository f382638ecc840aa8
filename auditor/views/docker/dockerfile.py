"""Stages and instructions. Reading something of an instruction that is not known raises `Undecided`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.cache import of_graph


@dataclass(frozen=True, eq=False)
class Instruction:
    """One instruction of a stage. `where` is all of it."""

    where: Node
    stage: Stage
    position: int

    @cached_property
    def keyword(self) -> str:
        """RUN, COPY, ..."""
        return self.where.at("instruction").text or ""

    @property
    def value(self) -> Node:
        """What follows the keyword and the flags, as written."""
        return self.where.at("value")

    @property
    def form(self) -> str:
        """Shell or exec, of those that have one."""
        return self.where.at("form").text or ""

    @cached_property
    def words(self) -> list[Node]:
        """Its words, evaluated: the files of COPY and ADD with the destination last, ports, a user, the items of an exec form."""
        words = self.where.at("words")
        if not isinstance(words.value, list):
            return []
        return [words.at(f"[{index}]") for index in range(len(words.value))]

    @cached_property
    def entries(self) -> list[tuple[str, Node, Node]]:
        """(name, value, whole) of ENV, ARG and LABEL."""
        return [(entry.at("name").text or "", entry.at("value"), entry) for entry in self.where.each("entries")]

    @cached_property
    def trigger(self) -> bool:
        """Whether it runs only in builds on top of this one (ONBUILD)."""
        return bool(self.where.at("trigger").flag)

    def flag(self, name: str) -> Node:
        """The value of a flag, such as `from`."""
        return self.where.at("flags").at(name)


@dataclass(frozen=True, eq=False)
class Stage:
    """One stage. `where` is all of it, from its FROM on; `number` counts from 0; `all_stages` are those of the file."""

    where: Node
    number: int
    all_stages: list[Stage] = field(repr=False)

    @property
    def head(self) -> Node:
        """Its FROM."""
        return self.where.at("from")

    @property
    def name(self) -> str:
        """Its name, empty when it has none."""
        name = self.where.at("name")
        return "" if name.missing else name.text or ""

    @property
    def image(self) -> Node:
        """What it starts from, evaluated: an image, `scratch`, or an earlier stage."""
        return self.where.at("image")

    @property
    def reference(self) -> Node:
        """The image as written, before variables are replaced."""
        return self.where.at("reference")

    @property
    def final(self) -> bool:
        """Whether it is what a build without `--target` makes."""
        return bool(self.where.at("final").flag)

    @property
    def parent(self) -> Stage | None:
        """The earlier stage that it starts from; None when that is an image."""
        number = self.where.at("parent").number
        return self.all_stages[int(number)] if number is not None and 0 <= number < self.number else None

    @cached_property
    def lineage(self) -> list[Stage]:
        """The stage and those that it is built on, itself first."""
        found = [self]
        while (parent := found[-1].parent) is not None:
            found.append(parent)
        return found

    @cached_property
    def instructions(self) -> list[Instruction]:
        """Its instructions in order, those of ONBUILD included."""
        listing = self.where.at("instructions")
        count = len(listing.value) if isinstance(listing.value, list) else 0
        return [Instruction(listing.at(f"[{index}]"), self, index) for index in range(count)]

    @cached_property
    def _by_keyword(self) -> dict[str, list[Instruction]]:
        found: dict[str, list[Instruction]] = {}
        for instruction in self.instructions:
            if not instruction.trigger:
                found.setdefault(instruction.keyword, []).append(instruction)
        return found

    def of(self, *keywords: str) -> list[Instruction]:
        """Its own instructions of these kinds, without those of ONBUILD."""
        if len(keywords) == 1:
            return self._by_keyword.get(keywords[0], [])
        found = [it for keyword in keywords for it in self._by_keyword.get(keyword, ())]
        return sorted(found, key=lambda it: it.position)

    def inherited(self, *keywords: str) -> list[Instruction]:
        """Instructions of these kinds in the order in which they take effect, from the stages that it is built on as well."""
        return [it for stage in reversed(self.lineage) for it in stage.of(*keywords)]

    @property
    def user(self) -> Node | None:
        """The user that its processes run as; None when only the base image says."""
        found = [it.words[0] for it in self.inherited("USER") if it.words]
        return found[-1] if found else None


def stages(resource: Resource, graph: Graph) -> list[Stage]:
    """The stages of a Dockerfile."""
    return of_graph(graph, f"dockerfile {resource.root} {resource.address}", lambda: _stages(resource))


def _stages(resource: Resource) -> list[Stage]:
    listing = resource.at("stages")
    made: list[Stage] = []
    for number in range(len(listing.value) if isinstance(listing.value, list) else 0):
        made.append(Stage(listing.at(f"[{number}]"), number, made))
    return made


def used(resource: Resource, graph: Graph) -> frozenset[str]:
    """What stages are named by, in lower case: the names and numbers that FROM, `--from` and mounts refer to."""
    return of_graph(graph, f"dockerfile uses {resource.root} {resource.address}", lambda: _used(stages(resource, graph)))


def _used(known: list[Stage]) -> frozenset[str]:
    found: set[str] = set()
    for stage in known:
        parent = stage.parent
        if parent is not None or stage.image.value:
            found.add(str(parent.number) if parent is not None else (stage.image.text or "").lower())
        for instruction in stage.instructions:
            source = instruction.flag("from")
            if not source.missing:
                found.add((source.text or "").lower())
            for mount in instruction.flag("mount").each():
                found |= {part.removeprefix("from=").lower() for part in (mount.text or "").split(",") if part.startswith("from=")}
    return frozenset(found)


def final_stages(resource: Resource, graph: Graph) -> list[Stage]:
    """The stage that becomes the image, as a list of one."""
    return stages(resource, graph)[-1:]


def instructions(resource: Resource, graph: Graph) -> Iterator[Instruction]:
    """Every instruction after the first FROM."""
    for stage in stages(resource, graph):
        yield from stage.instructions


def copies(resource: Resource, graph: Graph) -> Iterator[Instruction]:
    """Every COPY and ADD, and what may be one."""
    return (it for it in instructions(resource, graph) if maybe(it, "COPY", "ADD"))


def variables(resource: Resource, graph: Graph) -> Iterator[Instruction]:
    """Every ENV and ARG, those before the first FROM included, and what may be one."""
    first = Stage(resource.at("stages[0]"), 0, [])
    before = resource.at("instructions")
    count = len(before.data) if isinstance(before.data, list) else 0
    yield from (Instruction(before.at(f"[{index}]"), first, index) for index in range(count))
    yield from (it for it in instructions(resource, graph) if maybe(it, "ENV", "ARG"))


def maybe(instruction: Instruction, *keywords: str) -> bool:
    """Whether an instruction is one of these kinds, as far as that is known."""
    keyword = instruction.where.at("instruction")
    return keyword.unknown or keyword.data in keywords


def names_in(text: str) -> list[tuple[str, int, bool]]:
    """(name, offset, whether a default or an alternative is given) of the variables in a text that the builder evaluates."""
    return [
        (found[1] or found[2], found.start(), (found[3] or "").startswith((":-", "-", ":+", "+"))) for found in _VARIABLE.finditer(text)
    ]


_VARIABLE = re.compile(r"(?<!\\)\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)([^}]*)\})", re.ASCII)
