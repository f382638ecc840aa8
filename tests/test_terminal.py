"""What only a terminal sees: colours and progress."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from auditor.cli import progress
from tests.conftest import CHECKOUT, Write
from tests.test_cli import VOLUMES


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def on_a_terminal(*args: str | Path, **env: str) -> str:
    """What a command prints when stdout is a terminal."""
    ours, theirs = pty.openpty()
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(CHECKOUT), "TERM": "xterm", "LC_ALL": "C.UTF-8", **env}
    command = [sys.executable, "-m", "auditor", *map(str, args)]
    process = subprocess.Popen(command, stdout=theirs, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, env=environment)
    os.close(theirs)
    chunks = []
    try:
        while chunk := os.read(ours, 65536):
            chunks.append(chunk)
    except OSError:  # the other end is closed
        pass
    finally:
        os.close(ours)
    process.wait(timeout=60)
    return b"".join(chunks).decode()


def test_colours_are_for_terminals_and_can_be_turned_off(write: Write) -> None:
    root = write({"main.tf": VOLUMES})
    assert "\x1b[" in on_a_terminal("scan", root)
    assert "\x1b[" not in on_a_terminal("scan", root, "--no-color")
    assert "\x1b[" not in on_a_terminal("scan", root, NO_COLOR="1")
    assert "\x1b[" not in on_a_terminal("scan", root, TERM="dumb")
    assert "\x1b[" not in on_a_terminal("scan", root, "--format", "json")


def test_pages_are_formatted_on_a_terminal() -> None:
    assert "\x1b[" in on_a_terminal("explain", "drift-changed")


def test_progress_is_one_line_that_disappears(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(progress, "_PATIENCE", -1.0)
    with progress.on_terminal() as show:
        show("reading", 1, 3)
        show("reading", 3, 3)
    assert terminal.getvalue() == "\r\x1b[Kreading: 1 of 3\r\x1b[K"


def test_short_work_and_pipes_see_no_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream in (Terminal(), io.StringIO()):
        monkeypatch.setattr(sys, "stderr", stream)
        with progress.on_terminal() as show:
            show("reading", 1, 3)
        assert stream.getvalue() == ""
