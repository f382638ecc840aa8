"""The report as JUnit XML: a test case for each rule and file.

Findings are failures, unless a baseline knows them; what could not be decided, is suppressed or known before is skipped with the
reason; input that could not be read and rules that crashed are errors.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from auditor.model.diagnostic import Level
from auditor.model.report import Report
from auditor.reporters import Options
from auditor.reporters.parts.entries import Entry, entries, shown_path, shown_place
from auditor.reporters.parts.printable import ascii_only, one_line, printable
from auditor.reporters.parts.redacted import redacted_diagnostic, redacted_skip
from auditor.reporters.parts.summary import KNOWN, plural, problems, verdict
from auditor.reporters.text import Writer

NAME = "junit"
MEDIA_TYPE = "application/xml"

Result: TypeAlias = Literal["failure", "skipped", "error"]


@dataclass(frozen=True, slots=True)
class _Case:
    file: str
    name: str
    line: int
    result: Result
    type: str
    message: str
    body: str


def render(report: Report, options: Options) -> str:
    """The report as JUnit XML."""
    plain = Options(width=100, prefix=options.prefix, unicode=options.unicode, verbose=options.verbose)
    cases = sorted((*_findings(report, plain), *_problems(report, plain)), key=lambda case: (case.file, case.name))
    suites: dict[str, list[_Case]] = defaultdict(list)
    for case in cases:
        suites[case.file].append(case)
    parts = ['<?xml version="1.0" encoding="UTF-8"?>', f'<testsuites name="auditor" {_numbers(cases, 1)}>']
    for file, found in suites.items():
        parts.append(f'  <testsuite name="{_attribute(file)}" {_numbers(found, 0)}>')
        parts += [_case(case) for case in found]
        parts.append("  </testsuite>")
    end = verdict(report, options.exit_code)
    parts += [
        '  <testsuite name="auditor" tests="1" failures="0" errors="0" skipped="0">',
        '    <testcase classname="auditor" name="scan">',
        f"      <system-out>{_text(f'{end.word}: {end.text}')}</system-out>",
        "    </testcase>",
        "  </testsuite>",
        "</testsuites>",
    ]
    text = "\n".join(parts) + "\n"
    return text if options.unicode else ascii_only(text)


def _findings(report: Report, options: Options) -> Iterator[_Case]:
    groups: dict[tuple[str, str, Result], list[Entry]] = defaultdict(list)
    for entry in entries((*report.findings, *report.unsure, *report.suppressed, *report.errors)):
        suffix, result = _status(entry)
        groups[shown_path(options.prefix, entry.finding.span.file) or "(no file)", entry.finding.rule + suffix, result].append(entry)
    writer = Writer(report, options)
    for (file, name, result), group in groups.items():
        first = group[0].finding
        more = f" (and {plural(len(group) - 1, 'more place')})" if len(group) > 1 else ""
        message = first.message
        if first.suppression:
            message = f"suppressed: {first.suppression.reason or 'no reason given'}"
        body = "\n\n".join("\n".join(writer.entry(entry)) for entry in group)
        yield _Case(file, name, first.span.line, result, str(first.severity), f"{message}{more}", body)


def _status(entry: Entry) -> tuple[str, Result]:
    finding = entry.finding
    if finding.suppression:
        return " (suppressed)", "skipped"
    if finding.outcome == "unsure":
        return " (not decided)", "skipped"
    if finding.outcome == "error":
        return " (crashed)", "error"
    return (" (known)", "skipped") if finding.delta in KNOWN else ("", "failure")


def _problems(report: Report, options: Options) -> Iterator[_Case]:
    for problem in problems(report):
        if problem.level is Level.INFO:
            continue
        result: Result = "error" if problem.level is Level.ERROR else "skipped"
        file = shown_path(options.prefix, problem.span.file) or "(no file)"
        message = redacted_diagnostic(problem).message
        place = shown_place(options.prefix, problem.span)
        yield _Case(file, problem.code, problem.span.line, result, str(problem.level), message, f"{place}: {message}")
    for skip in report.coverage.refused:
        file, reason = shown_path(options.prefix, skip.path), redacted_skip(skip).reason
        yield _Case(file, "refused", 1, "error", "refused", reason, f"{file}: {reason}")


def _case(case: _Case) -> str:
    place = f'classname="{_attribute(case.file)}" name="{_attribute(case.name)}" file="{_attribute(case.file)}" line="{case.line}"'
    if case.result == "skipped":
        inner = f'<skipped message="{_attribute(case.message)}"/>\n      <system-out>{_text(case.body)}</system-out>'
    else:
        tag = case.result
        inner = f'<{tag} type="{_attribute(case.type)}" message="{_attribute(case.message)}">{_text(case.body)}</{tag}>'
    return f"    <testcase {place}>\n      {inner}\n    </testcase>"


def _numbers(cases: Iterable[_Case], more: int) -> str:
    results = [case.result for case in cases]
    failures, errors, skipped = (results.count(word) for word in ("failure", "error", "skipped"))
    return f'tests="{len(results) + more}" failures="{failures}" errors="{errors}" skipped="{skipped}"'


def _text(text: str) -> str:
    return _legal(printable(text)).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _attribute(text: str) -> str:
    return _text(one_line(text)).replace('"', "&quot;")


def _legal(text: str) -> str:
    """Without the two characters that XML 1.0 cannot hold and that are no control characters."""
    return text.replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")
