"""What instructions run: RUN, CMD, ENTRYPOINT and HEALTHCHECK as scripts, each part where it is written."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.docker.dockerfile import Instruction, Stage, instructions, maybe
from auditor.views.shell import Dialect, Placeholder, Script, State, of_flags, parse
from auditor.views.shell.invocation import Invocation, invocations

_WINDOWS: Final = re.compile(r"windows|nanoserver|servercore", re.IGNORECASE)
_SHELLS: Final = frozenset({"sh", "bash", "dash", "ash", "zsh"})


@dataclass(frozen=True, eq=False)
class Run:
    """The script of an instruction. `text` is the node that it is written in; `exact` whether offsets are those of its text."""

    instruction: Instruction
    text: Node
    exact: bool

    @property
    def where(self) -> Node:
        """The whole instruction."""
        return self.instruction.where

    @cached_property
    def script(self) -> Script:
        """The tree; raises `Undecided` when the text is not known."""
        if self.exact:
            text = self.text.text or ""
        else:
            text = shlex.join(word.text or "" for word in self.instruction.words)
        dialect, state = shell_of(self.instruction)
        if self.exact and text.startswith("#!"):
            dialect = _of_shebang(text.partition("\n")[0], dialect)
        return parse(text, dialect, Placeholder.NONE, state)

    @cached_property
    def invocations(self) -> tuple[Invocation, ...]:
        """The tools that it calls."""
        return invocations(self.script)

    def part(self, start: int, end: int) -> Node:
        """What stands between two offsets of the script."""
        return self.text.part(start, end) if self.exact else self.text

    def call(self, invocation: Invocation) -> Node:
        """Where a tool is called."""
        return self.part(invocation.start, invocation.end)


def runs(resource: Resource, graph: Graph) -> Iterator[Run]:
    """The scripts that the build executes."""
    for instruction in instructions(resource, graph):
        if maybe(instruction, "RUN"):
            yield run_of(instruction)


def run_of(instruction: Instruction) -> Run:
    """The script of a RUN, CMD, ENTRYPOINT or HEALTHCHECK."""
    where = instruction.where
    heredoc = where.at("heredocs[0].value")
    value = instruction.value
    if heredoc.data and isinstance(heredoc.data, str) and isinstance(value.data, str) and re.fullmatch(r"<<-?\S+", value.data.strip()):
        return Run(instruction, heredoc, exact=True)
    if where.at("form").data == "exec":
        words = where.at("words")
        first, last = words.at("[0]").data, words.at("[2]")
        if isinstance(first, str) and first.rpartition("/")[2] in _SHELLS and words.at("[1]").data in ("-c", "-ec", "-lc", "-xc", "-exc"):
            return Run(instruction, last, exact=True)
        return Run(instruction, value, exact=False)
    return Run(instruction, value, exact=True)


def shell_of(instruction: Instruction) -> tuple[Dialect, State]:
    """The shell that reads an instruction's shell form, and how it is started."""
    chosen = [it for it in instruction.stage.inherited("SHELL") if it.stage is not instruction.stage or it.position < instruction.position]
    directory = _directory(instruction)
    if not chosen:
        image = _base(instruction.stage)
        return (Dialect.CMD if _WINDOWS.search(image) else Dialect.SH), State(directory=directory)
    words = [word.text or "" for word in chosen[-1].words]
    name = words[0].rpartition("/")[2].rpartition("\\")[2].removesuffix(".exe").lower() if words else "sh"
    state = replace(of_flags(" ".join(words[1:])), directory=directory)
    if name in ("powershell", "pwsh"):
        return Dialect.POWERSHELL, state
    if name == "cmd":
        return Dialect.CMD, state
    return (Dialect.BASH if name in ("bash", "zsh", "ksh") else Dialect.SH), state


def _base(stage: Stage) -> str:
    image = stage.lineage[-1].image
    return "" if image.unknown else image.text or ""


def _directory(instruction: Instruction) -> str | None:
    """The working directory: None where it is the base image's."""
    here: str | None = None
    for it in instruction.stage.inherited("WORKDIR"):
        if it.stage.number == instruction.stage.number and it.position >= instruction.position:
            break
        path = it.words[0] if it.words else None
        if path is None or path.unknown or not path.text:
            here = None
        elif path.text.startswith("/"):
            here = path.text.rstrip("/") or "/"
        elif here is not None:
            here = f"{here.rstrip('/')}/{path.text.strip('/')}"
    return here


def _of_shebang(line: str, dialect: Dialect) -> Dialect:
    name = line.rsplit(maxsplit=1)[-1].rpartition("/")[2] if "env" in line else line.split(maxsplit=1)[0].rpartition("/")[2]
    return (
        Dialect.BASH if name == "bash" else dialect if name in _SHELLS else Dialect.PYTHON if name.startswith("python") else Dialect.OTHER
    )
