"""What a run amounts to: numbers, and the verdict with what it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from auditor.model.diagnostic import Diagnostic
from auditor.model.finding import Finding
from auditor.model.report import Report
from auditor.model.rule import Severity
from auditor.reporters.parts.redacted import redacted_skip

KNOWN = ("unchanged", "moved")
"""The deltas of findings that the baseline has already."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One word, what it rests on, and the exit code that goes with it."""

    word: str
    text: str
    code: int

    @property
    def good(self) -> bool:
        """Whether the run passes and nothing is missing."""
        return self.word == "PASS"


def counts(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many of each severity, the worst first; every severity is there."""
    found = Counter(finding.severity for finding in findings)
    return {severity: found[severity] for severity in reversed(Severity)}


def plural(number: int, noun: str, many: str = "") -> str:
    """`1 file`, `2 files`."""
    return f"{number} {noun if number == 1 else many or f'{noun}s'}"


def verdict(report: Report, exit_code: int | None) -> Verdict:
    """How the run ends and why."""
    failing = report.failing
    nothing = not report.coverage.files and not report.coverage.resources and not report.findings
    if report.errors:
        return Verdict("ERROR", f"{plural(len(report.errors), 'rule evaluation')} crashed; the rest is reported above", _code(exit_code, 4))
    if failing and exit_code != 0:
        return Verdict("FAIL", f"{_at_or_above(failing, report)}{_caveats(report)}", _code(exit_code, 1))
    if exit_code == 3:
        reason = "nothing to audit" if nothing else f"{_outcome(report)}{_caveats(report) or '; something could not be read'}"
        return Verdict("INCOMPLETE", reason, 3)
    if nothing:
        return Verdict("NOTHING", f"nothing was audited{_caveats(report)}", _code(exit_code, 0))
    return Verdict("PASS", f"{_outcome(report)}{_caveats(report)}", _code(exit_code, 0))


def skipped_reasons(report: Report) -> tuple[tuple[str, int], ...]:
    """(why, how many) of what was left out, the most frequent first."""
    found = Counter(redacted_skip(skip).reason for skip in report.coverage.skipped)
    return tuple(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def problems(report: Report) -> tuple[Diagnostic, ...]:
    """Every diagnostic once, gaps included, by place."""
    return tuple(sorted({*report.diagnostics, *report.coverage.gaps}))


def _code(given: int | None, derived: int) -> int:
    return derived if given is None else given


def _at_or_above(failing: tuple[Finding, ...], report: Report) -> str:
    parts = [f"{number} {severity}" for severity, number in counts(failing).items() if number]
    new = " new" if any(finding.delta for finding in failing) else ""
    return f"{plural(len(failing), f'{new.strip()} finding'.strip())} {report.threshold}: {', '.join(parts)}"


def _outcome(report: Report) -> str:
    if not report.findings:
        return "no findings"
    known = sum(finding.delta in KNOWN for finding in report.findings)
    if report.failing:
        return f"{plural(len(report.findings), 'finding')}, and none of them ends the run"
    below = len(report.findings) - known
    parts = [f"{below} other"] * (below > 0) + [f"{known} known before"] * (known > 0)
    return f"no{' new' if known else ''} finding {report.threshold} ({', '.join(parts)})"


def _caveats(report: Report) -> str:
    missing = len(report.coverage.gaps) + len(report.coverage.refused)
    parts = [f"{plural(missing, 'thing')} could not be read"] * bool(missing)
    parts += [f"{plural(len(report.unsure), 'place')} could not be decided"] * bool(report.unsure)
    return "".join(f"; {part}" for part in parts)
