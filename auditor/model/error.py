"""What the user can mend: every one ends the run with a message and no traceback.

AuditorError          exit 2
├── ConfigError       auditor.yaml, an option, a baseline
├── RuleFileError     a rule file that is not a rule
└── InputError        a path, a name or an address that is not there
    └── NothingToAudit    exit 3
"""

from __future__ import annotations

from auditor.model.diagnostic import Diagnostic


class AuditorError(Exception):
    """A problem that the user can mend. `place` is `file:line` where that is known, `hint` says what to do."""

    def __init__(self, message: str, *, place: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


class ConfigError(AuditorError):
    """The configuration, an option or a baseline is wrong."""


class RuleFileError(AuditorError):
    """Rule files that are no rules, with every problem and its place."""

    def __init__(self, *problems: Diagnostic) -> None:
        super().__init__("\n".join(f"{p.span.file}:{p.span.line}: {p.message}" for p in problems))
        self.problems = problems


class InputError(AuditorError):
    """Something that the user named is not there."""


class NothingToAudit(InputError):
    """There is nothing below `root` that could be audited."""

    def __init__(self, root: str) -> None:
        super().__init__(f"nothing to audit in {root}", hint="name a folder with Terraform files, plans or states")
