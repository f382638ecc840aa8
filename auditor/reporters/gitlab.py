"""The report as GitLab reads it for code quality: an array of issues."""

from __future__ import annotations

import hashlib
from typing import Any

from auditor.model.diagnostic import Diagnostic, Level
from auditor.model.report import Report
from auditor.model.rule import Severity
from auditor.reporters import Options
from auditor.reporters.parts.entries import Entry, entries, shown_path
from auditor.reporters.parts.json_lines import dump
from auditor.reporters.parts.redacted import redacted_diagnostic
from auditor.reporters.parts.summary import problems

NAME = "gitlab"
MEDIA_TYPE = "application/json"

_SEVERITIES = {
    Severity.CRITICAL: "blocker",
    Severity.HIGH: "critical",
    Severity.MEDIUM: "major",
    Severity.LOW: "minor",
    Severity.INFO: "info",
}
_PROBLEM_SEVERITIES = {Level.ERROR: "major", Level.WARNING: "minor", Level.INFO: "info"}


def render(report: Report, options: Options) -> str:
    """An issue for each fault, place that could not be decided, crashed rule and problem with the input."""
    issues = [_issue(entry, options) for group in (report.findings, report.unsure, report.errors) for entry in entries(group)]
    issues += [_problem(redacted_diagnostic(problem), options) for problem in problems(report)]
    issues.sort(key=_order)
    return "[" + ",\n ".join(map(dump, issues)) + "]\n"


def _issue(entry: Entry, options: Options) -> dict[str, Any]:
    finding = entry.finding
    failed = finding.outcome == "fail"
    kind = {"unsure": "not decided: ", "error": "rule crashed: "}.get(finding.outcome, "")
    return {
        "description": f"{kind}{finding.message} ({entry.about})",
        "check_name": finding.rule,
        "fingerprint": finding.fingerprint or _hash(finding.outcome, finding.rule, finding.root, finding.resource, finding.attribute),
        "severity": _SEVERITIES[finding.severity] if failed else "info" if finding.outcome == "unsure" else "major",
        "location": _location(options, finding.span.file, finding.span.line, finding.span.end_line),
    }


def _problem(problem: Diagnostic, options: Options) -> dict[str, Any]:
    return {
        "description": problem.message,
        "check_name": problem.code,
        "fingerprint": _hash(problem.code, problem.span.file, problem.message),
        "severity": _PROBLEM_SEVERITIES[problem.level],
        "location": _location(options, problem.span.file, problem.span.line, problem.span.end_line),
    }


def _location(options: Options, file: str, line: int, end: int) -> dict[str, Any]:
    """GitLab wants a path; `.` stands for what is in no file."""
    return {"path": shown_path(options.prefix, file) or ".", "lines": {"begin": line, "end": max(line, end)}}


def _order(issue: dict[str, Any]) -> tuple[str, int, str, str]:
    return issue["location"]["path"], issue["location"]["lines"]["begin"], issue["check_name"], issue["fingerprint"]


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
