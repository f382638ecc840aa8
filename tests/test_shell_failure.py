"""Whether anybody notices a failing command."""

from __future__ import annotations

import pytest

from auditor.views.shell import parse
from auditor.views.shell.failure import fate


@pytest.mark.parametrize(
    ("text", "noticed", "reason"),
    [
        ("x", True, ""),
        ("set -e; x; y", True, ""),
        ("x; y", False, "next"),
        ("x || true", False, "or"),
        ("x || echo failed", False, "or"),
        ("x || exit 1; y", True, ""),
        ("x || { echo no; exit 1; }; y", True, ""),
        ("x || handle", None, ""),
        ("x | tee log", False, "pipe"),
        ("set -o pipefail; x | tee log", True, ""),
        ("y | x", True, ""),
        ("x &\ny", False, "background"),
        ("x &\nwait", None, ""),
        ("set -e; if x; then y; fi", False, "condition"),
        ("if ! x; then echo no; exit 1; fi; y", True, ""),
        ("if ! x; then echo no; fi", False, "condition"),
        ("if x; then y; else exit 1; fi", True, ""),
        ("set -e; a=$(x); y", True, ""),
        ("a=$(x)", True, ""),
        ("echo $(x)", False, "substitution"),
        ("export A=$(x)", False, "substitution"),
        ("set -e; x && y; z", False, "and"),
        ("x && y", True, ""),
        ("for i in a; do x; done", False, "loop"),
        ("set -e; for i in a; do x; done", True, ""),
        ("set -e; (x; y)", True, ""),
        ("set -e; { x; y; } || true", False, "next"),
        ("set -e; ! x; y", False, "condition"),
        ("x; exit $?", None, ""),
        ("f() { x; }; f", None, ""),
        ("set -e; f() { x; y; }; f", True, ""),
        ("if a; then set -e; fi; x; y", None, ""),
    ],
)
def test_fates(text: str, noticed: bool | None, reason: str) -> None:
    command = next(command for command in parse(text).commands if command.name == "x")
    assert (fate(command).noticed, fate(command).reason) == (noticed, reason)


def test_a_failure_that_is_hidden_names_what_hides_it() -> None:
    text = "set -e\nx || true\n"
    command = next(command for command in parse(text).commands if command.name == "x")
    by = fate(command).by
    assert by is not None
    assert text[by.start : by.end] == "x || true"
