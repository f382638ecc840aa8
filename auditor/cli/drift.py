"""Find what differs between code, plan, state and cloud."""

from __future__ import annotations

from typing import Any

import click

from auditor.app import drift
from auditor.app.drift_rules import CLASSES
from auditor.cli.options import input_options, request
from auditor.cli.output import output_options, outputs, publish, wants_history
from auditor.model.rule import Severity


@click.command()
@input_options
@click.option("--state", "states", multiple=True, metavar="FILE", help="State: terraform.tfstate, or terraform show -json. Repeatable.")
@click.option("--plan", "plans", multiple=True, metavar="FILE", help="Plan: terraform show -json PLAN. Repeatable.")
@click.option("--live", metavar="DIR", help="Folder of replies of the AWS CLI: ec2_describe_vpcs.json and so on.")
@click.option("--fail-on", metavar="WORDS", help=f"A severity (default: high), or classes with commas: {', '.join(CLASSES)}.")
@click.option("--strict", is_flag=True, help="Exit with 3 when something could not be read.")
@output_options
def command(
    states: tuple[str, ...],
    plans: tuple[str, ...],
    live: str | None,
    fail_on: str | None,
    strict: bool,
    format_: str | None,
    files: tuple[str, ...],
    no_color: bool,
    verbose: bool,
    **inputs: Any,
) -> int:
    """Compare the code in PATH (default: here) with its state, its plan and what the cloud answers.

    States, plans and replies inside of PATH are found by themselves; those that are named go before them.
    """
    to = outputs(format_, files, no_color, verbose)
    severity, classes = _threshold(fail_on)
    options = drift.Options(severity, classes, blame=wants_history(to))
    return publish(drift.drift(request(**inputs), drift.Sources(states, plans, live), options), to, strict)


def _threshold(words: str | None) -> tuple[Severity | None, tuple[str, ...]]:
    if words is None:
        return None, ()
    if words.upper() in Severity.__members__:
        return Severity[words.upper()], ()
    classes = tuple(word.strip() for word in words.split(",") if word.strip())
    for word in classes:
        if word not in CLASSES:
            raise click.BadParameter(f"{word!r} is neither a severity nor one of {', '.join(CLASSES)}", param_hint="--fail-on")
    return None, classes
