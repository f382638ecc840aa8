"""Find misconfigurations."""

from __future__ import annotations

from typing import Any

import click

from auditor.app import scan
from auditor.cli.options import choice, gate_options, input_options, request, rule_options
from auditor.cli.output import output_options, outputs, publish, wants_history
from auditor.cli.progress import on_terminal
from auditor.model.rule import Profile, Severity


@click.command()
@input_options
@rule_options
@gate_options
@output_options
def command(
    profile: Profile | None,
    only: tuple[str, ...],
    skip: tuple[str, ...],
    folders: tuple[str, ...],
    allow_code: bool,
    fail_on: Severity | None,
    baseline: str | None,
    strict: bool,
    format_: str | None,
    files: tuple[str, ...],
    no_color: bool,
    verbose: bool,
    **inputs: Any,
) -> int:
    """Find misconfigurations in PATH (default: here; - reads standard input).

    A file is judged within the root module that holds it, and what concerns the file is reported.
    """
    to = outputs(format_, files, no_color, verbose)
    options = scan.Options(profile, fail_on, baseline, blame=wants_history(to))
    with on_terminal() as progress:
        report = scan.scan(request(**inputs), choice(folders, allow_code, only, skip), options, progress)
    return publish(report, to, strict)
