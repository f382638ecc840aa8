"""Say who can reach what over the network, or what blocks."""

from __future__ import annotations

import json
from typing import Any

import click

from auditor.app import reach
from auditor.app.reach_document import document as told
from auditor.cli.options import reading_options, request
from auditor.cli.output import write
from auditor.reporters.parts.printable import printable
from auditor.reporters.parts.reached import text as told_as_text


@click.command()
@click.argument("source")
@click.argument("target", required=False)
@click.option("--port", type=click.IntRange(0, 65535), metavar="N", help="The port of the target (default: any).")
@click.option("--protocol", default="tcp", metavar="NAME", help="tcp, udp, icmp, or the number of a protocol (default: tcp).")
@click.option("--path", "paths", multiple=True, metavar="DIR", help="What to read (default: here). Repeatable.")
@reading_options
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", help="Format (default: text).")
def command(source: str, target: str | None, port: int | None, protocol: str, format_: str, **inputs: Any) -> None:
    """Say whether SOURCE reaches TARGET over the networks of AWS that code, a plan or a state declares.

    By which path, and how the answers come back; or everything that blocks, on the way there and on the way back, and what to change.

    An end is the address of a resource, an IP address, or `internet`. Without TARGET: what of the internet reaches SOURCE, or what
    `internet` reaches.
    """
    found = reach.reach(request(**inputs), reach.Question(source, target, protocol, port))
    document = told(found)
    write([json.dumps(document, indent=2) + "\n" if format_ == "json" else printable(told_as_text(document))])
