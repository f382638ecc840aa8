"""Everything that a run has to say: the only thing that reporters see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from auditor.model.diagnostic import Diagnostic
from auditor.model.finding import Finding
from auditor.model.rule import Rule, Severity


@dataclass(frozen=True, slots=True)
class Skip:
    """Something that was not looked at, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was read, what was not and why: at the foot of every report."""

    files: tuple[tuple[str, int], ...] = ()
    """(format, number of files read)."""
    resources: int = 0
    rules: int = 0
    evaluated: int = 0
    passed: int = 0
    skipped: tuple[Skip, ...] = ()
    gaps: tuple[Diagnostic, ...] = ()
    refused: tuple[Skip, ...] = ()
    """Calls that the cloud refused (or the file that holds the refusal)."""


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a run. `texts` gives the source lines that reporters may show, by file."""

    findings: tuple[Finding, ...] = ()
    unsure: tuple[Finding, ...] = ()
    suppressed: tuple[Finding, ...] = ()
    fixed: tuple[Finding, ...] = ()
    errors: tuple[Finding, ...] = ()
    """Rules that crashed: a defect of ours or of the user's own rule."""
    rules: tuple[Rule, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    coverage: Coverage = Coverage()
    root: str = "."
    fail_on: Severity = Severity.HIGH
    fail_on_drift: tuple[str, ...] = ()
    """Classes of drift that make the run fail, in place of the severity."""
    gates: bool = True
    """Whether findings make the run fail at all."""
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def failing(self) -> tuple[Finding, ...]:
        """The findings that make the run fail."""
        return tuple(finding for finding in self.findings if finding.delta not in ("unchanged", "moved") and self._fails(finding))

    @property
    def threshold(self) -> str:
        """What makes the run fail, in words that go behind `findings`."""
        if not self.gates:
            return "that ends the run"
        return f"of class {' or '.join(self.fail_on_drift)}" if self.fail_on_drift else f"at or above {self.fail_on}"

    def _fails(self, finding: Finding) -> bool:
        if not self.gates:
            return False
        if self.fail_on_drift and finding.drift:
            return finding.drift.classification in self.fail_on_drift
        return finding.severity >= self.fail_on

    @property
    def incomplete(self) -> bool:
        """Whether something that should have been read was not."""
        return bool(self.coverage.gaps or self.coverage.refused)
