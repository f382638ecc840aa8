"""Print the evaluated resources and what holds between them."""

from __future__ import annotations

import json
from typing import Any

import click

from auditor.app import drawing, graph
from auditor.cli.options import input_options, request
from auditor.cli.output import write
from auditor.reporters.parts.printable import printable


@click.command()
@input_options
@click.option("--format", "format_", type=click.Choice(["json", "dot", "mermaid"]), default="json", help="Format (default: json).")
def command(format_: str, **inputs: Any) -> None:
    """Print every resource of PATH (default: here) as the rules see it, with its edges, outputs and problems.

    In JSON an unknown value is {"$unknown": reason}, a secret {"$redacted": sha256 prefix}.
    """
    document = graph.document(graph.load(request(**inputs)))
    match format_:
        case "dot":
            write([printable(drawing.dot(document))])
        case "mermaid":
            write([printable(drawing.mermaid(document))])
        case _:
            write([json.dumps(document, indent=2), "\n"])
