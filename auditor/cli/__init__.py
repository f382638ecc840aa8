"""The command line: one module per command, found by listing this package and imported only when it is invoked.

A command's module begins with one sentence, which is its line in `auditor --help`, and offers `command`.
"""

from __future__ import annotations

import gc
import importlib
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import click

from auditor import __version__

_SUPPORT = frozenset({"__init__", "errors", "options", "output", "progress"})
"""The modules of this package that are no commands."""


class Commands(click.Group):
    """The commands of this package. Listing them, and printing their help lines, imports none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, sorted."""
        names = (name.removesuffix(".py") for name in os.listdir(os.path.dirname(__file__)) if name.endswith(".py"))
        return sorted(name for name in names if name not in _SUPPORT)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; None when there is none."""
        if cmd_name not in self.list_commands(ctx):
            return None
        found = importlib.import_module(f"{__name__}.{cmd_name}").command
        assert isinstance(found, click.Command)
        return found

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it, with the nearest name as a hint."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            import difflib

            close = difflib.get_close_matches(args[0], self.list_commands(ctx), 1)
            hint = f" Did you mean {close[0]!r}?" if close else ""
            raise click.UsageError(f"No such command {args[0]!r}.{hint}", ctx) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """One line for each command: the first line of its module."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, _summary(name)) for name in self.list_commands(ctx)])


def _summary(name: str) -> str:
    with Path(__file__).with_name(f"{name}.py").open(encoding="utf-8") as file:
        return file.readline().strip().strip('"').rstrip(".")


_HELP = """Audit infrastructure configuration, detect drift, and explain what is wrong and why.

\b
Exit codes:
  0    clean
  1    findings at or above --fail-on
  2    wrong usage, configuration or rule file
  3    incomplete: something could not be read (with --strict), or nothing to audit
  4    internal error
  130  interrupted
"""


@click.group(cls=Commands, help=_HELP, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, "-V", "--version", prog_name="auditor", message="%(prog)s %(version)s")
def commands() -> None:
    """Everything that `auditor` can do."""


def main(args: Iterable[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    from auditor.cli.errors import run

    gc.set_threshold(100_000, 20, 100)  # nearly everything that a scan makes lives until its end: looking for garbage costs a quarter more
    return run(commands, None if args is None else list(args))


def program() -> NoReturn:
    """Run the command line and end the process, without taking apart what a scan has made: for a large one that is a third of the time."""
    code = main()
    with suppress(OSError, ValueError):  # a stream that is closed
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)
