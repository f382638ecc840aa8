"""The state of the shell before each command."""

from __future__ import annotations

import pytest

from auditor.views.shell import Dialect, Placeholder, State, of_flags, parse


def directories(text: str) -> dict[str, str | None]:
    return {command.name: command.state.directory for command in parse(text, Dialect.BASH, Placeholder.GITHUB).commands}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cd a\nx", "a"),
        ("cd a; cd ../b/./c; x", "b/c"),
        ("mkdir -p a && cd a && x", "a"),
        ("cd a || exit 1\nx", "a"),
        ("(cd a && y); x", "."),
        ("cd a | y; x", "."),
        ("cd /srv\nx", "/srv"),
        ("cd; x", "~"),
        ("cd ~/a; x", "~/a"),
        ("cd $GITHUB_WORKSPACE/a; cd ..; x", "$GITHUB_WORKSPACE"),
        ('cd "${ROOT}/a"; x', "$ROOT/a"),
        ('cd "${{ github.workspace }}/a"; x', "${{ github.workspace }}/a"),
        ('cd "$ROOT"; cd ../..; x', None),
        ('cd "$(dirname "$0")"; x', None),
        ('cd "$(pwd)"; x', "."),
        ("cd a; cd -; x", "."),
        ("pushd a; pushd b; popd; x", "a"),
        ("pushd a; popd; x", "."),
        ("popd; x", None),
        ("if [ -d a ]; then cd a; fi; x", None),
        ("if [ -d a ]; then cd a; else exit 1; fi; x", "a"),
        ("[ -d a ] && cd a; x", None),
        ("for d in *; do cd a; y; cd ..; done; x", "."),
        ("while y; do cd a; done; x", None),
        ("case $1 in a) cd a;; esac; x", None),
        ("case $1 in a) cd a;; *) cd a;; esac; x", "a"),
        ("f() { cd a; }; f; x", None),
        ("f() { (cd a; y); }; f; x", "."),
        ("$(cd a; y); x", "."),
    ],
)
def test_the_directory(text: str, expected: str | None) -> None:
    assert directories(text)["x"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("set -e; x", State(errexit=True)),
        ("set -euo pipefail; x", State(True, True, True)),
        ("set -eux; set +e; x", State(False, True, False, True)),
        ("set -o errexit -o pipefail; x", State(errexit=True, pipefail=True)),
        ("shopt -so pipefail; x", State(pipefail=True)),
        ("set -- -e; x", State()),
        ("if a; then set -e; fi; x", State(errexit=None)),
        ("set -e; y=$(x)", State(errexit=False)),
        ("set -e; shopt -s inherit_errexit; y=$(x)", State(errexit=True)),
        ("(set -e); x", State()),
    ],
)
def test_the_options(text: str, expected: State) -> None:
    command = next(command for command in parse(text).commands if command.name == "x")
    assert command.state == expected


def test_a_plain_shell_keeps_errexit_in_substitutions() -> None:
    command = next(command for command in parse("set -e; y=$(x)", Dialect.SH).commands if command.name == "x")
    assert command.state.errexit is True


def test_flags_give_the_state_at_the_start() -> None:
    script = parse("x", Dialect.BASH, Placeholder.NONE, of_flags("--noprofile --norc -eo pipefail"))
    assert script.commands[0].state == State(errexit=True, pipefail=True)
