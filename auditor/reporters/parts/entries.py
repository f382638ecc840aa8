"""Findings as a reader meets them: one entry for each fault in the source, however many instances have it."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from auditor.model.address import Address
from auditor.model.finding import Finding
from auditor.model.span import Span
from auditor.reporters.parts.redacted import redacted
from auditor.reporters.parts.summary import plural

_NUMBER = re.compile(r"([0-9]+)")


@dataclass(frozen=True, slots=True)
class Entry:
    """All findings of one rule at one place: `count`, `for_each` and modules called several times make several of one line."""

    findings: tuple[Finding, ...]

    @property
    def finding(self) -> Finding:
        """The first of them, which speaks for all."""
        return self.findings[0]

    @property
    def instances(self) -> tuple[str, ...]:
        """The addresses that have the fault, told apart by attribute and root module where need be."""
        attributes = len({(f.root, f.resource) for f in self.findings}) < len(self.findings)
        roots = len({f.root for f in self.findings}) > 1
        found: dict[str, None] = {}
        for finding in self.findings:
            for address in finding.instances or (finding.resource,):
                name = subject(address, finding.attribute, finding.owner) if attributes else address
                found[f"{name} (root {finding.root})" if roots else name] = None
        return tuple(found)

    @property
    def about(self) -> str:
        """What the entry is about, in a few words."""
        names = self.instances
        more = f" and {plural(len(names) - 1, 'more instance')}" if len(names) > 1 else ""
        return f"{subject(names[0], self.finding.attribute, self.finding.owner)}{more}"


def entries(findings: Iterable[Finding]) -> tuple[Entry, ...]:
    """The findings, redacted and folded; worst first, then by place."""
    groups: dict[object, list[Finding]] = defaultdict(list)
    for finding in sorted(findings, key=order):
        groups[_fault(finding)].append(finding)
    return tuple(Entry(tuple(redacted(finding) for finding in group)) for group in groups.values())


def by_file(found: Iterable[Entry]) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    """(file, its entries): the file with the worst entry first."""
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in found:
        groups[entry.finding.span.file].append(entry)
    worst = sorted(groups, key=lambda file: (-groups[file][0].finding.severity, -len(groups[file]), file))
    return tuple((file, tuple(groups[file])) for file in worst)


def order(finding: Finding) -> tuple[object, ...]:
    """Worst first, then by place: the order of every report that people read."""
    return (-finding.severity, finding.span, finding.rule, finding.root, natural(finding.resource), finding.attribute, finding.fingerprint)


def subject(resource: str, attribute: str, owner: str = "") -> str:
    """What a finding is about: the address and the path in it, or the attribute of another resource, whose address it begins with."""
    if not attribute or not resource:
        return resource or attribute
    if owner:
        return f"{resource} (by {attribute})"
    between = "#" if Address.parse(resource).scheme == "ci" else "" if attribute.startswith("[") else "."
    return f"{resource}{between}{attribute}"


def shown_path(prefix: str, file: str) -> str:
    """The path of a file from where the reader stands."""
    if not file:
        return ""
    return posixpath.normpath(posixpath.join(prefix, file)) if prefix else file


def shown_place(prefix: str, span: Span) -> str:
    """`path:line:column`, which editors and terminals open; empty for nowhere."""
    return f"{shown_path(prefix, span.file)}:{span.line}:{span.column}" if span.file else ""


def _fault(finding: Finding) -> object:
    place: object = finding.span if finding.span.file else (finding.resource, finding.attribute)
    drift = (finding.drift.classification, finding.drift.path) if finding.drift else None
    text = finding.message if finding.drift or not finding.span.file else ""
    return (finding.rule, finding.outcome, finding.severity, place, finding.delta, drift, text, finding.suppression)


def natural(text: str) -> tuple[str | int, ...]:
    """`a[2]` before `a[10]`: words and numbers by turns."""
    return tuple(int(part[:18]) if index % 2 else part for index, part in enumerate(_NUMBER.split(text)))
