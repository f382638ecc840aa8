"""Times that an application is told by its command line or environment, in seconds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from auditor.model.node import Node, Undecided
from auditor.views.started import Settings, text_of


@dataclass(frozen=True, slots=True)
class Duration:
    """A time in seconds, and where it is written; `said` names it. `assumed`: nobody wrote it, it is a default."""

    seconds: float
    where: Node
    said: str
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class _Setting:
    """How a time is written: flags of servers, with the server's default (None: it has none), and variables with their unit."""

    flags: Mapping[str, tuple[str, ...]]
    defaults: Mapping[str, float]
    variables: Mapping[str, float]


_REQUEST: Final = _Setting(
    {"gunicorn": ("--timeout", "-t"), "uwsgi": ("--harakiri",)},
    {"gunicorn": 30},
    {"GUNICORN_TIMEOUT": 1, "UWSGI_HARAKIRI": 1, "NGINX_PROXY_READ_TIMEOUT": 1, "PROXY_READ_TIMEOUT": 1},
)
_GRACE: Final = _Setting(
    {"gunicorn": ("--graceful-timeout",), "uvicorn": ("--timeout-graceful-shutdown",)},
    {"gunicorn": 30},
    {
        "GUNICORN_GRACEFUL_TIMEOUT": 1,
        "SPRING_LIFECYCLE_TIMEOUT_PER_SHUTDOWN_PHASE": 0,
        "GRACEFUL_SHUTDOWN_TIMEOUT": 0,
        "SHUTDOWN_TIMEOUT": 0,
    },
)
_KEEP_ALIVE: Final = _Setting(
    {},  # what servers do that are known by name: `auditor.views.server`
    {},
    {"KEEP_ALIVE_TIMEOUT": 0, "KEEPALIVE_TIMEOUT": 0, "SERVER_KEEP_ALIVE_TIMEOUT": 0, "NGINX_KEEPALIVE_TIMEOUT": 1},
)
_POOL_IDLE: Final = _Setting(
    {},
    {},
    {"HIKARI_IDLE_TIMEOUT": 0.001, "SPRING_DATASOURCE_HIKARI_IDLE_TIMEOUT": 0.001, "DB_POOL_IDLE_TIMEOUT": 0, "DB_IDLE_TIMEOUT": 0},
)
"""A unit of 0: a bare number may be anything, and only one with its unit counts."""

_UNITS: Final = {"ms": 0.001, "s": 1.0, "sec": 1.0, "seconds": 1.0, "m": 60.0, "min": 60.0, "h": 3600.0}
_SUFFIXES: Final = {"_MS": 0.001, "_MILLIS": 0.001, "_SECONDS": 1.0, "_SECS": 1.0, "_SEC": 1.0, "_S": 1.0}
_TIME = re.compile(r"\s*(\d{1,9}(?:\.\d{1,6})?)\s*(ms|seconds|sec|s|min|m|h)?\s*")
_OPTIONS: Final = {"GUNICORN_CMD_ARGS": "gunicorn"}


def request_timeout(settings: Settings) -> Duration | None:
    """After how long the server gives a request up; None when nobody knows. Raises `Undecided`."""
    return _duration(settings, _REQUEST)


def shutdown_time(settings: Settings) -> Duration | None:
    """How long the server goes on with its requests after it is told to stop. Raises `Undecided`."""
    return _duration(settings, _GRACE)


def keep_alive(settings: Settings) -> Duration | None:
    """After how long without a request the application closes a connection, as a variable tells it. Raises `Undecided`."""
    return _duration(settings, _KEEP_ALIVE)


def pool_idle_time(settings: Settings) -> Duration | None:
    """How long the pool keeps a connection that nobody uses. Raises `Undecided`."""
    return _duration(settings, _POOL_IDLE)


def _duration(settings: Settings, setting: _Setting) -> Duration | None:
    found = _flag(settings, setting) or _variable(settings, setting)
    if found is not None:
        return found
    server = _server(settings, setting)
    if server is None or server[0] not in setting.defaults:
        return None
    if settings.doubt is not None:
        raise Undecided(settings.doubt)
    return Duration(setting.defaults[server[0]], server[1], f"the default of {server[0]}", assumed=True)


def _server(settings: Settings, setting: _Setting) -> tuple[str, Node] | None:
    """(the server among those of a setting that is started, the word that says so)."""
    for word in settings.words:
        for name in setting.flags:
            if re.search(rf"(?:^|[\s/]){name}(?=\s|$)", text_of(word)):
                return name, word
    return None


def _flag(settings: Settings, setting: _Setting) -> Duration | None:
    server = _server(settings, setting)
    texts = [(server[0], server[1], " ".join(text_of(word) for word in settings.words))] if server else []
    texts += [(_OPTIONS[name], node, node.text or "") for name, node in settings.variables if name in _OPTIONS]
    for name, node, text in texts:
        for flag in setting.flags.get(name, ()):
            match = re.search(rf"(?:^|\s){flag}(?:\s+|=)(\d{{1,7}})(?=\s|$)", text)
            if match:
                return Duration(float(match[1]), node, f"{flag} of {name}")
    return None


def _variable(settings: Settings, setting: _Setting) -> Duration | None:
    for written, node in settings.variables:
        name = re.sub(r"[.-]", "_", written).upper()
        suffix = next((it for it in _SUFFIXES if name.endswith(it) and name.removesuffix(it) in setting.variables), "")
        unit = _SUFFIXES[suffix] if suffix else setting.variables.get(name)
        match = None if unit is None else _TIME.fullmatch(node.text or "")
        scale = _UNITS[match[2]] if match and match[2] else unit
        if match and scale:
            return Duration(float(match[1]) * scale, node, written)
    return None
