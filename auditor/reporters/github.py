"""The report as workflow commands of GitHub Actions: annotations on the changed lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.diagnostic import Level
from auditor.model.finding import Finding
from auditor.model.report import Report
from auditor.model.rule import Severity
from auditor.model.span import Span
from auditor.reporters import Options
from auditor.reporters.parts.entries import Entry, entries, shown_path
from auditor.reporters.parts.printable import printable
from auditor.reporters.parts.prose import gist
from auditor.reporters.parts.redacted import redacted_diagnostic, redacted_skip
from auditor.reporters.parts.summary import KNOWN, counts, plural, problems, verdict

NAME = "github"
MEDIA_TYPE = "text/plain"

_COMMANDS = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "notice",
    Severity.INFO: "notice",
}
_PROBLEM_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "notice"}


def render(report: Report, options: Options) -> str:
    """A command for each fault, the worst first (GitHub shows ten of each level and step), then the numbers."""
    return "".join(f"{line}\n" for line in (*_findings(report, options), *_problems(report, options), *_summary(report, options)))


def _findings(report: Report, options: Options) -> Iterator[str]:
    rules = {rule.id: rule for rule in report.rules}
    found = entries(report.findings)
    for entry in sorted(found, key=lambda entry: entry.finding.delta in KNOWN):
        rule = rules.get(entry.finding.rule)
        fix = gist(rule.page.section("Fix now"), 2) if rule else ""
        known = entry.finding.delta in KNOWN
        command = "notice" if known else _COMMANDS[entry.finding.severity]
        title = f"{str(entry.finding.severity).upper()} {entry.finding.rule}{' (known)' if known else ''}"
        yield _command(command, options, entry.finding.span, title, "\n".join(_body(entry, fix)))
    for entry in entries(report.errors):
        yield _command("error", options, entry.finding.span, f"rule crashed: {entry.finding.rule}", entry.finding.message)
    for entry in entries(report.unsure):
        finding = entry.finding
        text = f"{entry.about}: {finding.message}"
        yield _command("notice", options, finding.span, f"not decided: {finding.rule}", text)


def _body(entry: Entry, fix: str) -> Iterator[str]:
    finding: Finding = entry.finding
    yield finding.message
    yield entry.about
    if finding.expected or finding.actual:
        both = (finding.expected and f"expected: {finding.expected}", finding.actual and f"actual: {finding.actual}")
        yield "; ".join(part for part in both if part)
    if fix:
        yield f"Fix: {fix}"


def _problems(report: Report, options: Options) -> Iterator[str]:
    for problem in map(redacted_diagnostic, problems(report)):
        yield _command(_PROBLEM_COMMANDS[problem.level], options, problem.span, problem.code, problem.message)
    for path, reason in sorted((skip.path, redacted_skip(skip).reason) for skip in report.coverage.refused):
        yield _command("warning", options, Span(path), "refused", reason)


def _summary(report: Report, options: Options) -> Iterator[str]:
    """Plain lines of the log: our own words and numbers only."""
    severities = ", ".join(f"{number} {severity}" for severity, number in counts(report.findings).items())
    files = sum(number for _, number in report.coverage.files)
    yield f"auditor: {severities}; {len(report.unsure)} not decided, {len(report.suppressed)} suppressed; {plural(files, 'file')} read"
    found = verdict(report, options.exit_code)
    yield f"auditor: {found.word}: {found.text}"


def _command(name: str, options: Options, span: Span, title: str, message: str) -> str:
    properties = {"title": title}
    if span.file:
        properties = {"file": shown_path(options.prefix, span.file), "line": str(span.line)}
        if span.end_line > span.line:
            properties["endLine"] = str(span.end_line)
        elif span.end_column > span.column:
            properties |= {"endLine": str(span.line), "col": str(span.column), "endColumn": str(span.end_column - 1)}
        properties["title"] = title
    shown = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {shown}::{_data(message)}"


def _data(text: str) -> str:
    return printable(text.replace("\r\n", "\n")).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
