"""The report as one HTML file that loads nothing: cards with source, whys, dependents and remedy, in light and dark."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from auditor import __version__
from auditor.model.diagnostic import Diagnostic
from auditor.model.finding import Change, Finding
from auditor.model.report import Report
from auditor.model.rule import Rule
from auditor.reporters import Options
from auditor.reporters.parts.closing import rows
from auditor.reporters.parts.entries import Entry, entries, shown_path, shown_place
from auditor.reporters.parts.evidence import evidence_words
from auditor.reporters.parts.printable import one_line, plain_words, printable
from auditor.reporters.parts.prose import Block, blocks, spans
from auditor.reporters.parts.redacted import redacted_diagnostic, redacted_skip
from auditor.reporters.parts.snippet import Snippets
from auditor.reporters.parts.summary import counts, problems, verdict
from auditor.reporters.parts.undecided import reasons

NAME = "html"
MEDIA_TYPE = "text/html"

_MORE = ("Workaround", "Prevent", "Validate")


def render(report: Report, options: Options) -> str:
    """The report as an HTML page."""
    import jinja2

    parts = files("auditor.reporters.parts")
    script = (parts / "report.js").read_text("utf-8")
    # Everything that was scanned passes here: no template can print it raw.
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, finalize=_printable)
    template = environment.from_string((parts / "report.html.j2").read_text("utf-8"))
    return template.render(
        style=(parts / "report.css").read_text("utf-8"),
        script=script,
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        version=__version__,
        verdict=verdict(report, options.exit_code),
        severities=[(str(severity), number) for severity, number in counts(report.findings).items()],
        unsure=report.unsure,
        suppressed=report.suppressed,
        fixed=report.fixed,
        cards=list(_cards(report, options)),
        lists=list(_lists(report, options)),
        coverage=list(rows(report)),
    ) + "\n"


def _printable(value: Any) -> Any:
    return printable(value) if type(value) is str else value


def _cards(report: Report, options: Options) -> Iterator[dict[str, Any]]:
    snippets = Snippets(report.texts)
    rules = {rule.id: rule for rule in report.rules}
    advice = {rule_id: _advice(rules.get(rule_id)) for rule_id in {finding.rule for finding in report.findings}}
    for number, entry in enumerate(entries(report.findings), 1):
        finding = entry.finding
        yield {
            "anchor": f"finding-{number}",
            "severity": str(finding.severity),
            "confidence": str(finding.confidence),
            "message": one_line(finding.message),
            "delta": finding.delta,
            "place": shown_place(options.prefix, finding.span),
            "rule": finding.rule,
            "about": entry.about,
            "instances": entry.instances,
            "lines": snippets.of(finding),
            "facts": list(_facts(finding, options)),
            "whys": [(why.text, shown_place(options.prefix, why.evidence.span) if why.evidence else "") for why in finding.whys],
            "evidence": [evidence_words(one, options.prefix) for one in finding.evidence],
            "blast": [(one.path or (one.resource,), shown_place(options.prefix, one.span)) for one in finding.blast],
            "change": _change(finding.change),
            "advice": advice[finding.rule],
            "more": _more(entry, bool(advice[finding.rule]["more"])),
        }


def _advice(rule: Rule | None) -> dict[str, Any]:
    if rule is None:
        return {"why": (), "fix": (), "more": ()}
    page = rule.page
    more = [(title, _shown(page.section(title))) for title in _MORE if page.section(title)]
    return {"why": _shown(page.section("Why it matters")), "fix": _shown(page.section("Fix now")), "more": more}


def _shown(markdown: str) -> list[dict[str, Any]]:
    """Blocks with their texts split into code and prose."""
    return [{"kind": block.kind, "texts": _texts(block)} for block in blocks(markdown)]


def _texts(block: Block) -> tuple[Any, ...]:
    return block.texts if block.kind == "code" else tuple(spans(text) for text in block.texts)


def _facts(finding: Finding, options: Options) -> Iterator[tuple[str, str]]:
    if finding.expected and not finding.drift:
        yield "expected", finding.expected
    if finding.actual and not finding.drift:
        yield "actual", finding.actual
    if finding.drift:
        yield "drift", f"{finding.drift.classification} {finding.drift.path or ''}".strip()
        for facet, value in finding.drift.values.items():
            yield facet, plain_words(value)
        by = finding.drift.changed_by
        if by.who or by.when or by.how:
            yield "changed by", " ".join(part for part in (by.who or "somebody", by.when, by.how, f"(confidence: {by.confidence})") if part)
    if finding.chain:
        yield "called from", " → ".join(shown_place(options.prefix, span) for span in finding.chain)
    if finding.blame:
        yield "changed at", shown_place(options.prefix, finding.blame)
    if finding.sources != ("auditor",):
        yield "found by", ", ".join(finding.sources)


def _change(change: Change | None) -> str:
    return f"{change.ref[:12]} by {change.who}, {change.when.date().isoformat()}: {change.summary}" if change else ""


def _more(entry: Entry, advised: bool) -> str:
    """What the fold holds."""
    finding = entry.finding
    named = [("whys", finding.whys), ("evidence", finding.evidence), ("blast radius", finding.blast), ("last change", finding.change)]
    return ", ".join(name for name, value in [*named, ("workaround, prevention and check", advised)] if value).capitalize()


def _lists(report: Report, options: Options) -> Iterator[tuple[str, int, list[tuple[str, str, str]]]]:
    undecided = [
        ("", shown_place(options.prefix, place.span), f"{place.words(len(place.rules))}: {reason.text}")
        for reason in reasons(report.unsure)
        for place in reason.places
    ]
    yield "Not decided", len(report.unsure), undecided
    for title, group in {"Crashed rules": report.errors, "Suppressed": report.suppressed, "Fixed": report.fixed}.items():
        yield title, len(group), [_item(entry, options) for entry in entries(group)]
    shown = [_problem(redacted_diagnostic(problem), options) for problem in problems(report)]
    yield "Problems with the input", len(shown), shown
    for title, skips in (("Refused", report.coverage.refused), ("Skipped", report.coverage.skipped)):
        found = sorted((skip.path, redacted_skip(skip).reason) for skip in skips)
        yield title, len(found), [("", shown_path(options.prefix, path), reason) for path, reason in found]


def _item(entry: Entry, options: Options) -> tuple[str, str, str]:
    finding = entry.finding
    text = f"{entry.about}: {finding.message}"
    if finding.suppression:
        until = f", until {finding.suppression.until.isoformat()}" if finding.suppression.until else ""
        text = f"{entry.about}: {finding.suppression.reason or 'no reason given'}{until}"
    return finding.rule, shown_place(options.prefix, finding.span), text


def _problem(problem: Diagnostic, options: Options) -> tuple[str, str, str]:
    return problem.code, shown_place(options.prefix, problem.span), f"{problem.level}: {problem.message}"
