"""Write the findings of today as known, so that only new ones fail."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from auditor.app import scan
from auditor.cli.options import choice, input_options, request, rule_options
from auditor.cli.output import nothing, write
from auditor.cli.progress import on_terminal
from auditor.engine import baseline
from auditor.model.error import InputError, NothingToAudit
from auditor.model.rule import Profile


@click.command()
@input_options
@rule_options
@click.option("-o", "--output", "file", metavar="FILE", required=True, help="The file to write; - is stdout.")
def command(
    profile: Profile | None,
    only: tuple[str, ...],
    skip: tuple[str, ...],
    folders: tuple[str, ...],
    allow_code: bool,
    file: str,
    **inputs: Any,
) -> None:
    """Write the findings in PATH (default: here) to FILE, for `auditor scan --baseline FILE` with the same PATH.

    Later runs tell new findings from known ones by rule, root module, address and attribute, never by line.
    """
    with on_terminal() as progress:
        options = scan.Options(profile, ignore_baseline=True)
        report = scan.scan(request(**inputs), choice(folders, allow_code, only, skip), options, progress)
    if nothing(report):
        raise NothingToAudit(report.root)
    text = baseline.render(report.findings)
    if file == "-":
        write([text])
        return
    try:
        Path(file).write_text(text, "utf-8")
    except OSError as error:
        raise InputError(f"{file} cannot be written: {error.strerror}") from None
    click.echo(f"wrote {len(report.findings)} findings to {file}", err=True)
