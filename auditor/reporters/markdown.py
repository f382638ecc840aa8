"""The report as Markdown for the comment of a merge request: the verdict, the numbers, and each fault to unfold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from auditor.model.diagnostic import Diagnostic
from auditor.model.finding import Finding
from auditor.model.report import Report
from auditor.model.rule import Rule, Severity
from auditor.reporters import Options
from auditor.reporters.parts.entries import Entry, entries, shown_path, shown_place
from auditor.reporters.parts.markup import code, fenced, inert, inert_html, line, section
from auditor.reporters.parts.printable import crop, plain_words
from auditor.reporters.parts.prose import gist
from auditor.reporters.parts.redacted import redacted_diagnostic, redacted_skip
from auditor.reporters.parts.snippet import Snippets
from auditor.reporters.parts.summary import KNOWN, counts, plural, problems, skipped_reasons, verdict
from auditor.reporters.parts.undecided import Reason, reasons

NAME = "markdown"
MEDIA_TYPE = "text/markdown"

MAX_CHARACTERS = 60_000
"""GitHub takes comments of up to 65,536 characters; what does not fit is counted."""
MAX_LIST = 5_000
"""Characters of each list below the findings."""
MAX_LINE = 160
MARKER = "<!-- auditor report -->"
"""The first line, by which a bot finds its own comment."""

_SIGNS = {Severity.CRITICAL: "🟣", Severity.HIGH: "🔴", Severity.MEDIUM: "🟠", Severity.LOW: "🟡", Severity.INFO: "🔵"}
_ICONS = {"PASS": "✅", "FAIL": "❌", "ERROR": "💥"}


def render(report: Report, options: Options) -> str:
    """The report as Markdown, no longer than a comment may be."""
    writer = _Writer(report, options)
    head, foot = "\n".join(writer.head()), "\n".join(writer.foot())
    room = MAX_CHARACTERS - len(head) - len(foot) - 200
    body: list[str] = []
    found = sorted(entries(report.findings), key=lambda entry: entry.finding.delta in KNOWN)
    for number, entry in enumerate(found):
        text = "\n".join(writer.entry(entry))
        if len(text) > room:
            left = plural(len(found) - number, "more entry", "more entries")
            body.append(f"\n{left} did not fit here; the other formats have all of them.\n")
            break
        body.append(text)
        room -= len(text)
    return "\n".join((head, *body, foot, ""))


class _Writer:
    def __init__(self, report: Report, options: Options) -> None:
        self.report = report
        self.options = options
        self.snippets = Snippets(report.texts)
        self.rules: dict[str, Rule] = {rule.id: rule for rule in report.rules}

    def head(self) -> Iterator[str]:
        report = self.report
        found = verdict(report, self.options.exit_code)
        icon = f"{_ICONS.get(found.word, '⚠️')} " if self.options.unicode else ""
        yield MARKER
        yield f"## {icon}auditor: {found.word.lower()}"
        yield ""
        yield f"{found.text[:1].upper()}{found.text[1:]}."
        yield ""
        severities = counts(report.findings)
        yield f"| {' | '.join(str(severity) for severity in severities)} | not decided | suppressed |{' fixed |' if report.fixed else ''}"
        yield f"|{' ---: |' * (len(severities) + 2 + bool(report.fixed))}"
        numbers = (*severities.values(), len(report.unsure), len(report.suppressed), *([len(report.fixed)] if report.fixed else ()))
        yield f"| {' | '.join(map(str, numbers))} |"
        yield ""

    # -- one fault

    def entry(self, entry: Entry) -> Iterator[str]:
        """A fault to unfold."""
        finding = entry.finding
        sign = f"{_SIGNS[finding.severity]} " if self.options.unicode else ""
        state = f" <i>({finding.delta})</i>" if finding.delta else ""
        place = inert_html(shown_place(self.options.prefix, finding.span))
        yield "<details>"
        yield f"<summary>{sign}<b>{finding.severity}</b>: {inert_html(finding.message)}{state} <code>{place}</code></summary>"
        yield ""
        names = entry.instances
        yield f"**Rule** {code(finding.rule)}, **resource** {code(entry.about)}"
        yield ""
        if len(names) > 1:
            yield f"**Instances** {', '.join(code(name) for name in names[:20])}{f' and {len(names) - 20} more' if len(names) > 20 else ''}"
            yield ""
        lines = self.snippets.of(finding)
        if lines:
            digits = len(str(lines[-1].number))
            shown = (f"{'>' if one.inside else ' '} {one.number:>{digits}} | {crop(one.text, MAX_LINE, '...')}" for one in lines)
            yield fenced("\n".join(shown), finding.span.file)
            yield ""
        yield from self.facts(finding)
        yield from self.advice(self.rules.get(finding.rule))
        yield "</details>"

    def facts(self, finding: Finding) -> Iterator[str]:
        """Short items."""
        prefix = self.options.prefix
        items = [] if finding.drift else [("Expected", code(finding.expected)), ("Actual", code(finding.actual))]
        if finding.chain:
            items.append(("Called from", ", ".join(code(shown_place(prefix, span)) for span in finding.chain)))
        if finding.blame:
            items.append(("Changed at", code(shown_place(prefix, finding.blame))))
        if finding.drift:
            items.append(("Drift", code(f"{finding.drift.classification} {finding.drift.path or ''}".strip())))
            items += [(facet.capitalize(), code(plain_words(value))) for facet, value in finding.drift.values.items()]
        if finding.whys:
            items += [(f"Why {number}", inert(why.text)) for number, why in enumerate(finding.whys, 1)]
        if finding.blast:
            items.append(("Depends on it", ", ".join(code(one.resource) for one in finding.blast[:10])))
        if finding.change:
            change = finding.change
            when = change.when.date().isoformat()
            items.append(("Last change", f"{code(change.ref[:12])} by {inert(change.who)}, {when}: {inert(change.summary)}"))
        found = [f"- **{label}:** {text}" for label, text in items if text]
        yield from (*found, "") if found else ()

    def advice(self, rule: Rule | None) -> Iterator[str]:
        """What the rule's page says."""
        if rule is None:
            return
        page = rule.page
        if why := gist(page.section("Why it matters"), 2):
            yield f"**Why it matters.** {line(why)}"
            yield ""
        titles = ("Fix now", "Workaround", "Prevent", "Validate") if self.options.verbose else ("Fix now",)
        for title in titles:
            if text := section(page.section(title)):
                yield f"**{title}**"
                yield ""
                yield text
                yield ""

    # -- what else there is to say

    def foot(self) -> Iterator[str]:
        report, prefix = self.report, self.options.prefix
        crashed = (f"{_at(entry, prefix)}: {inert(entry.finding.message)}" for entry in entries(report.errors))
        yield from _folded("Crashed rules", len(report.errors), crashed)
        yield from _folded("Not decided", len(report.unsure), (_undecided(reason, prefix) for reason in reasons(report.unsure)))
        yield from _folded("Suppressed", len(report.suppressed), (f"{_at(e, prefix)}: {_reason(e)}" for e in entries(report.suppressed)))
        yield from _folded("Fixed", len(report.fixed), (f"{code(e.finding.rule)} {code(e.about)}" for e in entries(report.fixed)))
        yield from _folded("Problems with the input", 0, (_problem(redacted_diagnostic(problem), prefix) for problem in problems(report)))
        refused = sorted((skip.path, redacted_skip(skip).reason) for skip in report.coverage.refused)
        yield from _folded("Refused", 0, (f"{code(shown_path(prefix, path))}: {inert(reason)}" for path, reason in refused))
        coverage = report.coverage
        files = ", ".join(f"{number} {name}" for name, number in sorted(coverage.files))
        yield f"Read: {inert(files) or 'no files'}; {plural(coverage.resources, 'resource')}, {plural(coverage.rules, 'rule')},"
        yield f"{plural(coverage.evaluated, 'evaluation')}, {coverage.passed} passed."
        if coverage.skipped:
            yield f"Skipped: {', '.join(f'{number} {inert(reason)}' for reason, number in skipped_reasons(report)[:5])}."


def _folded(title: str, count: int, items: Iterable[str]) -> Iterator[str]:
    found = list(items)
    if not found:
        return
    yield f"<details><summary>{title} ({count or len(found)})</summary>"
    yield ""
    room = MAX_LIST
    for number, item in enumerate(found):
        room -= len(item)
        if room < 0:
            yield f"- and {len(found) - number} more"
            break
        yield f"- {item}"
    yield ""
    yield "</details>"
    yield ""


def _problem(problem: Diagnostic, prefix: str) -> str:
    return f"{code(shown_place(prefix, problem.span))} {problem.level}: {inert(problem.message)} ({code(problem.code)})".lstrip()


def _undecided(reason: Reason, prefix: str) -> str:
    places = (f"{code(shown_place(prefix, place.span))} {code(place.words(1))}".strip() for place in reason.places[:5])
    more = f" and {plural(len(reason.places) - 5, 'more place')}" if len(reason.places) > 5 else ""
    return f"{inert(reason.text)} ({reason.count}): {', '.join(places)}{more}"


def _at(entry: Entry, prefix: str) -> str:
    return f"{code(entry.finding.rule)} {code(entry.about)} {code(shown_place(prefix, entry.finding.span))}".rstrip()


def _reason(entry: Entry) -> str:
    suppression = entry.finding.suppression
    if suppression is None:
        return "no reason given"
    until = f" (until {suppression.until.isoformat()})" if suppression.until else ""
    return f"{inert(suppression.reason or 'no reason given')}{until}"
