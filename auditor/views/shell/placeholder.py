"""Text in scripts that a pipeline's engine replaces before any shell sees it."""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping
from typing import Final


class Placeholder(enum.StrEnum):
    """How an engine marks what it replaces."""

    NONE = ""
    GITHUB = "github"  # ${{ expression }}
    GITLAB = "gitlab"  # $[[ inputs.name ]]
    CIRCLECI = "circleci"  # << parameters.name >>
    AZURE = "azure"  # ${{ expression }}, $[ expression ], $(Group.Name)
    TEKTON = "tekton"  # $(params.name)
    ARGO = "argo"  # {{inputs.parameters.name}}


_BRACES = r"\$\{\{(?:[^'}]|'[^']*'|\}(?!\}))*\}\}"

_PATTERNS: Final[Mapping[Placeholder, re.Pattern[str]]] = {
    Placeholder.GITHUB: re.compile(_BRACES),
    Placeholder.GITLAB: re.compile(r"\$\[\[[^\]]*\]\]"),
    Placeholder.CIRCLECI: re.compile(r"<<\s*[\w.-]+\s*>>"),
    Placeholder.AZURE: re.compile(rf"{_BRACES}|\$\[[^\[\]\n]*\]|\$\([A-Za-z_]\w*(?:\.\w+)+\)"),
    Placeholder.TEKTON: re.compile(r"\$\((?:params|workspaces|results|tasks|context|steps|inputs|outputs)[.\[][^()\n]*\)"),
    Placeholder.ARGO: re.compile(r"\{\{(?:[^{}]|'[^']*')*\}\}"),
}


def find(text: str, syntax: Placeholder) -> tuple[tuple[int, int], ...]:
    """(start, end) of every placeholder."""
    pattern = _PATTERNS.get(syntax)
    return tuple(found.span() for found in pattern.finditer(text)) if pattern else ()
