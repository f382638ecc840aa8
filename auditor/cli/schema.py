"""Print the JSON Schema of a document or a file format."""

from __future__ import annotations

import click

from auditor.app import schemas


@click.command()
@click.argument("name", required=False)
def command(name: str | None) -> None:
    """Print the JSON Schema called NAME; without a name, list them."""
    if name is None:
        for known in schemas.names():
            click.echo(known)
    else:
        click.echo(schemas.text(name), nl=False)
