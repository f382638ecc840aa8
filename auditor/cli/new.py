"""Write the file of a new rule, complete and passing its tests."""

from __future__ import annotations

from pathlib import Path

import click

from auditor.engine.scaffold import new_rule
from auditor.model.error import InputError


@click.group()
def command() -> None:
    """Write the file of something new. What is there already is never overwritten."""


@command.command()
@click.argument("name")
@click.option("--python", is_flag=True, help="In Python, for what YAML cannot say.")
@click.option("--dir", "folder", default="rules", metavar="DIR", show_default=True, help="The folder of your rules.")
def rule(name: str, python: bool, folder: str) -> None:
    """Write the rule NAME, for example aws-queue-without-alarm: change it, and run `auditor test DIR`."""
    path, text = new_rule(name, "python" if python else "yaml")
    file = Path(folder) / path
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as out:
            out.write(text)
    except FileExistsError:
        raise InputError(f"{file} is there already, and is left as it is") from None
    except OSError as error:
        raise InputError(f"{file} cannot be written: {error.strerror}") from None
    click.echo(f"wrote {file}", err=True)
