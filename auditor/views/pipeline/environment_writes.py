"""What scripts write to the files that set variables and the search path of the steps after them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.pipeline import steps
from auditor.views.pipeline.model import Step
from auditor.views.pipeline.shell import commands
from auditor.views.shell.environment_file import Write, writes
from auditor.views.shell.tree import Command, Part, PartKind
from auditor.views.shell.walk import statements

_FILES: Final = frozenset({"GITHUB_ENV", "GITHUB_PATH"})
_HARMLESS: Final = frozenset(
    {
        *("GITHUB_WORKSPACE", "GITHUB_SHA", "GITHUB_RUN_ID", "GITHUB_RUN_NUMBER", "GITHUB_RUN_ATTEMPT", "GITHUB_ACTION_PATH"),
        *("GITHUB_REPOSITORY", "GITHUB_REPOSITORY_OWNER", "GITHUB_EVENT_NAME", "GITHUB_SERVER_URL", "GITHUB_TOKEN", "RUNNER_TEMP"),
        *("RUNNER_OS", "RUNNER_ARCH", "RUNNER_TOOL_CACHE", "RUNNER_WORKSPACE", "HOME", "PWD", "PATH", "USER", "HOSTNAME", "RANDOM"),
    }
)
"""Variables in which nobody outside can put a line break."""
_SAFE_COMMANDS: Final = frozenset({"date", "pwd", "nproc", "uname", "hostname", "mktemp", "whoami", "id", "arch", "openssl"})


@dataclass(frozen=True, slots=True, eq=False)
class EnvironmentWrite:
    """One statement that writes text to such a file which is not known from the script."""

    where: Node
    file: str
    step: Step


def environment_writes(resource: Resource, graph: Graph) -> Iterator[EnvironmentWrite]:
    """A place function: statements that write to `$GITHUB_ENV` or `$GITHUB_PATH` what is computed at run time."""
    for step in steps(resource, graph):
        made = commands(step)
        if made is None:
            continue
        for write in writes(made.tree):
            name = write.variable.upper()
            if name in _FILES and not _literal(write):
                statement = write.statement
                yield EnvironmentWrite(made.at(statement.start, statement.end), name, step)


def _literal(write: Write) -> bool:
    return write.content.known and all(_harmless(part) for part in write.content.parts)


def _harmless(part: Part) -> bool:
    match part.kind:
        case PartKind.LITERAL | PartKind.ARITHMETIC | PartKind.GLOB:
            return True
        case PartKind.VARIABLE:
            return part.name in _HARMLESS
        case PartKind.COMMAND if part.body is not None:
            inner = [it for it in statements(part.body) if isinstance(it, Command)]
            return bool(inner) and all(command.name in _SAFE_COMMANDS for command in inner)
        case PartKind.PLACEHOLDER:
            return _fixed(part.text)
        case _:
            return False


def _fixed(placeholder: str) -> bool:
    words = placeholder.strip("${} ").lower()
    return words.startswith(("runner.", "matrix.", "secrets.", "vars.")) or words in (
        "github.workspace",
        "github.sha",
        "github.run_id",
        "github.run_number",
        "github.action_path",
        "github.repository",
    )
