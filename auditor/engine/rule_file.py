"""What every rule file has in common: its id, which is its path, and the problems it may have."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from auditor.model.diagnostic import Diagnostic
from auditor.model.error import RuleFileError
from auditor.model.span import Span

FAILURES = "failures"
"""The folder of a rule tree that holds failure modes, which are not rules."""

_PART = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")


def problem(file: str, line: int, column: int, message: str) -> Diagnostic:
    """A problem of a rule file."""
    return Diagnostic(Span(file, line, column, line, column), "rule-file", message)


def rule_files(root: Path) -> Iterator[Path]:
    """Every rule file below `root`, sorted; links to folders are not followed, `_private` and `.hidden` names are left out."""
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if name[0] not in "_." and (name != FAILURES or Path(folder) != root))
        for name in sorted(files):
            if name[0] not in "_." and name.endswith((".yaml", ".yml", ".py")):
                yield Path(folder, name)


def rule_id(root: Path, path: Path) -> str:
    """`aws/s3/public_access.yaml` is `aws-s3-public-access`; raises `RuleFileError` when a part of it is not a plain word."""
    relative = PurePosixPath(path.relative_to(root).as_posix()).with_suffix("")
    for part in relative.parts:
        if not _PART.fullmatch(part):
            raise RuleFileError(problem(str(path), 1, 1, f"{part!r} is no part of a rule id: use small letters, digits and single `_`"))
    return "-".join(relative.parts).replace("_", "-")
