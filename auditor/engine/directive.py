"""A directive: somebody's wish, in a comment, an annotation or the configuration, that a rule be silent somewhere."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from auditor.model.finding import Finding
from auditor.model.span import Span

EVERY_RULE = "*"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file: the values that are written there, and those that pass through it."""

    file: str
    line: int

    def covers(self, finding: Finding) -> bool:
        """Whether the finding's value is written on the line or comes from it."""
        spans = (finding.span, *(origin.span for origin in finding.history))
        return any(span.line == self.line and span.file == self.file for span in spans)


@dataclass(frozen=True, slots=True)
class Range:
    """The lines of a block. A module call stands for everything inside the module."""

    file: str
    start: int
    end: int

    def covers(self, finding: Finding) -> bool:
        """Whether the finding's value, its resource, or a module call on the way to it is written there."""
        return any(span.file == self.file and self.start <= span.line <= self.end for span in _places(finding))


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole file."""

    file: str

    def covers(self, finding: Finding) -> bool:
        """Whether the finding's value or its resource is written there."""
        return finding.span.file == self.file or (finding.resource_span is not None and finding.resource_span.file == self.file)


@dataclass(frozen=True, slots=True)
class Of:
    """One resource, by its root and address."""

    root: str
    address: str

    def covers(self, finding: Finding) -> bool:
        """Whether the finding is about it."""
        return finding.resource == self.address and finding.root == self.root


@dataclass(frozen=True, slots=True)
class Matching:
    """Resources and files by patterns in which `*` stands for anything."""

    resource: str
    path: str

    def covers(self, finding: Finding) -> bool:
        """Whether the resource's address, and one of the files that the finding is about, match."""
        address = finding.resource
        if not (_pattern(self.resource).fullmatch(address) or _pattern(self.resource).fullmatch(_INDEX.sub("", address))):
            return False
        files = {finding.span.file, finding.resource_span.file if finding.resource_span else finding.span.file}
        return any(_pattern(self.path).fullmatch(file) for file in files)


Scope: TypeAlias = "Line | Range | Whole | Of | Matching"


@dataclass(frozen=True, slots=True)
class Directive:
    """`name` is the id of a rule, an alias, or a pattern with `*`. `only` limits it to these (root, address), when not None."""

    tool: str
    name: str
    scope: Scope
    reason: str
    span: Span
    until: datetime.date | None = None
    only: frozenset[tuple[str, str]] | None = None

    def covers(self, finding: Finding) -> bool:
        """Whether the directive speaks for the finding, rule and date aside."""
        return self.scope.covers(finding) and (self.only is None or (finding.root, finding.resource) in self.only)


def _places(finding: Finding) -> Iterator[Span]:
    yield finding.span
    if finding.resource_span is not None:
        yield finding.resource_span
    yield from finding.chain


_INDEX = re.compile(r"\[[^\]]*\]$")


@lru_cache(maxsize=1024)
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, re.sub(r"\*+", "*", text).split("*"))), re.DOTALL)
