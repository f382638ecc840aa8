"""Where documents go: to stdout, or to the files of `-o FORMAT=FILE`; everything else goes to stderr."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from auditor import reporters
from auditor.app.parallel import mapped
from auditor.app.tree import repository
from auditor.cli.errors import Exit, forget_stdout
from auditor.model.diagnostic import Level
from auditor.model.error import InputError, NothingToAudit
from auditor.model.report import Report

F = TypeVar("F", bound=Callable[..., Any])

_FOR_SERVERS = frozenset({"sarif", "github", "gitlab", "junit", "markdown"})
"""Formats that a server reads, which knows nothing of our working directory: their paths start at the repository's root."""


@dataclass(frozen=True, slots=True)
class Outputs:
    """What to print where; a file named `-` is stdout."""

    documents: tuple[tuple[str, str], ...]
    color: bool
    verbose: bool

    @property
    def formats(self) -> frozenset[str]:
        """The formats that are asked for."""
        return frozenset(name for name, _ in self.documents)


def output_options(command: F) -> F:
    """How to print a report: --format, -o, --no-color, -v."""
    for decorator in (
        click.option("-v", "--verbose", is_flag=True, help="Show each finding's history, dependents, commit and remedy, and every gap."),
        click.option("--no-color", is_flag=True, help="No colours (they are used on a terminal only; NO_COLOR is respected)."),
        click.option("-o", "--output", "files", multiple=True, metavar="FORMAT=FILE", help="Write a document to a file. Repeatable."),
        click.option("--format", "format_", type=click.Choice(reporters.names()), help="Format of the document on stdout (default: text)."),
    ):
        command = decorator(command)
    return command


def outputs(format_: str | None, files: Iterable[str], no_color: bool, verbose: bool) -> Outputs:
    """What `output_options` describe."""
    named = tuple(_document(text) for text in files)
    if named and format_:
        raise click.UsageError("--format and -o exclude each other: write -o FORMAT=- for stdout")
    color = not no_color and sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Outputs(named or ((format_ or "text", "-"),), color, verbose)


def wants_history(to: Outputs) -> bool:
    """Whether a document shows the commits of lines."""
    return to.verbose or bool(to.formats & {"json", "sarif"})


def publish(report: Report, to: Outputs, strict: bool = False) -> Exit:
    """Write every document, and tell how the run ends."""
    code = status(report, strict)
    for name, file in to.documents:
        pieces = _pieces(reporters.reporter(name), report, _options(report, name, file, to, code))
        if file == "-":
            write(pieces)
        else:
            _save(file, pieces)
    if nothing(report):
        error = NothingToAudit(report.root)
        click.echo(f"{error}\nhint: {error.hint}", err=True)
    elif all(file != "-" for _, file in to.documents):
        click.echo(f"{len(report.findings)} findings, {len(report.unsure)} unsure, {len(report.suppressed)} suppressed", err=True)
    return code


def status(report: Report, strict: bool) -> Exit:
    """How a run ends. A file of which nothing was understood is no clean one."""
    if report.errors:
        return Exit.INTERNAL
    if report.failing:
        return Exit.FINDINGS
    if nothing(report) or not report.coverage.resources or _all_broken(report) or (strict and report.incomplete):
        return Exit.INCOMPLETE
    return Exit.CLEAN


def nothing(report: Report) -> bool:
    """Whether there was nothing to audit."""
    return not report.coverage.files and not report.diagnostics


def write(pieces: Iterable[str]) -> None:
    """Print to stdout; a reader that went away is no error."""
    encoding = sys.stdout.encoding or "utf-8"
    try:
        for piece in pieces:
            sys.stdout.write(piece.encode(encoding, "backslashreplace").decode(encoding))
        sys.stdout.flush()
    except BrokenPipeError:
        forget_stdout()


def _all_broken(report: Report) -> bool:
    errors = (gap for gap in report.coverage.gaps if gap.level is Level.ERROR)
    broken = {gap.span.file for gap in errors if "syntax" in gap.code or gap.code.startswith("file-")}
    return len(broken) >= sum(count for _, count in report.coverage.files)


def _document(text: str) -> tuple[str, str]:
    name, _, file = text.partition("=")
    if name not in reporters.names() or not file:
        raise click.BadParameter(f"{text!r} is not FORMAT=FILE with one of {', '.join(reporters.names())}", param_hint="-o")
    return name, file


def _options(report: Report, name: str, file: str, to: Outputs, code: Exit) -> reporters.Options:
    here = Path.cwd()
    start = (repository(here) or here) if name in _FOR_SERVERS else here
    terminal = file == "-" and sys.stdout.isatty()
    return reporters.Options(
        color=to.color and file == "-",
        unicode=file != "-" or (sys.stdout.encoding or "").lower().startswith("utf"),
        width=min(shutil.get_terminal_size().columns, 120) if terminal else 100,
        verbose=to.verbose,
        prefix=_prefix(report.root, start),
        exit_code=int(code),
        spread=mapped,
    )


def _prefix(root: str, start: Path) -> str:
    """The way from `start` to the scanned root, nothing when they are one."""
    if root == "-":
        return ""
    way = Path(os.path.relpath(root, start)).as_posix()
    if way.startswith(".."):
        return Path(root).as_posix()  # as the user wrote it
    return "" if way == "." else way


def _pieces(reporter: reporters.Reporter, report: Report, options: reporters.Options) -> Iterable[str]:
    """The document; of a format that may be large, piece by piece."""
    stream = getattr(reporter, "stream", None)
    return stream(report, options) if stream else (reporter.render(report, options),)


def _save(file: str, pieces: Iterable[str]) -> None:
    try:
        with Path(file).open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as out:
            out.writelines(pieces)
    except OSError as error:
        raise InputError(f"{file} cannot be written: {error.strerror}") from None
