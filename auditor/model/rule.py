"""The one shape that every rule has, whichever file declared it."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Facet, Resource


class Severity(enum.IntEnum):
    """How bad it is if the finding is true."""

    INFO = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4

    def __str__(self) -> str:
        return self.name.lower()


class Confidence(enum.IntEnum):
    """How sure it is that the finding is true."""

    LIKELY = 0  # a heuristic, a name, a usual case
    FIRM = 1  # true unless something outside the evidence says otherwise
    CERTAIN = 2  # follows from what is written

    def __str__(self) -> str:
        return self.name.lower()


class Profile(enum.StrEnum):
    """Who wants to hear it."""

    GATE = "gate"  # certain, and worth blocking a merge
    AUDIT = "audit"  # everything
    INCIDENT = "incident"  # can explain a symptom


@dataclass(frozen=True, slots=True)
class Fail:
    """What a check yields: the node that is wrong, and what was found there.

    `where` a missing node: the finding is at the block that lacks it. `expected` and `actual` are short texts; `actual` is the
    value there when it is left out. `secret`: the value is one, whatever its attribute, and no report may show it.
    """

    where: Node
    message: str
    expected: str = ""
    actual: str = ""
    related: tuple[Node, ...] = ()
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """A fence under *Bad* or *Good* of a rule's page: documentation and test in one.

    `files` maps a file name to its text; a fence without a name is one file.
    """

    name: str
    language: str
    files: tuple[tuple[str, str], ...]
    line: int
    bad: bool
    marks: tuple[tuple[str, int], ...] = ()
    """(file, line) of expected findings where no comment can stand."""

    @property
    def expected(self) -> frozenset[tuple[str, int]]:
        """(file, line) of every `# finding` mark."""
        return frozenset(self.marks) | frozenset(
            (file, number)
            for file, text in self.files
            for number, line in enumerate(text.splitlines(), 1)
            if line.rstrip().endswith(("# finding", "// finding"))
        )


@dataclass(frozen=True, slots=True)
class Page:
    """A rule's manual page: a summary and its sections (title, Markdown)."""

    summary: str
    sections: tuple[tuple[str, str], ...]
    examples: tuple[Example, ...]

    def section(self, title: str) -> str:
        """The Markdown of a section, empty when there is none."""
        return next((text for name, text in self.sections if name == title), "")


Check: TypeAlias = Callable[[Any, Resource, Graph, Mapping[str, Any]], Iterable[Fail]]
"""(place, resource, graph, options) -> violations; a place is a `Node`, or what the rule's `each` function yields."""

Each: TypeAlias = Callable[[Resource, Graph], Iterable[Any]]


@dataclass(frozen=True)
class Rule:
    """Metadata, logic and page of a rule. The page is read from `source` when somebody asks for it."""

    id: str
    severity: Severity
    kinds: frozenset[str]
    check: Check
    read_page: Callable[[], Page] = field(repr=False)
    each: str | Each = ""
    confidence: Confidence = Confidence.CERTAIN
    profile: Profile = Profile.AUDIT
    facets: frozenset[Facet] = frozenset(Facet)
    aliases: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    enabled: bool = True
    """Whether it runs unless the configuration says otherwise."""
    symptoms: tuple[str, ...] = ()
    """Log lines (regular expressions) that the defect produces."""
    source: str = ""
    """The file that declares it."""
    since: str = ""

    @cached_property
    def page(self) -> Page:
        """The manual page."""
        return self.read_page()

    @property
    def summary(self) -> str:
        """The page's first sentence."""
        return self.page.summary
