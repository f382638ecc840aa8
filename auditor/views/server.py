"""How long the HTTP server in a container keeps an idle connection open, as far as its command or environment says so."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from auditor.model.node import Node
from auditor.views.decide import given

_UVICORN: Final = "uvicorn"
_GUNICORN: Final = "gunicorn"
_HYPERCORN: Final = "hypercorn"
_DEFAULTS: Final = {_UVICORN: 5, _GUNICORN: 2, _HYPERCORN: 5}
"""Seconds, from the manuals of these servers."""
_OPTIONS: Final = {_UVICORN: ("--timeout-keep-alive",), _GUNICORN: ("--keep-alive",), _HYPERCORN: ("--keep-alive",)}
_ARGUMENTS_IN_ENVIRONMENT: Final = "GUNICORN_CMD_ARGS"
_SECONDS_IN_ENVIRONMENT: Final = {_UVICORN: "UVICORN_TIMEOUT_KEEP_ALIVE"}
_CLOSING_WORKERS: Final = ("", "sync")
"""These close the connection after each answer and say so, so that nobody sends a request into a closing one."""


@dataclass(frozen=True, slots=True)
class KeepAlive:
    """A server closes a connection that was idle for `seconds`; `where` says so, or starts the server whose default it is."""

    server: str
    seconds: float
    where: Node
    written: bool


def keep_alive(container: Node) -> KeepAlive | None:
    """The idle timeout of the server that a container starts; None when it starts none that is known here, or reads a configuration file.

    Raises `Undecided` when command or environment are not known.
    """
    command, entry = container.at("command"), container.at("entryPoint")
    words = [word for node in (entry, command) if given(node) for word in _words(node)]
    for at, word in enumerate(words):
        name = word.rpartition("/")[2]
        if name in _DEFAULTS:
            return _of(name, tuple(words[at + 1 :]), command if given(command) else entry, container)
    return None


def _of(server: str, words: tuple[str, ...], where: Node, container: Node) -> KeepAlive | None:
    environment = {variable.at("name").text: variable.at("value") for variable in container.each("environment")}
    if server == _GUNICORN and (more := environment.get(_ARGUMENTS_IN_ENVIRONMENT)) is not None:
        words = (*_split(more.text or ""), *words)
    if _option(words, ("--config", "-c")) is not None and server != _UVICORN:
        return None
    if server == _GUNICORN and (_option(words, ("--worker-class", "-k")) or "") in _CLOSING_WORKERS and not _option(words, ("--threads",)):
        return None
    written = _option(words, _OPTIONS[server])
    if written is None and (given_name := _SECONDS_IN_ENVIRONMENT.get(server)) in environment:
        where, written = environment[given_name], environment[given_name].text
    if written is None:
        return KeepAlive(server, _DEFAULTS[server], where, False)
    return KeepAlive(server, float(written), where, True) if re.fullmatch(r"\d+(\.\d+)?", written) else None


def _words(command: Node) -> Iterator[str]:
    for part in command.each():
        yield from _split(part.text or "")


def _split(text: str) -> Sequence[str]:
    try:
        return shlex.split(text)
    except ValueError:
        return text.split()


def _option(words: Sequence[str], names: Sequence[str]) -> str | None:
    """The value of an option; the last one counts."""
    found = None
    for at, word in enumerate(words):
        for name in names:
            if word == name and at + 1 < len(words):
                found = words[at + 1]
            elif word.startswith(f"{name}=") or (len(name) == 2 and word.startswith(name) and len(word) > 2 and not word.startswith("--")):
                found = word[len(name) :].lstrip("=")
    return found
