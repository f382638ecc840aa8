"""Commands that run another command: `sudo`, `env`, `xargs`, `timeout`, `bash -c`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from auditor.views.shell.tree import Command, Word

_ASSIGNS: Final = re.compile(r"[A-Za-z_]\w*=", re.ASCII)

_VALUES: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        name: frozenset(options.split())
        for name, options in {
            "sudo": "-u --user -g --group -h --host -p --prompt -C -r -t -T -U -D",
            "doas": "-u -C",
            "env": "-u --unset -C --chdir",
            "time": "-f -o",
            "timeout": "-s --signal -k --kill-after",
            "nohup": "",
            "nice": "-n --adjustment",
            "ionice": "-c -n -p -P -u",
            "stdbuf": "-i -o -e",
            "setsid": "",
            "unbuffer": "",
            "command": "",
            "builtin": "",
            "exec": "-a",
            "xargs": "-I -n -P -L -d -a -s -E --max-args --max-procs --delimiter --arg-file --replace=x --max-lines",
            "retry": "-t --times --tries -d --delay -s --sleep -n -b --backoff -r --max-attempts",
            "watch": "-n --interval",
            "xvfb-run": "-n -s -e -f -w -p",
            "tini": "-p -e -w=x",
            "dumb-init": "-r",
            "gosu": "",
            "su-exec": "",
            "chroot": "",
            "catchsegv": "",
            "strace": "-e -o -p",
            "flock": "-w -E -c=x",
            "unshare": "",
            "nsenter": "-t",
            "caffeinate": "",
            "proxychains": "-f",
        }.items()
    }
)
_OPERANDS: Final[Mapping[str, int]] = MappingProxyType({"timeout": 1, "gosu": 1, "su-exec": 1, "chroot": 1, "flock": 1})
"""Operands of the wrapper itself before the command."""

_RUNNERS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "poetry": ("run",),
        "pipenv": ("run",),
        "uv": ("run",),
        "pdm": ("run",),
        "bundle": ("exec",),
        "mise": ("exec", "x"),
        "rye": ("run",),
        "hatch": ("run",),
    }
)
_DASHED: Final = frozenset({"aws-vault", "doppler", "op", "chamber", "dotenv", "dotenvx", "teller", "infisical", "envchain"})
"""Tools that run what stands behind `--`."""


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """The words of the command that is really run, the wrappers before it, and what it gets besides its own words."""

    words: tuple[Word, ...]
    wrappers: tuple[str, ...] = ()


def unwrap(words: tuple[Word, ...]) -> Unwrapped:
    """The command behind every wrapper."""
    wrappers: list[str] = []
    for _ in range(8):
        name = _name(words)
        inner = _behind(name, words)
        if inner is None:
            break
        wrappers.append(name)
        words = inner
    return Unwrapped(words, tuple(wrappers))


def _name(words: tuple[Word, ...]) -> str:
    return (words[0].literal or "").rpartition("/")[2] if words else ""


def _behind(name: str, words: tuple[Word, ...]) -> tuple[Word, ...] | None:
    if name in _RUNNERS and len(words) > 2 and words[1].text in _RUNNERS[name]:
        rest = words[2:]
        while rest and rest[0].text.startswith("-"):
            rest = rest[1:]
        return rest or None
    if name in _DASHED:
        at = next((n for n, word in enumerate(words) if word.text == "--"), 0)
        return words[at + 1 :] or None if at else None
    if name not in _VALUES or (name == "command" and any(word.text in ("-v", "-V") for word in words[1:2])):
        return None
    rest = _after_options(name, words[1:])
    if name in ("env", "sudo"):
        while rest and _ASSIGNS.match(rest[0].text):
            rest = rest[1:]
    rest = rest[_OPERANDS.get(name, 0) :]
    return rest or None


def _after_options(name: str, words: tuple[Word, ...]) -> tuple[Word, ...]:
    values = _VALUES[name]
    index = 0
    while index < len(words) and words[index].text.startswith("-"):
        text = words[index].text
        index += 1
        if text == "--":
            break
        if text in values:
            index += 1
    return words[index:]


# -- scripts inside of words

_SHELLS: Final = frozenset({"sh", "bash", "dash", "ash", "zsh", "ksh"})
_FLAG: Final = re.compile(r"[-+][A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Inner:
    """A script that a command hands to another shell. `start` is where its text begins in the outer one, -1 when it is not there as it is.

    `flags` are those that the shell is started with.
    """

    text: str
    shell: str
    flags: str
    word: Word
    start: int


def inner_scripts(command: Command, words: tuple[Word, ...]) -> Iterator[Inner]:
    """The scripts that a command (its words unwrapped) runs: of `bash -c`, `eval`, `su -c`, and those it reads from a heredoc."""
    name = _name(words)
    if name in _SHELLS:
        flags: list[str] = []
        index = 1
        script = False
        while index < len(words) and (_FLAG.fullmatch(words[index].text) or words[index].text.startswith("--")):
            text = words[index].text
            script = script or (text.startswith("-") and not text.startswith("--") and "c" in text)
            flags.append(text)
            index += 1
            if text.endswith(("o", "O")) and not text.startswith("--") and index < len(words):
                flags.append(words[index].text)
                index += 1
        if script and index < len(words):
            yield _inner(words[index], name, " ".join(flags))
        elif index >= len(words) or "s" in "".join(flag for flag in flags if not flag.startswith("--")):
            yield from _heredoc(command, name, " ".join(flags))
    elif name == "eval" and len(words) == 2:
        yield _inner(words[1], "", "")
    elif name == "su":
        for before, word in pairwise(words):
            if before.text in ("-c", "--command"):
                yield _inner(word, "sh", "")


def _inner(word: Word, shell: str, flags: str) -> Inner:
    exact = len(word.raw) >= 2 and word.raw[0] in "'\"" and word.raw[-1] == word.raw[0] and word.raw[1:-1] == word.text
    if not exact and word.raw != word.text:
        return Inner(word.text, shell, flags, word, -1)
    return Inner(word.text, shell, flags, word, word.start + (1 if exact else 0))


def _heredoc(command: Command, shell: str, flags: str) -> Iterator[Inner]:
    for redirect in command.redirects:
        body = redirect.body
        if body is not None and redirect.operator.startswith("<<"):
            yield Inner(body.text, shell, flags, body, body.start if body.text == body.raw else -1)
