"""The report as JSON: the document of `auditor schema report`, one finding on a line."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from auditor.model.finding import Finding
from auditor.model.report import Report
from auditor.reporters import Options
from auditor.reporters.parts import document
from auditor.reporters.parts.json_lines import dump, listing
from auditor.reporters.parts.redacted import redacted
from auditor.reporters.parts.summary import problems

NAME = "json"
MEDIA_TYPE = "application/json"


def render(report: Report, options: Options) -> str:
    """The report as a JSON document. Paths are relative to the scanned root."""
    return "".join(stream(report, options))


def stream(report: Report, options: Options) -> Iterator[str]:
    """The same in pieces, for reports that are large."""
    remedies = _Remedies(report)
    yield '{"version": "1",\n'
    for name in ("findings", "unsure", "suppressed", "fixed", "errors"):
        yield from listing(name, options.spread(partial(_line, remedies), sorted(getattr(report, name), key=_order)))
    yield from listing("rules", (dump(document.rule(rule)) for rule in sorted(report.rules, key=lambda rule: rule.id)))
    yield from listing("diagnostics", (dump(document.diagnostic(diagnostic)) for diagnostic in problems(report)))
    yield f' "coverage": {dump(document.coverage(report.coverage, report.incomplete))},\n'
    yield f' "summary": {dump(document.summary(report, options.exit_code))}}}\n'


class _Remedies:
    """The remedy of each rule that found something, written once."""

    def __init__(self, report: Report) -> None:
        self._rules = {rule.id: rule for rule in report.rules}
        self._texts: dict[str, str] = {}

    def of(self, rule_id: str) -> str:
        if rule_id not in self._texts:
            rule = self._rules.get(rule_id)
            self._texts[rule_id] = dump(document.remedy(rule.page) if rule else None)
        return self._texts[rule_id]


def _line(remedies: _Remedies, finding: Finding) -> str:
    return f'{dump(document.finding(redacted(finding)))[:-1]}, "remedy": {remedies.of(finding.rule)}}}'


def _order(finding: Finding) -> tuple[object, ...]:
    return finding.span, finding.rule, finding.root, finding.resource, finding.attribute, finding.fingerprint
