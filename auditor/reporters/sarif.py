"""The report as SARIF 2.1.0, for code scanning services and editors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from auditor import __version__
from auditor.model.diagnostic import Diagnostic
from auditor.model.finding import Finding, Outcome, Suppression
from auditor.model.report import Report
from auditor.model.span import Span
from auditor.reporters import Options
from auditor.reporters.parts import document
from auditor.reporters.parts.entries import Entry, entries, shown_path
from auditor.reporters.parts.json_lines import dump, listing
from auditor.reporters.parts.redacted import redacted_diagnostic, redacted_skip
from auditor.reporters.parts.sarif_rule import LEVELS, PROBLEM_LEVELS, descriptor
from auditor.reporters.parts.summary import problems, verdict

NAME = "sarif"
MEDIA_TYPE = "application/sarif+json"

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "auditorFingerprint/v1"

_STATES = {"new": "new", "unchanged": "unchanged", "moved": "updated", "fixed": "absent"}
_KEPT = (
    *("severity", "confidence", "facets", "kind", "root", "attribute", "expected", "actual", "aliases", "sources", "delta", "drift"),
    *("whys", "evidence", "blast_radius", "change"),
)
_LINK = re.compile(r"\[(?=[^\]]*\]\()")


def render(report: Report, options: Options) -> str:
    """The report as a SARIF log with one run. URIs are relative to SRCROOT."""
    return "".join(_Writer(report, options).pieces())


class _Writer:
    """Collects the artifacts and rules that results refer to by index."""

    def __init__(self, report: Report, options: Options) -> None:
        self.report = report
        self.options = options
        self.rules = {rule.id: rule for rule in report.rules}
        groups = (report.findings, report.unsure, report.suppressed, report.fixed)
        self.found = sorted((entry for group in groups for entry in entries(group)), key=_order)
        severities = {entry.finding.rule: entry.finding.severity for entry in self.found}
        self.used = {rule: (index, severities[rule]) for index, rule in enumerate(sorted(severities))}
        self.files: dict[str, int] = {}

    def pieces(self) -> Iterator[str]:
        report = self.report
        results = [dump(self.result(entry)) for entry in self.found]
        invocation = self.invocation()
        yield f'{{"$schema": "{SCHEMA}",\n"version": "2.1.0",\n"runs": [{{\n'
        yield f' "tool": {{"driver": {{"name": "auditor", "semanticVersion": "{__version__}",\n'
        yield from listing("rules", (dump(descriptor(rule, severity, self.rules.get(rule))) for rule, (_, severity) in self.used.items()))
        codes = sorted({problem.code for problem in problems(report)} | {"rule-crashed", "refused"})
        yield f' "notifications": {dump([{"id": code} for code in codes])}}}}},\n'
        yield f' "invocations": [{dump(invocation)}],\n'
        yield ' "columnKind": "unicodeCodePoints",\n'
        yield f' "originalUriBaseIds": {dump({"SRCROOT": {"description": {"text": "The root of the scanned repository."}}})},\n'
        yield from listing("results", results)
        yield from listing("artifacts", (dump({"location": _artifact(file)}) for file in self.files))
        yield f' "properties": {dump({"coverage": document.coverage(report.coverage, report.incomplete)})}}}]}}\n'

    # -- results

    def result(self, entry: Entry) -> dict[str, Any]:
        finding = entry.finding
        unsure = finding.outcome is Outcome.UNSURE
        found: dict[str, Any] = {
            "ruleId": finding.rule,
            "ruleIndex": self.used[finding.rule][0],
            "kind": "open" if unsure else "fail",
            "level": "none" if unsure else LEVELS[finding.severity],
            "message": {"text": _text(_message(entry))},
            "locations": [self.location(finding.span) | {"logicalLocations": _logical(entry)}],
            "partialFingerprints": {FINGERPRINT: finding.fingerprint},
            "occurrenceCount": len(entry.findings),
        }
        if related := self.related(finding):
            found["relatedLocations"] = related
        if len(finding.history) > 1:
            steps = [self.step(finding, number) for number in reversed(range(len(finding.history)))]
            found["codeFlows"] = [{"threadFlows": [{"locations": steps}]}]
        if finding.suppression:
            found["suppressions"] = [self.suppression(finding.suppression)]
        if finding.delta:
            found["baselineState"] = _STATES[finding.delta]
        found["properties"] = _properties(entry)
        return found

    def related(self, finding: Finding) -> list[dict[str, Any]]:
        """The module calls on the way, the resource's block and what else the rule names."""
        found = [(span, "the module call") for span in finding.chain]
        if finding.resource_span and finding.resource_span != finding.span:
            found.append((finding.resource_span, f"the block of {finding.resource}"))
        found += [(span, "related") for span in finding.related]
        if finding.blame:
            found.append((finding.blame, "the changed line"))
        places = {span: text for span, text in reversed(found) if span.file}
        return [self.location(span) | {"id": n, "message": {"text": _text(places[span])}} for n, span in enumerate(reversed(places), 1)]

    def step(self, finding: Finding, number: int) -> dict[str, Any]:
        """One step on the way of the value, from the literal to the attribute."""
        origin = finding.history[number]
        importance = "essential" if number in (0, len(finding.history) - 1) else "important"
        message = {"message": {"text": _text(f"{origin.kind}: {origin.text}")}}
        return {"location": self.location(origin.span) | message, "importance": importance}

    def suppression(self, suppression: Suppression) -> dict[str, Any]:
        by_configuration = suppression.span.file.endswith(("auditor.yaml", "auditor.yml"))
        until = f" (until {suppression.until.isoformat()})" if suppression.until else ""
        found: dict[str, Any] = {"kind": "external" if by_configuration else "inSource", "status": "accepted"}
        found["justification"] = f"{suppression.reason}{until}"
        if suppression.span.file:
            found["location"] = self.location(suppression.span)
        return found

    # -- places

    def location(self, span: Span) -> dict[str, Any]:
        if not span.file:
            return {}
        file = shown_path(self.options.prefix, span.file)
        index = self.files.setdefault(file, len(self.files))
        region = {"startLine": span.line, "startColumn": span.column}
        if (span.end_line, span.end_column) > (span.line, span.column):
            region |= {"endLine": span.end_line, "endColumn": span.end_column}
        return {"physicalLocation": {"artifactLocation": _artifact(file) | {"index": index}, "region": region}}

    # -- the run

    def invocation(self) -> dict[str, Any]:
        report = self.report
        found = verdict(report, self.options.exit_code)
        notes = [self.problem(redacted_diagnostic(problem)) for problem in problems(report)]
        for path, reason in sorted((skip.path, redacted_skip(skip).reason) for skip in report.coverage.refused):
            note = {"level": "warning", "message": {"text": _text(reason)}, "descriptor": {"id": "refused"}}
            notes.append(note | {"locations": [self.location(Span(path))]})
        for entry in entries(report.errors):
            note = {"level": "error", "message": {"text": _text(_message(entry))}, "descriptor": {"id": "rule-crashed"}}
            notes.append(note | {"associatedRule": {"id": entry.finding.rule}, "locations": [self.location(entry.finding.span)]})
        return {
            "executionSuccessful": not report.errors,
            "exitCode": found.code,
            "exitCodeDescription": found.text,
            "toolExecutionNotifications": notes,
        }

    def problem(self, problem: Diagnostic) -> dict[str, Any]:
        found: dict[str, Any] = {"level": PROBLEM_LEVELS[problem.level], "message": {"text": _text(problem.message)}}
        found["descriptor"] = {"id": problem.code}
        return found | ({"locations": [self.location(problem.span)]} if problem.span.file else {})


def _artifact(file: str) -> dict[str, Any]:
    """Relative to SRCROOT, unless the user named the scanned folder by an absolute path somewhere else."""
    uri = quote(file.encode("utf-8", "surrogatepass"), safe="/~!$&'()*+,;=@")
    return {"uri": f"file://{uri}"} if file.startswith("/") else {"uri": uri, "uriBaseId": "SRCROOT"}


def _logical(entry: Entry) -> list[dict[str, str]]:
    return [{"fullyQualifiedName": name, "kind": "resource"} for name in entry.instances]


def _message(entry: Entry) -> str:
    return f"{entry.finding.message} ({entry.about})"


def _text(text: str) -> str:
    """Message text in which nothing is a link."""
    return _LINK.sub(r"\\[", text) or "-"


def _properties(entry: Entry) -> dict[str, Any]:
    """What a root-cause analysis needs and SARIF has no place for."""
    finding = entry.finding
    whole = document.finding(finding)
    found = {key: whole[key] for key in _KEPT if key in whole}
    if len(entry.findings) > 1:
        found["fingerprints"] = [one.fingerprint for one in entry.findings]
    return found


def _order(entry: Entry) -> tuple[object, ...]:
    finding = entry.finding
    about = (finding.root, finding.resource, finding.attribute)
    return finding.span, finding.rule, finding.outcome, finding.delta, about, finding.fingerprint
