"""Explain a rule, a finding, or where a value comes from."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from typing import Any

import click

from auditor.app import explain, rules, scan
from auditor.app.graph import location
from auditor.cli.options import allow_code, choice, input_options, request, rule_folders
from auditor.cli.output import outputs, publish, write
from auditor.model.error import InputError
from auditor.reporters.parts.printable import printable

_FINGERPRINT = re.compile(r"[0-9a-f]{8,64}")


@click.command()
@click.argument("thing")
@input_options
@rule_folders
@allow_code
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", help="Format of a history (default: text).")
def command(thing: str, folders: tuple[str, ...], allow_code: bool, format_: str, **inputs: Any) -> None:
    """Explain THING: a rule, a finding or a value in PATH (default: here).

    A rule is named by its id or by that of another tool, a finding by (the beginning of) its fingerprint, and a value by
    ADDRESS.path, as in aws_security_group.web.ingress[0].cidr_blocks[0].
    """
    chosen = choice(folders, allow_code)
    pages = [rules.manual(rule) for rule in rules.named(rules.load(chosen), thing)]
    if pages:
        _show("\n".join(pages))
    elif _FINGERPRINT.fullmatch(thing):
        _finding(thing, chosen, inputs)
    else:
        found = explain.values(thing, request(**inputs))
        write([_json(found) if format_ == "json" else _text(found)])


def _show(markdown: str) -> None:
    if not sys.stdout.isatty():
        write([markdown])
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(markdown))


def _finding(fingerprint: str, chosen: rules.Choice, inputs: dict[str, Any]) -> None:
    report = scan.scan(request(**inputs), chosen, scan.Options(blame=True))
    report = replace(
        report,
        findings=tuple(f for f in report.findings if f.fingerprint.startswith(fingerprint)),
        unsure=tuple(f for f in report.unsure if f.fingerprint.startswith(fingerprint)),
        suppressed=tuple(f for f in report.suppressed if f.fingerprint.startswith(fingerprint)),
    )
    if not (report.findings or report.unsure or report.suppressed):
        raise InputError(f"there is no finding {fingerprint} in {report.root}")
    publish(report, outputs(None, (), no_color=False, verbose=True))


def _text(found: tuple[explain.ValueHistory, ...]) -> str:
    blocks = []
    for one in found:
        lines = [f"{one.name} = {json.dumps(one.value, ensure_ascii=False)}"]
        lines.append(f"  in {one.resource.root or '.'} ({one.resource.facet}), {one.resource.span}")
        lines += [f"  {number}. {step.kind}: {step.text}  ({step.span})" for number, step in enumerate(one.steps, 1)]
        blocks.append("\n".join(lines) + "\n")
    return printable("\n".join(blocks))


def _json(found: tuple[explain.ValueHistory, ...]) -> str:
    document = [
        {
            "resource": one.resource.address.text,
            "root": one.resource.root,
            "facet": one.resource.facet.value,
            "attribute": one.node.path,
            "value": one.value,
            "location": location(one.node.span),
            "history": [{"origin": step.kind, "text": step.text, "location": location(step.span)} for step in one.steps],
        }
        for one in found
    ]
    return json.dumps({"version": "1", "values": document}, indent=2) + "\n"
