"""The report as text for people: each fault with its source, why it matters and what to do, then the numbers and the verdict."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.finding import DriftDetail, Finding
from auditor.model.report import Report
from auditor.model.rule import Page, Rule, Severity
from auditor.reporters import Options
from auditor.reporters.parts.closing import closing
from auditor.reporters.parts.entries import Entry, by_file, entries, shown_path, shown_place, subject
from auditor.reporters.parts.evidence import evidence_words
from auditor.reporters.parts.printable import ascii_only, crop, one_line, plain_words, width
from auditor.reporters.parts.prose import gist, plain
from auditor.reporters.parts.snippet import Line, Snippets
from auditor.reporters.parts.summary import plural
from auditor.reporters.parts.terminal import Terminal

NAME = "text"
MEDIA_TYPE = "text/plain"

_INDENT = 10
_LABEL = 12
_INSTANCES = 5
_SHOWN_DEPENDENTS = 6


def render(report: Report, options: Options) -> str:
    """The report as text."""
    text = "\n".join(Writer(report, options).lines()) + "\n"
    return text if options.unicode else ascii_only(text)


class Writer:
    """Writes entries as text; other formats quote them."""

    def __init__(self, report: Report, options: Options) -> None:
        self.report = report
        self.options = options
        self.terminal = Terminal(options.color, options.unicode, max(options.width, 40))
        self.snippets = Snippets(report.texts)
        self.rules = {rule.id: rule for rule in report.rules}
        self._advices: dict[str, tuple[tuple[str, str], ...]] = {}

    def lines(self) -> Iterator[str]:
        """The whole report."""
        shown = [finding for finding in self.report.findings if self._is_shown(finding)]
        for file, found in by_file(entries(shown)):
            title = one_line(shown_path(self.options.prefix, file)) or "(no file)"
            yield f"{self.terminal.paint(title, '1;4')} {self.terminal.dim(f'({len(found)})')}"
            yield ""
            for entry in found:
                yield from self.entry(entry)
                yield ""
        advice = [finding for finding in self.report.findings if not self._is_shown(finding)]
        yield from closing(self.report, self.options, self.terminal, advice)

    def _is_shown(self, finding: Finding) -> bool:
        """Whether a finding has an entry of its own: advice is only counted, unless somebody asks for it or the run can fail on it."""
        return self.options.verbose or finding.severity > Severity.INFO or self.report.fail_on == Severity.INFO or finding.drift is not None

    # -- one entry

    def entry(self, entry: Entry) -> Iterator[str]:
        """One fault: what, where, the source, and what to do."""
        finding, terminal = entry.finding, self.terminal
        tag = f"{str(finding.severity).upper():<8}"
        state = {"new": " (new)", "unchanged": " (known)", "moved": " (known, moved)"}.get(finding.delta, "")
        first, *more = terminal.wrap(one_line(finding.message) + state, _INDENT)
        yield f"{terminal.severity(finding.severity, tag)}  {terminal.bold(first)}"
        yield from (f"{'':<{_INDENT}}{terminal.bold(line)}" for line in more)
        place = one_line(shown_place(self.options.prefix, finding.span))
        head = f"{'':<{_INDENT}}{terminal.paint(place, '36')}{'  ' if place else ''}{terminal.dim(finding.rule)}"
        yield head + ("" if finding.confidence == 2 else terminal.dim(f"  ({finding.confidence})"))
        yield from self._row("resource", self._instances(entry))
        yield from self._snippet(self.snippets.of(finding))
        for label, text in self._details(finding):
            yield from self._row(label, text)

    def _instances(self, entry: Entry) -> str:
        names, finding = entry.instances, entry.finding
        if len(names) == 1:
            return subject(names[0], finding.attribute, finding.owner)
        shown = names if self.options.verbose else names[:_INSTANCES]
        more = f" and {len(names) - len(shown)} more (-v shows all)" if len(shown) < len(names) else ""
        return f"{plural(len(names), 'instance')}: {', '.join(shown)}{more}"

    def _row(self, label: str, text: str) -> Iterator[str]:
        if not text:
            return
        first, *more = self.terminal.wrap(one_line(text), _INDENT + _LABEL)
        yield f"{'':<{_INDENT}}{self.terminal.dim(f'{label:<{_LABEL}}')}{first}"
        yield from (f"{'':<{_INDENT + _LABEL}}{line}" for line in more)

    def _snippet(self, lines: tuple[Line, ...]) -> Iterator[str]:
        if not lines:
            return
        terminal = self.terminal
        digits = len(str(lines[-1].number))
        room = max(terminal.columns - _INDENT - digits - 5, 20)
        yield ""
        for line in lines:
            pointer = terminal.paint(">", "31") if line.inside else " "
            cut = max(0, line.start - 8) if width(line.text) > room and line.start > room // 2 else 0
            text = (terminal.ellipsis if cut else "") + line.text[cut:]
            shown = crop(text, room, terminal.ellipsis)
            yield f"{'':<{_INDENT - 2}}{pointer} {terminal.dim(f'{line.number:>{digits}} {terminal.bar}')} {shown}".rstrip()
            if line.end > line.start:
                before = width(line.text[cut : line.start]) + (len(terminal.ellipsis) if cut else 0)
                marks = "^" * max(1, min(width(line.text[line.start : line.end]), room - before))
                yield f"{'':<{_INDENT + digits}} {terminal.dim(terminal.bar)} {'':<{before}}{terminal.paint(marks, '1;31')}"
        yield ""

    def _details(self, finding: Finding) -> Iterator[tuple[str, str]]:
        if finding.drift:
            yield from _drift(finding.drift)
        else:
            yield "expected", finding.expected
            yield "actual", finding.actual
        arrow = f" {self.terminal.arrow} "
        yield "via", arrow.join(shown_place(self.options.prefix, span) for span in finding.chain)
        if finding.blame:
            yield "changed", shown_place(self.options.prefix, finding.blame)
        if finding.sources != ("auditor",):
            yield "found by", ", ".join(finding.sources)
        rule = self.rules.get(finding.rule)
        if self.options.verbose:
            yield from self._background(finding)
        if rule is not None:
            if rule.id not in self._advices:
                self._advices[rule.id] = tuple(self._advice(rule))
            yield from self._advices[rule.id]

    def _advice(self, rule: Rule) -> Iterator[tuple[str, str]]:
        page: Page = rule.page
        yield "why", gist(page.section("Why it matters"))
        if self.options.verbose:
            for label, title in (("fix", "Fix now"), ("workaround", "Workaround"), ("prevent", "Prevent"), ("validate", "Validate")):
                for number, line in enumerate(plain(page.section(title)).splitlines()):
                    yield "" if number else label, line
        else:
            yield "fix", gist(page.section("Fix now"), 2)
        yield "more", f"auditor explain {rule.id}"

    def _background(self, finding: Finding) -> Iterator[tuple[str, str]]:
        """What a root-cause analysis asks for."""
        prefix = self.options.prefix
        for number, why in enumerate(finding.whys, 1):
            proof = f"[{shown_place(prefix, why.evidence.span)}]" if why.evidence else "(assumed)"
            yield "whys" if number == 1 else "", f"{number}. {why.text} {proof}"
        for number, evidence in enumerate(finding.evidence):
            yield "" if number else "evidence", evidence_words(evidence, prefix)
        for number, span in enumerate(finding.related):
            yield "" if number else "related", shown_place(prefix, span)
        if finding.blast:
            yield "blast", f"{plural(len(finding.blast), 'resource')} depend{'s' if len(finding.blast) == 1 else ''} on it"
            arrow = f" {self.terminal.arrow} "
            nearest = finding.blast[:_SHOWN_DEPENDENTS]
            yield from (("", f"{arrow.join(one.path) or one.resource}  ({shown_place(prefix, one.span)})") for one in nearest)
            if len(finding.blast) > len(nearest):
                yield "", f"and {len(finding.blast) - len(nearest)} more, farther away: --format json has them all"
        if finding.change:
            yield "last change", evidence_words(finding.change, prefix)
        yield "id", finding.fingerprint


def _drift(drift: DriftDetail) -> Iterator[tuple[str, str]]:
    yield "drift", f"{drift.classification}{f' at {drift.path}' if drift.path else ''}"
    for facet, value in drift.values.items():
        yield facet, plain_words(value)
    by = drift.changed_by
    if by.who or by.when or by.how:
        yield "changed by", " ".join(part for part in (by.who or "somebody", by.when, by.how, f"(confidence: {by.confidence})") if part)
