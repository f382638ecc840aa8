"""The foot of a text report: what could not be decided or read, the numbers, the verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from auditor.model.diagnostic import Diagnostic, Level
from auditor.model.finding import Finding
from auditor.model.report import Report, Skip
from auditor.reporters import Options
from auditor.reporters.parts.entries import Entry, entries, shown_path, shown_place
from auditor.reporters.parts.printable import one_line
from auditor.reporters.parts.redacted import redacted_diagnostic, redacted_skip
from auditor.reporters.parts.summary import counts, plural, problems, skipped_reasons, verdict
from auditor.reporters.parts.terminal import Terminal
from auditor.reporters.parts.undecided import reasons

SHOWN = 10
"""Entries of a list that are shown unless `verbose` asks for all; the rest is counted."""
PLACES = 3
"""The same for the places of a reason, and the rules of a place."""


def closing(report: Report, options: Options, terminal: Terminal, advice: Sequence[Finding] = ()) -> Iterator[str]:
    """The lines of the foot. `advice`: findings that had no entry of their own."""
    coverage = report.coverage
    yield from _advised(advice, terminal)
    found = [d for d in problems(report) if options.verbose or d.level is not Level.INFO]
    yield from _listed(terminal, options, "Crashed rules", len(report.errors), [_line(entry, options) for entry in entries(report.errors)])
    yield from _undecided(report, options, terminal)
    if options.verbose:
        suppressed = [_suppressed(entry, options) for entry in entries(report.suppressed)]
        yield from _listed(terminal, options, "Suppressed", len(report.suppressed), suppressed)
        yield from _listed(terminal, options, "Fixed", len(report.fixed), [_line(entry, options) for entry in entries(report.fixed)])
        yield from _listed(terminal, options, "Skipped", len(coverage.skipped), _skips(coverage.skipped, options))
    yield from _listed(terminal, options, "Refused", len(coverage.refused), _skips(coverage.refused, options))
    shown = [_problem(redacted_diagnostic(diagnostic), options) for diagnostic in found]
    yield from _listed(terminal, options, "Problems with the input", len(shown), shown)
    yield from _table(report, terminal)
    yield ""
    yield from _verdict(report, options, terminal)


def _advised(advice: Sequence[Finding], terminal: Terminal) -> Iterator[str]:
    """Advice by rule, most frequent first."""
    if not advice:
        return
    yield terminal.bold(f"Advice ({len(advice)}, severity info)") + terminal.dim("  -v shows the places")
    frequent = sorted(Counter(finding.rule for finding in advice).items(), key=lambda item: (-item[1], item[0]))
    yield from (f"  {count:>5}  {rule}" for rule, count in frequent[:SHOWN])
    if len(frequent) > SHOWN:
        yield terminal.dim(f"  {terminal.ellipsis} and {len(frequent) - SHOWN} more rules")
    yield ""


def _listed(terminal: Terminal, options: Options, title: str, count: int, lines: list[str]) -> Iterator[str]:
    if not lines:
        return
    yield terminal.bold(f"{title} ({count})")
    shown = len(lines) if options.verbose else SHOWN
    for line in lines[:shown]:
        first, *more = terminal.wrap(line, 4)
        yield f"  {first}"
        yield from (f"    {text}" for text in more)
    if len(lines) > shown:
        yield terminal.dim(f"  {terminal.ellipsis} and {len(lines) - shown} more (-v shows all)")
    yield ""


def _undecided(report: Report, options: Options, terminal: Terminal) -> Iterator[str]:
    if not report.unsure:
        return
    yield terminal.bold(f"Not decided ({len(report.unsure)})")
    found = reasons(report.unsure)
    shown = found if options.verbose else found[:SHOWN]
    for reason in shown:
        first, *more = terminal.wrap(f"{one_line(reason.text)} ({reason.count})", 4)
        yield f"  {first}"
        yield from (f"    {text}" for text in more)
        places = reason.places if options.verbose else reason.places[:PLACES]
        for place in places:
            words = place.words(len(place.rules) if options.verbose else PLACES)
            first, *more = terminal.wrap(one_line(f"{shown_place(options.prefix, place.span)} {words}".strip()), 6)
            yield terminal.dim(f"    {first}")
            yield from (terminal.dim(f"      {text}") for text in more)
        if len(reason.places) > len(places):
            yield terminal.dim(f"    {terminal.ellipsis} and {plural(len(reason.places) - len(places), 'more place')} (-v shows all)")
    if len(found) > len(shown):
        count = sum(reason.count for reason in found[len(shown) :])
        others = plural(len(found) - len(shown), "other reason")
        yield terminal.dim(f"  {terminal.ellipsis} and {count} more for {others} (-v shows all)")
    yield ""


def _line(entry: Entry, options: Options) -> str:
    finding = entry.finding
    place = shown_place(options.prefix, finding.span)
    return one_line(f"{f'{place}: ' if place else ''}{finding.rule}: {entry.about}: {finding.message}")


def _suppressed(entry: Entry, options: Options) -> str:
    suppression = entry.finding.suppression
    if suppression is None:
        return _line(entry, options)
    until = f", until {suppression.until}" if suppression.until else ""
    tool = f" (a comment for {suppression.tool})" if suppression.tool != "auditor" else ""
    said = suppression.reason or "no reason given"
    return one_line(f"{_line(entry, options)}; suppressed at {shown_place(options.prefix, suppression.span)}{tool}: {said}{until}")


def _skips(found: Iterable[Skip], options: Options) -> list[str]:
    shown = sorted((skip.path, redacted_skip(skip).reason) for skip in found)
    return [one_line(f"{shown_path(options.prefix, path)}: {reason}") for path, reason in shown]


def _problem(diagnostic: Diagnostic, options: Options) -> str:
    place = shown_place(options.prefix, diagnostic.span)
    return one_line(f"{f'{place}: ' if place else ''}{diagnostic.level}: {diagnostic.message} [{diagnostic.code}]")


def _table(report: Report, terminal: Terminal) -> Iterator[str]:
    yield terminal.dim(terminal.rule(min(terminal.columns, 72)))
    found = [(s, n) for s, n in counts(report.findings).items() if n or terminal.columns >= 80]
    severities = [terminal.severity(s, f"{n} {s}") if n else terminal.dim(f"{n} {s}") for s, n in found]
    yield f"{'findings':<12} {len(report.findings):>7}  {', '.join(severities)}{_deltas(report.findings)}"
    for label, number, detail in rows(report):
        first, *more = terminal.wrap(one_line(detail), 22)
        yield f"{label:<12} {number:>7}  {first}".rstrip()
        yield from (f"{'':<22}{text}" for text in more)


def rows(report: Report) -> Iterator[tuple[str, int, str]]:
    """(what, how many, details) besides the findings."""
    coverage = report.coverage
    if report.fixed:
        yield "fixed", len(report.fixed), "in the baseline, and not found any more"
    yield "not decided", len(report.unsure), _most(f.rule for f in report.unsure)
    yield "suppressed", len(report.suppressed), _most(f.rule for f in report.suppressed)
    if report.errors:
        yield "crashed", len(report.errors), _most(f.rule for f in report.errors)
    yield "files", sum(number for _, number in coverage.files), ", ".join(f"{number} {name}" for name, number in sorted(coverage.files))
    yield "resources", coverage.resources, ""
    yield "rules", coverage.rules, f"{plural(coverage.evaluated, 'evaluation')}, {coverage.passed} passed"
    if coverage.skipped:
        reasons = skipped_reasons(report)
        parts = [f"{number} {reason}" for reason, number in reasons[:3]]
        yield "skipped", len(coverage.skipped), "; ".join(parts) + (f"; {len(reasons) - 3} other reasons" if len(reasons) > 3 else "")
    if coverage.refused:
        yield "refused", len(coverage.refused), "calls that the provider did not answer"
    if coverage.gaps:
        yield "gaps", len(coverage.gaps), "could not be read; see the problems above"


def _deltas(findings: Iterable[Finding]) -> str:
    found = Counter(finding.delta for finding in findings if finding.delta)
    return f" ({', '.join(f'{found[delta]} {delta}' for delta in ('new', 'unchanged', 'moved') if found[delta])})" if found else ""


def _most(rules: Iterable[str]) -> str:
    found = Counter(rules).most_common()
    found.sort(key=lambda item: (-item[1], item[0]))
    named = ", ".join(f"{rule}{f' {number}x' if number > 1 else ''}" for rule, number in found[:3])
    return named + (f" and {plural(len(found) - 3, 'other rule')}" if len(found) > 3 else "")


def _verdict(report: Report, options: Options, terminal: Terminal) -> Iterator[str]:
    found = verdict(report, options.exit_code)
    color = {"PASS": "1;32", "NOTHING": "1;33", "INCOMPLETE": "1;33"}.get(found.word, "1;31")
    lines = terminal.wrap(found.text, len(found.word) + 2)
    yield f"{terminal.paint(found.word, color)}  {lines[0]}"
    yield from (f"{'':<{len(found.word) + 2}}{line}" for line in lines[1:])
