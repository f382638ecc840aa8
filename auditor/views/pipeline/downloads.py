"""Code that a script fetches and runs without checking it, and packages that it installs past any lock file."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.pipeline import steps
from auditor.views.pipeline.once import once
from auditor.views.pipeline.shell import Commands, commands
from auditor.views.shell.invocation import Invocation
from auditor.views.shell.tree import Command, Dialect, PartKind, Pipeline, Word
from auditor.views.shell.wrappers import unwrap

_FETCHERS: Final = frozenset({"curl", "wget", "iwr", "irm", "invoke-webrequest", "invoke-restmethod", "fetch", "aria2c"})
_SHELLS: Final = frozenset({"sh", "bash", "zsh", "dash", "ash", "ksh", "python", "python3", "node", "perl", "ruby", "php", "iex", "pwsh"})
_CHECKS: Final = re.compile(r"\b(?:sha(?:256|512|384|1)sum|shasum|md5sum|gpg|cosign|minisign|slsa-verifier|openssl|Get-FileHash)\b")
_FIXED: Final = re.compile(r"[0-9a-f]{40}|localhost|127\.0\.0\.1|^\.?/", re.I)
_DOWNLOAD: Final = re.compile(r"(?:iex|invoke-expression)\b[^\n;|]*(?:downloadstring|invoke-webrequest|iwr|irm)\b[^\n]*", re.I)


@dataclass(frozen=True, slots=True, eq=False)
class Fetched:
    """A download that is run; `address` is where it comes from, as far as it is written."""

    where: Node
    address: str


@once
def fetched(resource: Resource, graph: Graph) -> Iterator[Fetched]:
    """A place function: downloads that are run without a look at what came."""
    for step in steps(resource, graph):
        made = commands(step)
        if made is None or _CHECKS.search(made.tree.text):
            continue
        for found in (*_piped(made), *_substituted(made), *_stored(made), *_in_powershell(made)):
            if not _FIXED.search(found.address):
                yield found


def _piped(made: Commands) -> Iterator[Fetched]:
    for statement in made.tree.statements:
        if not isinstance(statement, Pipeline):
            continue
        stages = [stage for stage in statement.stages if isinstance(stage, Command)]
        for index, stage in enumerate(stages):
            if _tool(stage) in _FETCHERS and any(_reads_code(later) for later in stages[index + 1 :]):
                yield Fetched(made.at(statement.start, statement.end), _address(stage.words))


def _reads_code(command: Command) -> bool:
    """Whether a shell or interpreter takes its program from its standard input."""
    words = unwrap(command.words).words
    if not words or words[0].text.rpartition("/")[2].lower() not in _SHELLS:
        return False
    rest = [word.text for word in words[1:]]
    return "-c" not in rest and "-m" not in rest and all(it.startswith("-") or it == "/dev/stdin" or "-s" in rest for it in rest)


def _tool(command: Command) -> str:
    words = unwrap(command.words).words
    return words[0].text.rpartition("/")[2].lower() if words else ""


def _address(words: tuple[Word, ...]) -> str:
    return next((word.text for word in words[1:] if "://" in word.text), "")


def _substituted(made: Commands) -> Iterator[Fetched]:
    """`bash <(curl ...)`, `sh -c "$(curl ...)"`, `eval "$(curl ...)"`."""
    starts = [command.start for command in made.commands]
    for call in made.invocations:
        if call.tool not in _SHELLS | {"eval", "source", "."} or call.shift != 0:
            continue
        for word in call.words[1:]:
            for part in word.parts:
                if part.kind in (PartKind.COMMAND, PartKind.PROCESS) and part.body is not None:
                    inside = made.commands[bisect_left(starts, part.start) : bisect_left(starts, part.end)]
                    inner = [it for it in inside if _tool(it) in _FETCHERS]
                    if inner:
                        yield Fetched(made.at(call.start, call.end), _address(inner[0].words))


def _stored(made: Commands) -> Iterator[Fetched]:
    """A file that is fetched, and run somewhere in the script."""
    run = {name for call in made.invocations for name in _run(call)}
    for call in made.invocations:
        if call.tool not in _FETCHERS or call.shift < 0:
            continue
        chosen = call.value("-o", "--output", "-O", "--output-document") if call.tool in ("curl", "wget") else None
        address = _address(call.words)
        name = chosen.literal if chosen is not None else address.rpartition("/")[2] if call.tool == "wget" or call.has("-O") else ""
        if re.search(r"\.(?:sh|bash|py|pl|rb|js|ps1)$", name or "") and (name or "").rpartition("/")[2] in run:
            yield Fetched(made.at(call.start, call.end), address)


def _run(call: Invocation) -> list[str]:
    """The names of the files that a command runs, without their folders."""
    words = [word.text for word in call.words[:3]]
    named = words[1:] if call.tool in _SHELLS | {"source", "."} else words[:1] if "/" in "".join(words[:1]) else []
    return [word.rpartition("/")[2] for word in named]


def _in_powershell(made: Commands) -> Iterator[Fetched]:
    if made.tree.dialect is Dialect.POWERSHELL:
        for found in _DOWNLOAD.finditer(made.tree.text):
            address = re.search(r"https?://[^\s'\")]+", found[0])
            yield Fetched(made.at(found.start(), found.end()), address[0] if address else "")


# -- packages

_INSTALLS: Final = {
    "gem": frozenset({"install", "i"}),
    "npm": frozenset({"install", "i", "add", "in"}),
    "pnpm": frozenset({"add"}),
    "yarn": frozenset({"add"}),
    "bun": frozenset({"add"}),
    "bundle": frozenset({"add"}),
}
_OWN: Final = re.compile(r"^[./~$]|\.(?:tgz|gem|whl)$|\$\{\{|^file:")
_VALUES: Final = frozenset({"-v", "--version", "-n", "--bindir", "-i", "--install-dir", "--source", "--prefix", "-C", "--registry"})


@once
def adhoc_packages(resource: Resource, graph: Graph) -> Iterator[Fetched]:
    """A place function: commands that install packages which no lock file names; `address` is the first package."""
    for step in steps(resource, graph):
        made = commands(step)
        for call in made.invocations if made else ():
            wanted = _INSTALLS.get(call.tool)
            words = _spoken(call)
            if made and wanted is not None and words[:1] and words[0] in wanted:
                names = [word for word in words[1:] if not _OWN.search(word)]
                if names and not any(word.text in ("--help", "-h") for word in call.words):
                    yield Fetched(made.at(call.start, call.end), names[0])


def _spoken(call: Invocation) -> list[str]:
    found: list[str] = []
    waiting = iter(call.words[1:])
    for word in waiting:
        if word.text in _VALUES:
            next(waiting, None)
        elif not word.text.startswith("-"):
            found.append(word.text)
    return found
