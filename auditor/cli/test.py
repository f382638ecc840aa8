"""Test rules by the examples of their own pages."""

from __future__ import annotations

from pathlib import Path

import click

from auditor import testing
from auditor.cli.errors import Exit
from auditor.cli.options import allow_code
from auditor.engine import rulebook
from auditor.model.error import InputError


@click.command()
@click.argument("folders", nargs=-1, required=True, metavar="DIR...")
@allow_code
@click.option("-v", "--verbose", is_flag=True, help="Also name the rules that are right.")
def command(folders: tuple[str, ...], allow_code: bool, verbose: bool) -> int:
    """Test every rule below DIR by its own page.

    The page is complete, its examples yield exactly the marked lines, an unknown value makes no finding, junk no crash.

    Exit code 1 when a rule fails, 2 when a file is no rule.
    """
    for folder in folders:
        if not Path(folder).is_dir():
            raise InputError(f"there is no folder {folder!r}")
    rules = rulebook.load(*(Path(folder) for folder in folders), code=allow_code)
    if not rules:
        raise InputError(f"there are no rules below {', '.join(folders)}")
    failed = 0
    for rule in rules:
        problems = testing.check(rule)
        failed += bool(problems)
        for problem in problems:
            click.echo(str(problem))
        if verbose and not problems:
            click.echo(f"{rule.source}: {rule.id} is right")
    click.echo(f"{len(rules) - failed} of {len(rules)} rules are right", err=True)
    return Exit.FINDINGS if failed else Exit.CLEAN
