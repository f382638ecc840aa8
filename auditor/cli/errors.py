"""From what went wrong to a message and an exit code: the only such place."""

from __future__ import annotations

import enum
import os
import sys

import click

from auditor.model.error import AuditorError, NothingToAudit


class Exit(enum.IntEnum):
    """How a run ends."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    INCOMPLETE = 3
    INTERNAL = 4
    INTERRUPTED = 130


def run(commands: click.Command, args: list[str] | None) -> int:
    """Run a command; return its exit code. Nothing but the exit code and text on stderr comes out of a failure."""
    try:
        code = commands.main(args=args, prog_name="auditor", standalone_mode=False)
        sys.stdout.flush()
        return int(code or 0)
    except click.exceptions.Exit as end:
        return end.exit_code
    except (KeyboardInterrupt, click.Abort):
        _say("\ninterrupted")
        return Exit.INTERRUPTED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except AuditorError as error:
        _say(f"error: {error}" + (f"\nhint: {error.hint}" if error.hint else ""))
        return Exit.INCOMPLETE if isinstance(error, NothingToAudit) else Exit.USAGE
    except BrokenPipeError:
        forget_stdout()
        return Exit.CLEAN
    except Exception as error:  # noqa: BLE001 - the last resort of the program; engine/runner.py has the other one
        _say(_internal(error, sys.argv[1:] if args is None else args))
        return Exit.INTERNAL


def forget_stdout() -> None:
    """Let the interpreter's own flush at the end find an open file, after the reader of a pipe has gone."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _internal(error: Exception, args: list[str]) -> str:
    import platform

    from auditor import __version__

    words = " ".join(word for word in (arg.partition("=")[0] for arg in args) if word.startswith("-") or word.isalpha())
    return (
        "This is a defect of auditor. Please report it with the text below; values of options and paths are left out of the command.\n\n"
        f"### Version\n\nauditor {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}\n\n"
        f"### Command\n\n    auditor {words}\n\n"
        f"### Error\n\n{_trace(error)}"
    )


def _trace(error: BaseException) -> str:
    """The error, its way through our code, and what it came from."""
    import traceback
    from pathlib import Path

    top = Path(__file__).parents[2]
    lines = [f"    {type(error).__name__}: {error}"]
    for frame in traceback.extract_tb(error.__traceback__):
        path = Path(frame.filename)
        name = path.relative_to(top).as_posix() if path.is_relative_to(top) else path.name
        lines.append(f"      {name}:{frame.lineno} in {frame.name}: {frame.line}")
    cause = error.__cause__ or error.__context__
    return "\n".join(lines) + (f"\n    from\n{_trace(cause)}" if cause else "")


def _say(text: str) -> None:
    click.echo(text, err=True)
