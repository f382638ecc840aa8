"""Explain a pasted error: which policy denies the access."""

from __future__ import annotations

import json
from typing import Any

import click

from auditor.app import why
from auditor.cli.options import input_options, read_stdin, request
from auditor.cli.output import write
from auditor.model.error import InputError
from auditor.reporters.parts.answer import text as told_as_text
from auditor.reporters.parts.printable import printable


def _context(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    pairs = [value.partition("=") for value in values]
    for key, sign, _ in pairs:
        if not sign or not key.strip():
            raise click.BadParameter(f"{key!r} is not KEY=VALUE")
    return {key.strip(): value for key, _, value in pairs}


@click.command()
@click.argument("error")
@input_options
@click.option("--principal", default="", metavar="ARN", help="Whose access was denied, where the text does not say.")
@click.option("--action", default="", metavar="SERVICE:ACTION", help="What was denied, where the text does not say.")
@click.option("--resource", default="", metavar="ARN", help="To what access was denied, where the text does not say.")
@click.option("--context", multiple=True, metavar="KEY=VALUE", callback=_context, help="A context key of the request. Repeatable.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", help="Format (default: text).")
def command(error: str, principal: str, action: str, resource: str, context: dict[str, str], format_: str, **inputs: Any) -> None:
    """Say which layer of policies in PATH (default: here) denies what the text ERROR complains about, and what to change.

    ERROR is a message as a service, an SDK or Terraform prints it, or a record of CloudTrail; - reads it from standard input.
    """
    text = read_stdin() if error == "-" else error
    if not text.strip():
        raise InputError("there is no error text")
    told = why.denial(text, why.Supplement(principal, action, resource, context))
    document = why.document(why.why(request(**inputs), told), told)
    write([json.dumps(document, indent=2) + "\n" if format_ == "json" else printable(told_as_text(document))])
