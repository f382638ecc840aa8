"""List the rules."""

from __future__ import annotations

import json
from typing import Any

import click

from auditor.app import rules
from auditor.cli.options import allow_code, choice, rule_folders
from auditor.model.rule import Rule


@click.command()
@click.argument("names", nargs=-1, metavar="[ID]...")
@rule_folders
@allow_code
@click.option("--format", "format_", type=click.Choice(["text", "json", "markdown"]), default="text", help="Format (default: text).")
def command(names: tuple[str, ...], folders: tuple[str, ...], allow_code: bool, format_: str) -> None:
    """List all rules, or those with these ids, aliases or patterns; `auditor explain ID` prints a rule's page."""
    found = rules.matching(rules.load(choice(folders, allow_code)), names)
    match format_:
        case "json":
            click.echo(json.dumps([_record(rule) for rule in found], indent=2))
        case "markdown":
            click.echo("| rule | severity | confidence | profile | what it finds | elsewhere |\n|---|---|---|---|---|---|")
            for rule in found:
                names_elsewhere = ", ".join(f"`{alias}`" for alias in rule.aliases)
                click.echo(f"| `{rule.id}` | {rule.severity} | {rule.confidence} | {rule.profile} | {rule.summary} | {names_elsewhere} |")
        case _:
            width = max((len(rule.id) for rule in found), default=0)
            for rule in found:
                click.echo(f"{rule.id:{width}}  {rule.severity!s:8}  {rule.summary}")
            click.echo(f"{len(found)} rules", err=True)


def _record(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "severity": str(rule.severity),
        "confidence": str(rule.confidence),
        "profile": rule.profile.value,
        "enabled": rule.enabled,
        "summary": rule.summary,
        "targets": sorted(rule.kinds),
        "facets": sorted(facet.value for facet in rule.facets),
        "options": dict(rule.options),
        "aliases": list(rule.aliases),
    }
