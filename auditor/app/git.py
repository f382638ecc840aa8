"""Who last changed a line: read from the history of the scanned tree itself, and only from there.

The repository is untrusted, so nothing that its configuration names may run: only committed blobs are read (filters and
text conversions work on files of the work tree), the network is closed, hooks and monitors are off.
"""

from __future__ import annotations

import datetime
import os
import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from auditor.model.finding import Change, Finding
from auditor.model.span import Span

TIMEOUT = 10.0
"""Seconds for one call of git; a history that takes longer is left out."""

_SETTINGS = (
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.attributesFile=/dev/null",
    "core.alternateRefsCommand=",
    "core.sshCommand=false",
    "protocol.allow=never",
    "diff.external=",
    "blame.ignoreRevsFile=",
    "blame.showEmail=false",
    "log.showSignature=false",
    "i18n.logOutputEncoding=utf-8",
)


@dataclass(frozen=True, slots=True)
class Commit:
    """What git says of a commit."""

    id: str
    author: str
    when: datetime.datetime
    summary: str


def with_changes(findings: Iterable[Finding], folder: Path) -> tuple[Finding, ...]:
    """The findings, each with the commit that last changed its line, where `folder` (or a folder in it) is a repository of its own."""
    findings = tuple(findings)
    changes = blame({finding.span for finding in findings}, folder)
    if not changes:
        return findings
    return tuple(replace(finding, change=changes[finding.span]) if finding.span in changes else finding for finding in findings)


def blame(spans: Iterable[Span], folder: Path) -> dict[Span, Change]:
    """The commit that last changed the first line of each span; nothing for lines that are not committed."""
    by_file: dict[str, list[Span]] = defaultdict(list)
    for span in spans:
        by_file[span.file].append(span)
    found: dict[Span, Change] = {}
    tops: dict[str, Path | None] = {}
    for file, wanted in sorted(by_file.items()):
        place = posixpath.dirname(file)
        if place not in tops:
            tops[place] = _own_repository(folder, file)
        top = tops[place]
        if top is None:
            continue
        commits = _commits(top, folder / file, {span.line for span in wanted})
        for span in wanted:
            if commit := commits.get(span.line):
                found[span] = Change(commit.id, commit.author, commit.when, commit.summary, span)
    return found


def _own_repository(folder: Path, file: str) -> Path | None:
    """The nearest repository between a file and `folder`, itself included: never one above it."""
    if file.startswith("../"):
        return None
    for inside in PurePosixPath(file).parents:
        if (folder / inside / ".git").exists():
            return folder / inside
    return None


def _commits(top: Path, path: Path, lines: set[int]) -> dict[int, Commit]:
    """The commits of some lines of a file as it is on the disk."""
    name = path.relative_to(top).as_posix()
    committed = _git(top, "cat-file", "blob", f"HEAD:{name}")
    if committed is None:
        return {}
    try:
        here = path.read_bytes()
    except OSError:
        return {}
    origin = _origins(here, committed, lines)
    ranges = [f"-L{line},{line}" for line in sorted(origin.values())]
    if not ranges:
        return {}
    text = _git(top, "blame", "--porcelain", "--no-textconv", "-w", *ranges, "HEAD", "--", name)
    commits = dict(_porcelain(text.decode("utf-8", "replace"))) if text is not None else {}
    return {line: commits[old] for line, old in origin.items() if old in commits}


def _origins(here: bytes, committed: bytes, lines: Iterable[int]) -> Mapping[int, int]:
    """line on the disk -> line in the commit, for the lines that are the same."""
    new, old = here.splitlines(), committed.splitlines()
    if new == old:
        return {line: line for line in lines if line <= len(old)}
    import difflib

    wanted, found = set(lines), {}
    for block in difflib.SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        for offset in range(block.size):
            if block.b + offset + 1 in wanted:
                found[block.b + offset + 1] = block.a + offset + 1
    return found


def _porcelain(text: str) -> Iterator[tuple[int, Commit]]:
    """(line, commit) of what `git blame --porcelain` prints; the details of a commit stand there once."""
    details: dict[str, dict[str, str]] = defaultdict(dict)
    head: list[str] = []
    for row in text.split("\n"):
        if row.startswith("\t"):
            known = details[head[0]]
            when = datetime.datetime.fromtimestamp(int(known["author-time"]), datetime.UTC)
            yield int(head[2]), Commit(head[0], known["author"], when, known["summary"])
            head = []
        elif not head:
            head = row.split()
        else:
            key, _, value = row.partition(" ")
            details[head[0]][key] = value


def _git(top: Path, *args: str) -> bytes | None:
    """What git prints; None when it is not installed, fails or takes too long."""
    import subprocess

    settings = [part for setting in _SETTINGS for part in ("-c", setting)]
    command = ["git", "--no-pager", "--literal-pathspecs", *settings, "-C", str(top), *args]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program; the arguments are no shell text
            command, env=_environment(top), stdin=subprocess.DEVNULL, capture_output=True, timeout=TIMEOUT, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def _environment(top: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
    return {
        **kept,
        "LC_ALL": "C",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CEILING_DIRECTORIES": str(top.parent),
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_ATTR_NOSYSTEM": "1",
    }
