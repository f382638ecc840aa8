"""Options that several commands share, and how they become requests."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click

from auditor.app.inputs import Request
from auditor.app.rules import Choice
from auditor.model.rule import Profile, Severity

F = TypeVar("F", bound=Callable[..., Any])

MAX_STDIN = 30_000_000


def input_options(command: F) -> F:
    """What to read: PATH..., and `reading_options`."""
    return click.argument("paths", nargs=-1, metavar="[PATH]...")(reading_options(command))


def reading_options(command: F) -> F:
    """How to read it: --config, --exclude, --var-file, --var, --workspace, --values, --kubernetes-version."""
    return _all(
        click.option("--config", metavar="FILE", help="Configuration (default: the nearest auditor.yaml upwards)."),
        click.option("--exclude", multiple=True, metavar="GLOB", help="Files and folders not to read, relative to PATH. Repeatable."),
        click.option("--var-file", "-var-file", "var_files", multiple=True, metavar="FILE", help="Values of variables. Repeatable."),
        click.option("--var", "-var", "variables", multiple=True, metavar="NAME=VALUE", help="Value of a Terraform variable. Repeatable."),
        click.option("--workspace", metavar="NAME", help="The value of terraform.workspace."),
        click.option("--values", "values", multiple=True, metavar="FILE", help="Values of Helm charts. Repeatable."),
        click.option(
            "--kubernetes-version", metavar="VERSION", help="The version of Kubernetes that manifests are for (default: the newest)."
        ),
    )(command)


def _profile(_ctx: click.Context, _param: click.Parameter, value: str | None) -> Profile | None:
    return Profile(value) if value else None


def _severity(_ctx: click.Context, _param: click.Parameter, value: str | None) -> Severity | None:
    return Severity[value.upper()] if value else None


_SEVERITIES = click.Choice([str(level) for level in Severity], case_sensitive=False)


def rule_options(command: F) -> F:
    """Which rules: --profile, --rule, --skip-rule, --rules, --allow-code."""
    return _all(
        click.option(
            "--profile",
            type=click.Choice([profile.value for profile in Profile]),
            callback=_profile,
            help="Which rules run (default: gate in CI, else audit).",
        ),
        click.option("--rule", "only", multiple=True, metavar="ID", help="Run only this rule: id, alias or pattern. Repeatable."),
        click.option("--skip-rule", "skip", multiple=True, metavar="ID", help="Do not run this rule: id, alias or pattern. Repeatable."),
        rule_folders,
        allow_code,
    )(command)


rule_folders = click.option("--rules", "folders", multiple=True, metavar="DIR", help="Folder of further rules. Repeatable.")
allow_code = click.option("--allow-code", is_flag=True, help="Also load rules written in Python from --rules: they are executed.")


def gate_options(command: F) -> F:
    """What fails the run: --fail-on, --baseline, --strict."""
    return _all(
        click.option("--fail-on", type=_SEVERITIES, callback=_severity, help="Exit with 1 on findings of this severity or above (high)."),
        click.option("--baseline", metavar="FILE", help="Known findings, written by `auditor baseline`: only new ones fail."),
        click.option("--strict", is_flag=True, help="Exit with 3 when something could not be read."),
    )(command)


def request(
    paths: Iterable[str],
    config: str | None,
    exclude: Iterable[str],
    var_files: Iterable[str],
    variables: Iterable[str],
    workspace: str | None,
    values: Iterable[str],
    kubernetes_version: str | None,
) -> Request:
    """The request that `input_options` describe; reads standard input for the path `-`."""
    paths = tuple(paths)
    return Request(
        paths=paths,
        stdin=read_stdin() if paths == ("-",) else None,
        config=config,
        exclude=tuple(exclude),
        var_files=tuple(var_files),
        variables=dict(_assignment(text) for text in variables),
        workspace=workspace,
        values=tuple(values),
        kubernetes_version=kubernetes_version,
    )


def choice(folders: Iterable[str], allow_code: bool, only: Iterable[str] = (), skip: Iterable[str] = ()) -> Choice:
    """The choice of rules that `rule_options` describe."""
    return Choice(tuple(folders), allow_code, tuple(only), tuple(skip))


def _assignment(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise click.BadParameter(f"{text.partition('=')[0]!r} is not NAME=VALUE", param_hint="--var")
    return name.strip(), value


def read_stdin() -> str:
    """What is piped in, up to a limit."""
    return sys.stdin.buffer.read(MAX_STDIN).decode("utf-8-sig", "replace")


def _all(*decorators: Callable[[Any], Any]) -> Callable[[F], F]:
    def decorate(command: F) -> F:
        for decorator in reversed(decorators):
            command = decorator(command)
        return command

    return decorate
