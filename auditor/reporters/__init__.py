"""Reporters: one module per output format, found by listing this package and imported only when it is asked for.

What several formats share is in `parts`. Whatever a report holds was scanned somewhere and is untrusted: every format masks secrets
(`parts.redacted`) and makes markup, commands and control characters of its own medium harmless.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol, TypeAlias, runtime_checkable

from auditor.model.finding import Finding
from auditor.model.report import Report

Spread: TypeAlias = "Callable[[Callable[[Finding], str], Sequence[Finding]], Iterable[str]]"


@dataclass(frozen=True, slots=True)
class Options:
    """What is known of the reader; everything else is in the report.

    `prefix` leads from where the reader stands (the working directory, the root of the repository) to the scanned root; every
    format but json writes paths from there. `exit_code` is what the run will end with, where that is decided already.
    """

    color: bool = False
    unicode: bool = True
    width: int = 100
    verbose: bool = False
    prefix: str = ""
    exit_code: int | None = None
    spread: Spread = map
    """What maps a function over many findings: in order, and on several cores where that pays."""


@runtime_checkable
class Reporter(Protocol):
    """What a reporter module offers."""

    NAME: str
    """The format's name, which is the module's too."""
    MEDIA_TYPE: str

    def render(self, report: Report, options: Options) -> str:
        """The whole document: the same bytes for the same report and options."""


@cache
def names() -> tuple[str, ...]:
    """The formats, text first; nothing is imported."""
    found = sorted(info.name for info in pkgutil.iter_modules(__path__) if not info.ispkg)
    return ("text", *(name for name in found if name != "text"))


@cache
def reporter(name: str) -> Reporter:
    """The reporter of that name; raises `KeyError` when there is none."""
    if name not in names():
        raise KeyError(name)
    module = importlib.import_module(f"{__name__}.{name}")
    assert isinstance(module, Reporter), f"{name} is no reporter"
    return module
