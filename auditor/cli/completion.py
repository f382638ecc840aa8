"""Print the script that completes commands and options in a shell."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the completion script for SHELL.

    For bash: `auditor completion bash > ~/.local/share/bash-completion/completions/auditor`.
    """
    found = get_completion_class(shell)
    assert found is not None
    completion = found(click.get_current_context().find_root().command, {}, "auditor", "_AUDITOR_COMPLETE")
    click.echo(completion.source_template % completion.source_vars())
