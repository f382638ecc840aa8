"""Rules declared in YAML: a path, an operator, a value.

A test of a path holds when the value there satisfies every operator; on a way through a listing of several (blocks of one
type), every item has to. There is no and, or, not, variable or join: a rule that needs one is written in Python.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from auditor.engine.operators import Scalar, Test, actual, compile_test
from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.model.rule import Check, Fail
from auditor.model.value import Value

Table: TypeAlias = Mapping[str, "str | Mapping[str, Any]"]


@dataclass(frozen=True, slots=True)
class Requirement:
    """What has to hold at one path. `default` is what the provider takes when nothing, or an empty text, is written."""

    steps: tuple[str, ...]
    tests: tuple[Test, ...]
    expected: str
    default: Scalar | None = None

    @classmethod
    def of(cls, path: str, test: str | Mapping[str, Any]) -> Requirement:
        """The compiled form of one line of a table; raises `ValueError` or `re.error`."""
        operators = {test: None} if isinstance(test, str) else dict(test)
        default = operators.pop("default", None)
        tests = tuple(compile_test(name, wanted) for name, wanted in operators.items())
        return cls(split(path), tests, " and ".join(test.expected for test in tests), default)

    def faults(self, place: Node) -> Iterator[Node]:
        """Each node at fault, once; raises `Undecided` after those that are certain."""
        undecided: Undecided | None = None
        for node in _reach(place, self.steps):
            seen: set[str] = set()
            for test in self.tests:
                try:
                    for fault in self._faults(node, test):
                        if fault.path not in seen:
                            seen.add(fault.path)
                            yield fault
                except Undecided as reason:
                    undecided = undecided or reason
        if undecided is not None:
            raise undecided

    def _faults(self, node: Node, test: Test) -> Iterator[Node]:
        if not node.missing and not (self.default is not None and node.data == ""):
            yield from test.faults(node)
        elif self.default is not None:
            yield from (node for _ in test.faults(Node(Value(self.default))))
        elif not test.operator.negative:
            yield node


def compile_check(require: Table, when: Table, message: str) -> Check:
    """The check of a YAML rule. The message may say `{actual}`, `{expected}` and `{path}`."""
    requirements = tuple(Requirement.of(path, test) for path, test in require.items())
    conditions = tuple(Requirement.of(path, test) for path, test in when.items())
    fills = "{" in message

    def check(place: Node, _resource: Resource, _graph: Graph, _options: Mapping[str, Any]) -> Iterator[Fail]:
        doubt = None
        if conditions:
            applies, doubt = _applies(conditions, place)
            if not applies:
                return
        undecided: Undecided | None = None
        for requirement in requirements:
            try:
                for node in requirement.faults(place):
                    if doubt is not None:
                        raise doubt
                    seen = actual(node, requirement.default)
                    text = _fill(message, seen, requirement.expected, node.path) if fills else message
                    yield Fail(node, text, requirement.expected, seen)
            except Undecided as reason:
                undecided = undecided or reason
        if undecided is not None:
            raise undecided

    return check


def _applies(conditions: tuple[Requirement, ...], place: Node) -> tuple[bool, Undecided | None]:
    """Whether no condition is certainly false, and the first one that cannot be decided."""
    doubt: Undecided | None = None
    for condition in conditions:
        try:
            if next(condition.faults(place), None) is not None:
                return False, None
        except Undecided as reason:
            doubt = doubt or reason
    return True, doubt


def _fill(message: str, seen: str, expected: str, path: str) -> str:
    return message.replace("{path}", path).replace("{expected}", expected).replace("{actual}", seen)


def _reach(place: Node, steps: tuple[str, ...]) -> list[Node]:
    """The nodes at the end of a path, through every item of every listing on the way."""
    nodes = [place]
    for step in steps:
        below: list[Node] = []
        for node in nodes:
            if node.data and isinstance(node.data, list) and not _INDEX.fullmatch(step):
                below.extend(item.at(step) for item in node.each())
            else:
                below.append(node.at(step))
        nodes = below
    return nodes


_INDEX = re.compile(r"\[\d+\]")
_STEP = re.compile(r'\.?([^.\[\]"\s]+|\[\d+\]|\["(?:[^"\\]|\\.)*"\])')


def split(path: str) -> tuple[str, ...]:
    """The steps of a path, each itself a path; raises `ValueError` when it is none."""
    steps: list[str] = []
    end = 0
    while found := _STEP.match(path, end):
        steps.append(found[1])
        end = found.end()
    if end < len(path) or not path or path.startswith("."):
        raise ValueError(f"not a path: {path!r}")
    return tuple(steps)
