"""What could not be decided, by its reason: one hole in the input stops many rules at many places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from auditor.model.finding import Finding
from auditor.model.span import Span
from auditor.reporters.parts.entries import natural
from auditor.reporters.parts.redacted import redacted
from auditor.reporters.parts.summary import plural


@dataclass(frozen=True, slots=True)
class Place:
    """A place where rules were stopped for one reason."""

    span: Span
    resources: tuple[str, ...]
    rules: tuple[str, ...]

    def words(self, shown: int) -> str:
        """The resources, and the first rules."""
        more = f" and {plural(len(self.resources) - 1, 'more instance')}" if len(self.resources) > 1 else ""
        rest = f" and {plural(len(self.rules) - shown, 'other rule')}" if len(self.rules) > shown else ""
        return f"{self.resources[0]}{more}: {', '.join(self.rules[:shown])}{rest}"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why it could not be decided, at how many places of how many rules, and which."""

    text: str
    count: int
    places: tuple[Place, ...]


def reasons(unsure: Iterable[Finding]) -> tuple[Reason, ...]:
    """The most frequent reason first; its places in the order of the files."""
    groups: dict[str, dict[Span, list[Finding]]] = defaultdict(lambda: defaultdict(list))
    for finding in map(redacted, unsure):
        groups[finding.message][finding.span].append(finding)
    return tuple(sorted((_reason(text, spans) for text, spans in groups.items()), key=lambda reason: (-reason.count, reason.text)))


def _reason(text: str, spans: dict[Span, list[Finding]]) -> Reason:
    return Reason(text, sum(map(len, spans.values())), tuple(_place(span, spans[span]) for span in sorted(spans)))


def _place(span: Span, found: list[Finding]) -> Place:
    resources = sorted({address for finding in found for address in finding.instances or (finding.resource,)}, key=natural)
    return Place(span, tuple(resources), tuple(sorted({finding.rule for finding in found})))
